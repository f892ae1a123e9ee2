// Runs the fuzz targets without a fuzzer.
//
//   vsm_fuzz replay [--target NAME] PLACE…       every file, and every file in a folder, on the targets that take it
//   vsm_fuzz mutate TARGET [--seconds N | --executions N] [--seed N] [--jobs N] [--size BYTES] [--findings DIR]
//                   PLACE…                       mutated inputs
//   vsm_fuzz minimise TARGET FILE OUT            a smaller input with the same fault
//   vsm_fuzz seeds TARGET DIR PLACE…             the seeds of the mutator as files, for other fuzzers
//   vsm_fuzz dictionary TARGET OUT PLACE…        the words of its seeds, in the format of AFL and libFuzzer
//
// Exits with 1 if a property is broken, with 2 on any other failure.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "tests/fuzz/campaign.h"
#include "tests/fuzz/child.h"
#include "tests/fuzz/minimise.h"
#include "tests/fuzz/mutations.h"
#include "tests/fuzz/seeds.h"

namespace vsm::fuzz {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string target;
    std::vector<fs::path> places;
    double seconds = 60;
    std::uint64_t executions = 0, seed = 1;
    std::size_t jobs = 1, size = 2000;
    fs::path findings = ".", file, out;
};

int replay(const Options& options) {
    std::size_t inputs = 0, broken = 0;
    for (const Target& target : all_targets()) {
        if (!options.target.empty() && options.target != target.name) continue;
        for (const Seed& seed : seeds_in(options.places, target.kind)) {
            ++inputs;
            const Ending ending = in_child([&] {
                begin_input();
                target.run({seed.bytes, true});
            });
            if (ending.well) continue;
            ++broken;
            std::printf("%s on %s: %s\n%s\n", std::string(target.name).c_str(), seed.name.c_str(),
                        ending.fault().c_str(), ending.said.c_str());
        }
    }
    std::printf("%zu inputs tried, %zu break something\n", inputs, broken);
    if (inputs == 0) std::fprintf(stderr, "vsm_fuzz: no input was found\n");
    return inputs == 0 ? 2 : broken > 0 ? 1 : 0;
}

std::vector<Seed> all_seeds(const Options& options, const Target& target) {
    std::vector<Seed> seeds = explained_seeds(target.kind);
    for (Seed& seed : seeds_in(options.places, target.kind)) seeds.push_back(std::move(seed));
    return seeds;
}

int mutate(const Options& options, const Target& target) {
    std::vector<std::string> seeds;
    for (Seed& seed : all_seeds(options, target))
        if (seed.bytes.size() <= options.size) seeds.push_back(std::move(seed.bytes));
    fs::create_directories(options.findings);
    const CampaignResult result = run_campaign(
        {target, options.seconds, options.executions, options.seed, options.jobs, options.size, options.findings},
        seeds);
    std::printf(
        "%s: %llu executions in %.0f s (%.0f a second), %llu of use, seed %llu, %zu jobs, %zu seeds: %zu findings\n",
        std::string(target.name).c_str(), static_cast<unsigned long long>(result.executions), result.seconds,
        static_cast<double>(result.executions) / result.seconds, static_cast<unsigned long long>(result.useful),
        static_cast<unsigned long long>(options.seed), options.jobs, seeds.size(), result.findings);
    return result.findings > 0 ? 1 : 0;
}

int minimise_file(const Options& options, const Target& target) {
    const std::string bytes = read_bytes(options.file);
    const std::string less = minimise(target, bytes);
    write_bytes(options.out, less);
    std::printf("%zu bytes of %zu\n", less.size(), bytes.size());
    return 0;
}

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

int write_seeds(const Options& options, const Target& target) {
    fs::create_directories(options.out);
    std::size_t count = 0;
    for (const Seed& seed : all_seeds(options, target)) write_bytes(options.out / std::to_string(count++), seed.bytes);
    std::printf("%zu seeds\n", count);
    return 0;
}

int write_dictionary(const Options& options, const Target& target) {
    std::vector<std::string> seeds;
    for (Seed& seed : all_seeds(options, target)) seeds.push_back(std::move(seed.bytes));
    const std::vector<std::string> words = dictionary_of(seeds);
    std::string text;
    for (const std::string& word : words) {
        text += '"';
        for (const char c : word) {
            char escaped[5];
            std::snprintf(escaped, sizeof escaped, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            text += is_plain(c) ? std::string(1, c) : escaped;
        }
        text += "\"\n";
    }
    write_bytes(options.out, text);
    std::printf("%zu words\n", words.size());
    return 0;
}

CLI::Option* add_target(CLI::App& command, Options& options, const std::string& name) {
    std::vector<std::string> names;
    for (const Target& target : all_targets()) names.emplace_back(target.name);
    return command.add_option(name, options.target)->check(CLI::IsMember(names));
}

int run(int count, char** words) {
    Options options;
    CLI::App app;
    app.require_subcommand(1);
    auto* replaying = app.add_subcommand("replay");
    add_target(*replaying, options, "--target");
    replaying->add_option("places", options.places)->required();
    auto* mutating = app.add_subcommand("mutate");
    add_target(*mutating, options, "target")->required();
    mutating->add_option("--seconds", options.seconds);
    mutating->add_option("--executions", options.executions);
    mutating->add_option("--seed", options.seed);
    mutating->add_option("--jobs", options.jobs)->check(CLI::Range(1, 256));
    mutating->add_option("--size", options.size)->check(CLI::Range(100, 60'000));
    mutating->add_option("--findings", options.findings);
    mutating->add_option("places", options.places)->required();
    auto* minimising = app.add_subcommand("minimise");
    add_target(*minimising, options, "target")->required();
    minimising->add_option("file", options.file)->required();
    minimising->add_option("out", options.out)->required();
    auto* seeding = app.add_subcommand("seeds");
    add_target(*seeding, options, "target")->required();
    seeding->add_option("out", options.out)->required();
    seeding->add_option("places", options.places)->required();
    auto* naming = app.add_subcommand("dictionary");
    add_target(*naming, options, "target")->required();
    naming->add_option("out", options.out)->required();
    naming->add_option("places", options.places)->required();
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (replaying->parsed()) return replay(options);
    const Target& target = *find_target(options.target);
    if (mutating->parsed()) return mutate(options, target);
    if (minimising->parsed()) return minimise_file(options, target);
    return seeding->parsed() ? write_seeds(options, target) : write_dictionary(options, target);
}

}  // namespace
}  // namespace vsm::fuzz

int main(int count, char** words) { return vsm::fuzz::run(count, words); }
