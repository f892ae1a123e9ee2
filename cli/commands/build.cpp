#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/git/find_maps.h"
#include "cli/inject.h"
#include "cli/io/shell_words.h"
#include "cli/session.h"
#include "cli/settings.h"

namespace vsm::cli {
namespace {

struct Output {
    std::string name;  ///< file name without folder
    backends::OutputFile file;
};

/// The selected streams, or the selected futures.
std::vector<ir::StreamId> chosen_streams(const ir::CheckedModel& model, const BuildOptions& options) {
    std::vector<ir::StreamId> chosen;
    for (const ir::StreamId id : streams_of(model, {})) {
        const ir::Stream& stream = model.stream(id);
        const ir::Stream& base = stream.future ? model.stream(stream.future->of) : stream;
        if (!options.stream.empty() && base.name.value != options.stream) continue;
        const bool wanted = options.future.empty()
                                ? !stream.future
                                : stream.future && (options.future == "all" || stream.name.value == options.future);
        if (wanted) chosen.push_back(id);
    }
    return chosen;
}

/// `checkout`, or `checkout.spring` for a future.
std::string file_stem(const ir::CheckedModel& model, ir::StreamId id) {
    const ir::Stream& stream = model.stream(id);
    if (!stream.future) return stream.name.value;
    return fmt::format("{}.{}", file_stem(model, stream.future->of), stream.name.value);
}

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
std::vector<std::string> paths_of(const std::vector<Output>& outputs, const BuildOptions& options) {
    const bool to_folder = outputs.size() > 1 || is_folder(options.output) || options.output.ends_with("/");
    std::vector<std::string> paths;
    for (const Output& output : outputs)
        paths.push_back(
            !to_folder ? options.output
                       : fmt::format("{}{}{}", options.output, options.output.ends_with("/") ? "" : "/", output.name));
    return paths;
}

int write_outputs(const std::vector<Output>& outputs, const BuildOptions& options, const CommonOptions& common) {
    const std::vector<std::string> paths = paths_of(outputs, options);
    if (paths.size() > 1 || paths.front() != options.output)
        if (const auto made = make_folder(options.output, common.links); !made) return trouble(made.error());
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

int check_outputs(const std::vector<Output>& outputs, const BuildOptions& options, const CommonOptions& common) {
    const std::vector<std::string> paths = paths_of(outputs, options);
    std::vector<Expected> files;
    for (std::size_t i = 0; i < outputs.size(); ++i) files.push_back({paths[i], outputs[i].file.content});
    return check_files(files, common);
}

/// `--inject`: writes the outputs between the markers of a file.
int inject_outputs(const std::vector<Output>& outputs, const BuildOptions& options, const CommonOptions& common) {
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

int no_such_future(const Session& session, const BuildOptions& options) {
    std::vector<std::string> names;
    for (const CompiledMap& map : session.maps()) {
        for (const ir::StreamId id : streams_of(*map.checked, {})) {
            const ir::Stream& stream = map.checked->stream(id);
            const bool asked = stream.future && (options.stream.empty() ||
                                                 map.checked->stream(stream.future->of).name.value == options.stream);
            if (asked) names.push_back(stream.name.value);
        }
    }
    const std::string of = options.stream.empty() ? "" : fmt::format(" of `{}`", options.stream);
    if (names.empty()) return trouble(fmt::format("there is no future{} to build: the map declares none", of));
    return trouble(fmt::format("no future{} is called `{}`; there are {}", of, options.future, fmt::join(names, ", ")));
}

/// The targets of each map, from the flags or else its configuration. Reports errors and returns nothing.
std::optional<std::vector<std::vector<std::string>>> targets_of_maps(const BuildOptions& options,
                                                                     const CommonOptions& common) {
    const auto said = [](const std::string& why) {
        trouble(why);
        return std::nullopt;
    };
    const auto maps = find_maps(options.paths, common.links);
    if (!maps) return said(maps.error());
    if (!options.targets.empty()) return std::vector(maps.value().size(), options.targets);
    const auto settings = settings_of(maps.value(), options.config, common);
    if (!settings) return std::nullopt;
    std::vector<std::vector<std::string>> targets;
    std::vector<std::string> all;
    for (const MapSettings& one : *settings) {
        targets.push_back(one.settings.targets.value_or(std::vector<std::string>()));
        all.insert(all.end(), targets.back().begin(), targets.back().end());
    }
    if (all.empty())
        return said("say what to build with -t TARGET, or with `targets` in .vsm.yaml; `vsm help build` lists them");
    if (const auto wrong = wrong_flag(options, all)) return said(*wrong);
    return targets;
}

}  // namespace

int run_build(const BuildOptions& options, const CommonOptions& common) {
    const auto targets = targets_of_maps(options, common);
    if (!targets) return exit_trouble;
    Session session(common.links);
    if (!session.load(options.paths, options.what_ifs)) return exit_trouble;
    if (session.diagnostics().has_errors()) {
        session.show_diagnostics(common);
        return exit_findings;
    }
    std::vector<Output> outputs;
    std::map<std::string, std::string> taken;
    bool found = false;
    for (const CompiledMap& map : session.maps()) {
        runtime::Measurements measured(*map.checked);
        for (const ir::StreamId id : chosen_streams(*map.checked, options)) {
            found = true;
            for (const std::string& target : (*targets)[static_cast<std::size_t>(&map - session.maps().data())]) {
                for (backends::OutputFile& file : backends::find_backend(target)->emit(
                         {*map.checked, id, options.backend, &measured}, session.diagnostics())) {
                    const std::string name = file_stem(*map.checked, id) + file.suffix;
                    const auto [first, fresh] = taken.try_emplace(lower_case(name), map.path);
                    if (!fresh)
                        return trouble(
                            fmt::format("{} and {} would both write {}; build them into folders of their own",
                                        first->second, map.path, name));
                    outputs.push_back({name, std::move(file)});
                }
            }
        }
    }
    if (!found) {
        if (!options.future.empty()) return no_such_future(session, options);
        if (!options.stream.empty()) return no_such_stream(session, options.stream);
        session.show_diagnostics(common);
        return trouble("there is no stream to build: the map declares none");
    }
    if (session.show_diagnostics(common)) return exit_findings;
    if (!options.inject.empty()) return inject_outputs(outputs, options, common);
    const bool to_output = options.output == "-" || options.output.empty();
    if (!to_output)
        return options.check ? check_outputs(outputs, options, common) : write_outputs(outputs, options, common);
    if (outputs.size() > 1)
        return trouble(
            fmt::format("there are {} outputs ({}); give a folder for them with -o", outputs.size(), list_of(outputs)));
    for (const Output& output : outputs) print(output.file.content);
    return exit_clean;
}

}  // namespace vsm::cli
