#include "cli/outputs/outputs.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"
#include "cli/git/find_maps.h"
#include "cli/io/shell_words.h"
#include "cli/outputs/inject.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

std::string list_of(const std::vector<Output>& outputs) {
    std::string text;
    for (const Output& output : outputs) text += (text.empty() ? "" : ", ") + output.name;
    return text;
}

/// The command of a step with the file's path in it. Copies the file first if it is not where the console reads it.
std::string command_of(const backends::NextStep& step, const std::string& path) {
    const std::filesystem::path name = std::filesystem::path(path).filename();
    const std::string there = step.place.empty()          ? path
                              : step.place.ends_with("/") ? step.place + name.string()
                                                          : step.place;
    const std::string quoted = shell_word(there);
    std::string command = step.command;
    const std::string mark = "{file}";
    for (std::size_t at = command.find(mark); at != std::string::npos; at = command.find(mark, at + quoted.size()))
        command.replace(at, mark.size(), quoted);
    if (map_at(there).real == map_at(path).real) return command;
    const std::string folder = std::filesystem::path(there).parent_path().string();
    return fmt::format("{}cp {} {} && {}", folder.empty() ? "" : fmt::format("mkdir -p {} && ", shell_word(folder)),
                       shell_word(path), quoted, command);
}

void print_next_steps(const std::string& path, const backends::OutputFile& file) {
    for (const backends::NextStep& step : file.next_steps) {
        print_error(fmt::format("  {}\n", log_text(step.purpose)));
        if (!step.command.empty()) print_error(fmt::format("    {}\n", log_text(command_of(step, path))));
    }
}

/// The path of each output. Does not create folders.
std::vector<std::string> paths_of(const std::vector<Output>& outputs, const Delivery& options) {
    const std::string& place = *options.place;
    const bool to_folder = outputs.size() > 1 || is_folder(place) || place.ends_with("/");
    std::vector<std::string> paths;
    for (const Output& output : outputs)
        paths.push_back(!to_folder ? place
                                   : fmt::format("{}{}{}", place, place.ends_with("/") ? "" : "/", output.name));
    return paths;
}

int write_outputs(const std::vector<Output>& outputs, const Delivery& options, const CommonOptions& common) {
    const std::vector<std::string> paths = paths_of(outputs, options);
    if (paths.size() > 1 || paths.front() != *options.place)
        if (const auto made = make_folder(*options.place, common.links); !made) return trouble(made.error());
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (const auto written = write_file(paths[i], outputs[i].file.content, {options.force, common.links}); !written)
            return trouble(written.error());
        if (common.quiet) continue;
        print_error(fmt::format("wrote {}\n", log_text(paths[i])));
        print_next_steps(paths[i], outputs[i].file);
    }
    return exit_clean;
}

/// `--check`: a file and its expected content.
struct Expected {
    std::string path;
    std::string_view content;
};

int check_files(const std::vector<Expected>& files, const CommonOptions& common) {
    std::size_t stale = 0;
    for (const Expected& file : files) {
        const auto now = read_file(file.path, common.links);
        if (!now) return trouble(now.error());
        if (now.value() == file.content) continue;
        ++stale;
        print(fmt::format("{} {}\n", now.value() ? "stale:  " : "missing:", log_text(file.path)));
    }
    if (stale > 0 && !common.quiet)
        print_error(fmt::format("{} of {} are not up to date; the same command without --check writes {}\n", stale,
                                files.size(), stale == 1 ? "it" : "them"));
    return stale > 0 ? exit_findings : exit_clean;
}

int check_outputs(const std::vector<Output>& outputs, const Delivery& options, const CommonOptions& common) {
    const std::vector<std::string> paths = paths_of(outputs, options);
    std::vector<Expected> files;
    for (std::size_t i = 0; i < outputs.size(); ++i) files.push_back({paths[i], outputs[i].file.content});
    return check_files(files, common);
}

/// `--inject`: writes the outputs between the markers of a file.
int inject_outputs(const std::vector<Output>& outputs, const Delivery& options, const CommonOptions& common) {
    const auto now = read_file(options.inject, common.links);
    if (!now) return trouble(now.error());
    if (!now.value()) return trouble(fmt::format("cannot read {}: no such file", options.inject));
    std::vector<Injection> injections;
    for (const Output& output : outputs) injections.push_back({output.name, output.file.content});
    const auto made = inject(*now.value(), injections);
    if (!made) return trouble(fmt::format("{}: {}", options.inject, made.error()));
    if (options.check) return check_files({{options.inject, made.value()}}, common);
    if (const auto written = rewrite_file(options.inject, *now.value(), made.value(), common.links); !written)
        return trouble(written.error());
    if (!common.quiet) print_error(fmt::format("wrote {} into {}\n", list_of(outputs), log_text(options.inject)));
    return exit_clean;
}

}  // namespace

int deliver(const std::vector<Output>& outputs, const Delivery& options, const CommonOptions& common) {
    if (!options.inject.empty()) return inject_outputs(outputs, options, common);
    if (options.to_disk())
        return options.check ? check_outputs(outputs, options, common) : write_outputs(outputs, options, common);
    if (outputs.size() > 1)
        return trouble(
            fmt::format("there are {} outputs ({}); give a folder for them with -o", outputs.size(), list_of(outputs)));
    for (const Output& output : outputs) print(output.file.content);
    return exit_clean;
}

}  // namespace vsm::cli
