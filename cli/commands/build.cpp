#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/args/command_line.h"
#include "cli/args/values.h"
#include "cli/git/find_maps.h"
#include "cli/outputs/outputs.h"
#include "cli/session.h"
#include "cli/settings.h"

namespace vsm::cli {
namespace {

/// A flag on the command line that only some backends read.
struct GivenFlag {
    std::string_view name;
    std::vector<std::string_view> backends;
};

struct BuildOptions {
    std::vector<std::string> paths;
    Backends outputs;
    std::string stream;
    std::string future;                 ///< a name or `all`
    std::vector<std::string> what_ifs;  ///< ELEMENT.PROPERTY=VALUE
    Delivery delivery;
    backends::BackendOptions backend;
    std::vector<GivenFlag> given;
    ConfigChoice config;
};

/// The error for a flag that no output of the build uses, or for a comparison without a future.
UsageError wrong_flag(const BuildOptions& options, const Backends& outputs) {
    const auto builds = [&](std::string_view name) {
        return std::any_of(outputs.begin(), outputs.end(), [&](const auto* output) { return output->name == name; });
    };
    for (GivenFlag flag : options.given) {
        const bool by_hand = flag.name == "--time-scale" && options.backend.mock == backends::MockKind::approval;
        if (by_hand) std::erase(flag.backends, "codepipeline");  // people have no clock to set
        if (std::any_of(flag.backends.begin(), flag.backends.end(), builds)) continue;
        if (by_hand) return "--time-scale has no effect with --mock approval, which waits for people";
        return fmt::format("{} is for {} only", flag.name, fmt::join(flag.backends, " and "));
    }
    // html always shows futures; svg draws only the selected streams
    if (options.backend.compare && options.future.empty() && builds("svg"))
        return fmt::format(
            "--compare draws a future below its stream: say which with `--future NAME` or `--future all`{}",
            builds("html") ? "; html shows them without --compare" : "");
    return std::nullopt;
}

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

/// The outputs of each map, from the flags or else its configuration. Reports errors and returns nothing.
std::optional<std::vector<Backends>> backends_of_maps(const BuildOptions& options, const CommonOptions& common) {
    const auto refused = [](const std::string& why) {
        usage_error(why, "build");
        return std::nullopt;
    };
    const auto maps = find_maps(options.paths, common.links);
    if (!maps) return trouble(maps.error()), std::nullopt;
    if (!options.outputs.empty()) return std::vector(maps.value().size(), options.outputs);
    const auto settings = settings_of(maps.value(), options.config, common);
    if (!settings) return std::nullopt;
    std::vector<Backends> backends;
    Backends all;
    for (const MapSettings& one : *settings) {
        backends.push_back(one.outputs());
        all.insert(all.end(), backends.back().begin(), backends.back().end());
    }
    if (all.empty()) return refused("say what to build with -t OUTPUT, or with `outputs` in .vsm.yaml");
    if (const UsageError wrong = wrong_flag(options, all)) return refused(*wrong);
    return backends;
}

/// The outputs of the chosen streams of a map, in memory.
struct BuiltMap {
    std::vector<Output> outputs;
    bool any_stream = false;
};

BuiltMap outputs_of(const ir::CheckedModel& model, const Backends& backends, const BuildOptions& options,
                    Diagnostics& diagnostics) {
    BuiltMap built;
    runtime::Measurements measured(model);
    for (const ir::StreamId id : chosen_streams(model, options)) {
        built.any_stream = true;
        for (const backends::Backend* backend : backends) {
            for (backends::OutputFile& file : backend->emit({model, id, options.backend, &measured}, diagnostics)) {
                const std::string name = file_stem(model, id) + file.suffix;
                built.outputs.push_back({name, std::move(file)});
            }
        }
    }
    return built;
}

/// The outputs of all maps.
struct Built {
    std::vector<Output> outputs;
    bool any_stream = false;
    std::string clash;  ///< why two outputs cannot be in one folder; empty if all can
};

Built outputs_of(Session& session, const std::vector<Backends>& backends, const BuildOptions& options) {
    const std::vector<CompiledMap>& maps = session.maps();
    std::vector<BuiltMap> built_maps(maps.size());
    session.each_map([&](std::size_t i, Diagnostics& diagnostics) {
        built_maps[i] = outputs_of(*maps[i].checked, backends[i], options, diagnostics);
    });
    Built built;
    std::map<std::string, std::string> taken;
    for (std::size_t i = 0; i < maps.size(); ++i) {
        built.any_stream = built.any_stream || built_maps[i].any_stream;
        for (Output& output : built_maps[i].outputs) {
            const auto [first, fresh] = taken.try_emplace(lower_case(output.name), maps[i].path);
            if (!fresh) {
                built.clash = fmt::format("{} and {} would both write {}; build them into folders of their own",
                                          first->second, maps[i].path, output.name);
                return built;
            }
            built.outputs.push_back(std::move(output));
        }
    }
    return built;
}

int run(const BuildOptions& options, const CommonOptions& common) {
    const auto backends = backends_of_maps(options, common);
    if (!backends) return exit_trouble;
    Session session(common.links);
    if (!session.load(options.paths, options.what_ifs)) return exit_trouble;
    if (session.diagnostics().has_errors()) {
        session.show_diagnostics(common);
        return exit_findings;
    }
    const Built built = outputs_of(session, *backends, options);
    if (!built.clash.empty()) return trouble(built.clash);
    if (!built.any_stream) {
        if (!options.future.empty()) return no_such_future(session, options);
        if (!options.stream.empty()) return no_such_stream(session, options.stream);
        session.show_diagnostics(common);
        return trouble("there is no stream to build: the map declares none");
    }
    if (session.show_diagnostics(common)) return exit_findings;
    return deliver(built.outputs, options.delivery, common);
}

std::string outputs_help() {
    std::string text = "What to make, one or several separated by commas:";
    for (const backends::Backend& backend : backends::all_backends())
        text += fmt::format("\n  {:<12} {}", backend.name, backend.summary);
    return text;
}

/// The values of a backend's flag, checked against its words.
UsageError read_input(const backends::FlagForm& form, const std::vector<std::string>& given,
                      backends::FlagInput& input) {
    using backends::FlagKind;
    const std::vector<std::string> words(form.words.begin(), form.words.end());
    const bool is_list = form.kind == FlagKind::words || form.kind == FlagKind::list;
    if (!is_list)
        input.values = given;
    else if (UsageError wrong = read_list(form.name, form.example, given, input.values))
        return wrong;
    if (words.empty()) return std::nullopt;
    for (const std::string& value : input.values)
        if (std::find(words.begin(), words.end(), value) == words.end()) return not_one_of(form.name, value, words);
    input.index = static_cast<std::size_t>(std::find(words.begin(), words.end(), input.values.front()) - words.begin());
    return std::nullopt;
}

class Build final : public Command {
    void declare(Flags& flags) override;
    UsageError settle() override;
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    void declare_choice(Flags& flags);
    void declare_backend(Flags& flags, const backends::BackendFlag& row);
    void declare_places(Flags& flags);

    BuildOptions options_;
};

void Build::declare(Flags& flags) {
    flags.arguments("PATH", options_.paths, "Maps, folders with maps, or - for standard input")
        .required()
        .completes(Candidates::Files::maps);
    declare_choice(flags);
    for (const backends::BackendFlag& row : backends::all_backend_flags()) declare_backend(flags, row);
    declare_places(flags);
    flags.follow();
    flags.common();
}

void Build::declare_choice(Flags& flags) {
    flags.outputs(options_.outputs, outputs_help());
    flags.config(options_.config);
    flags
        .parsed("-o,--output", "FILE", "File to write, or folder if there are several outputs; - for standard output",
                [this](const std::string& given) -> UsageError {
                    options_.delivery.place = given;
                    if (given.empty()) return "-o takes a file, a folder, or - for the standard output";
                    return std::nullopt;
                })
        .completes(Candidates::Files::any);
    flags.text("--stream", "NAME", options_.stream, "Only this stream").completes(Lookup::streams);
    flags.what_if(options_.what_ifs);
    flags
        .text("--future", "NAME", options_.future,
              "Build this future instead of the current streams; all for all futures")
        .completes(Lookup::futures);
}

void Build::declare_backend(Flags& flags, const backends::BackendFlag& row) {
    using backends::FlagKind;
    const auto read = [this, row](const std::vector<std::string>& given) -> UsageError {
        options_.given.push_back({row.form.name, row.backends});
        backends::FlagInput input;
        if (UsageError wrong = read_input(row.form, given, input)) return wrong;
        const auto wrong = row.read(options_.backend, input);
        return wrong ? UsageError(fmt::format("{} {}", row.form.name, *wrong)) : std::nullopt;
    };
    const bool is_list = row.form.kind == FlagKind::words || row.form.kind == FlagKind::list;
    Flag& flag = flags.list(std::string(row.form.name), std::string(row.form.value), std::string(row.form.help), read);
    flag.many = is_list;
    flag.is_hidden = row.form.hidden;
    flag.candidates = {{row.form.words.begin(), row.form.words.end()}, {}, {}, is_list};
}

void Build::declare_places(Flags& flags) {
    flags.toggle("--check", options_.delivery.check, "Write nothing; exit with 1 if a file differs from the output");
    flags
        .text("--inject", "FILE", options_.delivery.inject,
              "Write the outputs into this file, between <!-- vsm:begin NAME --> and <!-- vsm:end -->, where NAME is "
              "the output's file name")
        .completes(Candidates::Files::any);
    flags.toggle("--force", options_.delivery.force, "Also overwrite files that vsm did not make");
}

UsageError Build::settle() {
    const Delivery& delivery = options_.delivery;
    if (delivery.check && delivery.inject.empty() && !delivery.to_disk())
        return "--check compares with what is on the disk: say where with -o or --inject";
    if (!delivery.inject.empty() && delivery.place)
        return "--inject and -o cannot be combined: give one place to write to";
    return options_.outputs.empty() ? std::nullopt : wrong_flag(options_, options_.outputs);
}

}  // namespace

extern const CommandInfo build_command;
const CommandInfo build_command{"build",
                                "Compile maps to diagrams, mock pipelines and data",
                                {"vsm build checkout.vsm -t svg -o checkout.svg",
                                 "vsm build checkout.vsm -t github,mermaid -o out/",
                                 "vsm build checkout.vsm -t mermaid --inject README.md"},
                                make_command<Build>};

}  // namespace vsm::cli
