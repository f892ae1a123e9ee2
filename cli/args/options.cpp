#include "cli/args/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "cli/args/command_table.h"
#include "cli/args/option_values.h"
#include "ir/metric.h"

namespace vsm::cli {
namespace {

constexpr std::string_view about =
    "vsm compiles value stream maps: figures, checks, diagrams and mock pipelines from a text file in git.\n\n"
    "  vsm init map.vsm                 a map to start from\n"
    "  vsm lint map.vsm                 what is wrong with it\n"
    "  vsm metrics map.vsm              what it adds up to\n"
    "  vsm preview map.vsm              the picture of it, redrawn on every save\n"
    "  vsm build map.vsm -t svg         the picture as a file";

Options usage_error(const std::string& message) {
    print_error(fmt::format("vsm: {}\nvsm: `vsm help` shows what there is\n", log_text(message)));
    return {{}, Finished{exit_trouble}};
}

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

std::vector<std::string> flag_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

/// Accepts one of several words; otherwise the error suggests the closest.
CLI::Validator one_of(std::vector<std::string> words) {
    return CLI::Validator(
        [words](std::string& value) {
            if (std::find(words.begin(), words.end(), value) != words.end()) return std::string();
            return fmt::format("takes {}, found `{}`{}", listed(words), value, suggestion(value, words));
        },
        "", fmt::format("{}", fmt::join(words, std::string(1, between_words))));
}

CLI::Validator number_in(int from, int to) {
    return CLI::Validator(
        [from, to](std::string& value) {
            int number = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (error == std::errc() && end == value.data() + value.size() && number >= from && number <= to)
                return std::string();
            return fmt::format("takes a whole number from {} to {}, found `{}`", from, to, value);
        },
        "");
}

/// The help of vsm or of a command. Normalizes trailing newlines, which differ between versions of CLI11.
std::string help_of(const CLI::App& app, const CLI::App& subject) {
    const std::string name =
        &subject == &app ? app.get_name() : fmt::format("{} {}", app.get_name(), subject.get_name());
    std::string help = subject.get_formatter()->make_help(&subject, name, CLI::AppFormatMode::Normal);
    help.erase(help.find_last_not_of('\n') + 1);
    return help + "\n";
}

/// Raw values as CLI11 parses them.
struct Raw {
    std::string color = "auto", lint_format = "text", fail_on, metrics_format = "text", syntax = "yaml",
                time_scale = "1d=1s";
    std::string as_of, shell, mock = "lambda", waits = "separate", diagram = "flowchart";
    std::string diff_format = "text", diff_fail_on = "never", history_format = "text";
    std::vector<std::string> levels, reports, events, runner;
    bool process = false, version = false, no_ranges = false;
};

/// Records which backend-specific flags are on the command line.
void note_flags_of_targets(const CLI::App& command, BuildOptions& build) {
    std::vector<std::string> clocked{"codepipeline", "github", "gitlab"};
    if (build.backend.mock == backends::MockKind::approval)
        clocked.erase(clocked.begin());  // people have no clock to set
    const std::vector<std::pair<std::string, std::vector<std::string>>> flags{
        {"--mock", {"codepipeline"}}, {"--waits", {"codepipeline"}}, {"--format", {"codepipeline"}},
        {"--on", {"github"}},         {"--runs-on", {"github"}},     {"--environments", {"github"}},
        {"--time-scale", clocked},    {"--diagram", {"mermaid"}},    {"--compare", {"svg", "html"}}};
    for (const auto& flag : flags) {
        const CLI::Option* option = command.get_option_no_throw(flag.first);
        if (option != nullptr && option->count() > 0) build.flags_of_targets.push_back(flag);
    }
}

std::optional<BadValue> read_backend_options(const CLI::App& command, const Raw& raw, BuildOptions& build) {
    using namespace backends;
    BackendOptions& options = build.backend;
    options.syntax = raw.syntax == "json" ? Syntax::json : Syntax::yaml;
    options.mock = raw.mock == "commands"   ? MockKind::commands
                   : raw.mock == "approval" ? MockKind::approval
                                            : MockKind::lambda;
    options.waits = raw.waits == "merge" ? Waits::merge : Waits::separate;
    options.diagram = raw.diagram == "gantt" ? Diagram::gantt : Diagram::flowchart;
    options.events = raw.events;
    if (const auto bad = read_events(options.events)) return bad;
    if (!raw.runner.empty()) options.runner = raw.runner;
    if (const auto bad = read_labels(options.runner)) return bad;
    if (const auto bad = read_time_scale(raw.time_scale, options.time_scale)) return bad;
    note_flags_of_targets(command, build);
    const auto wrong = build.targets.empty() ? std::nullopt : wrong_flag(build, build.targets);
    return wrong ? std::optional(BadValue{*wrong}) : std::nullopt;
}

/// The keys of stream metrics that can be sorted.
std::vector<std::string> sort_keys() {
    std::vector<std::string> keys;
    for (const ir::MetricInfo& info : ir::all_metrics())
        if (!info.of_element() && info.type != ir::MetricType::name) keys.emplace_back(info.key);
    return keys;
}

std::string targets_help() {
    std::string text = "What to make, one or several with commas:";
    for (const backends::Backend& backend : backends::all_backends())
        text += fmt::format("\n  {:<12} {}", backend.name, backend.summary);
    return text;
}

struct Commands {
    CLI::App* lint;
    CLI::App* build;
    CLI::App* metrics;
    CLI::App* diff;
    CLI::App* history;
    CLI::App* ir;
    CLI::App* explain;
    CLI::App* init;
    CLI::App* preview;
    CLI::App* completion;
    CLI::App* fmt;
    CLI::App* apply;
    CLI::App* version;
    CLI::App* help;
};

Options finish(const Commands& commands, const Raw& raw, CommonOptions common, LintOptions lint, BuildOptions build,
               MetricsOptions metrics, DiffOptions diff, HistoryOptions history, IrOptions ir,
               const ExplainOptions& explain, const InitOptions& init, const PreviewOptions& preview,
               FmtOptions fmt_options, ApplyOptions apply) {
    common.color = raw.color == "always"  ? ColorMode::always
                   : raw.color == "never" ? ColorMode::never
                                          : ColorMode::automatic;
    Options options{common, Finished{}};
    if (*commands.lint) {
        bool never = false;
        if (!raw.fail_on.empty()) lint.fail_on = read_level(raw.fail_on, never);
        lint.format = *find_lint_format(raw.lint_format);
        for (const std::string& report : raw.reports)
            if (const auto bad = read_report(report, lint.reports)) return usage_error(bad->message);
        lint.rules.process_rules = raw.process;
        for (const std::string& level : raw.levels)
            if (const auto bad = read_rule_level(level, lint.rules)) return usage_error(bad->message);
        if (const auto bad = read_as_of(raw.as_of, lint.rules)) return usage_error(bad->message);
        if (const auto bad = read_targets(lint.targets)) return usage_error(bad->message);
        if (lint.paths.empty()) lint.paths = {"."};
        if (lint.diff && !lint.fix) return usage_error("--diff shows what --fix would change; give both");
        if (lint.fix && std::find(lint.paths.begin(), lint.paths.end(), "-") != lint.paths.end())
            return usage_error("--fix changes files, and `-` is none");
        options.command = std::move(lint);
    } else if (*commands.build) {
        if (const auto bad = read_targets(build.targets)) return usage_error(bad->message);
        if (commands.build->count("-o") > 0 && build.output.empty())
            return usage_error("-o takes a file, a folder, or - for the standard output");
        const bool to_disk = !build.output.empty() && build.output != "-";
        if (build.check && build.inject.empty() && !to_disk)
            return usage_error("--check compares with what is on the disk: say where with -o or --inject");
        if (!build.inject.empty() && !build.output.empty())
            return usage_error("--inject and -o are two places to write to; give one");
        if (const auto bad = read_backend_options(*commands.build, raw, build)) return usage_error(bad->message);
        options.command = std::move(build);
    } else if (*commands.metrics) {
        using Format = MetricsFormat;
        metrics.format = raw.metrics_format == "json"       ? Format::json
                         : raw.metrics_format == "csv"      ? Format::csv
                         : raw.metrics_format == "markdown" ? Format::markdown
                                                            : Format::text;
        if (metrics.paths.empty()) metrics.paths = {"."};
        const std::vector<std::string> keys = sort_keys();
        if (!metrics.sort.empty() && std::find(keys.begin(), keys.end(), metrics.sort) == keys.end()) {
            const std::string guess = suggestion(metrics.sort, keys);
            return usage_error(fmt::format("--sort: no figure is called `{}`{}", metrics.sort,
                                           guess.empty() ? "; for example lead_time, rolled_ca, wip" : guess));
        }
        options.command = std::move(metrics);
    } else if (*commands.diff) {
        using Format = DiffFormat;
        diff.format = raw.diff_format == "json"       ? Format::json
                      : raw.diff_format == "markdown" ? Format::markdown
                                                      : Format::text;
        diff.fail_on_worse = raw.diff_fail_on == "worse";
        const bool against = commands.diff->get_option("--against")->count() > 0;
        if (!against && diff.paths.size() != 2)
            return usage_error(
                "diff takes two versions, `vsm diff OLD NEW`, or `--against REV` to compare with another revision");
        if (against && diff.against.empty()) return usage_error("--against takes a revision, such as `origin/main`");
        if (against && diff.paths.empty()) diff.paths = {"."};
        options.command = std::move(diff);
    } else if (*commands.history) {
        using Format = HistoryFormat;
        history.format = raw.history_format == "json"  ? Format::json
                         : raw.history_format == "csv" ? Format::csv
                                                       : Format::text;
        if (history.path.empty()) history.path = ".";
        options.command = std::move(history);
    } else if (*commands.ir) {
        ir.ranges = !raw.no_ranges;
        options.command = std::move(ir);
    } else if (*commands.explain) {
        if (explain.subject.empty() && !explain.list && !explain.markdown && !explain.config_schema)
            return usage_error("explain needs a code or a name, such as `vsm explain missing-timing`, or --list");
        if (int(!explain.subject.empty()) + explain.list + explain.markdown + explain.config_schema > 1)
            return usage_error("explain takes a code or a name, --list, --markdown or --config-schema, one of them");
        options.command = explain;
    } else if (*commands.init) {
        options.command = init;
    } else if (*commands.preview) {
        options.command = preview;
    } else if (*commands.fmt) {
        if (fmt_options.check && fmt_options.diff)
            return usage_error("--check names the maps and --diff shows their lines; give one");
        if (fmt_options.paths.empty()) fmt_options.paths = {"."};
        options.command = std::move(fmt_options);
    } else if (*commands.apply) {
        options.command = std::move(apply);
    } else if (*commands.version) {
        options.command = VersionOptions{};
    }
    return options;
}

/// The error for an unknown flag, with the closest known one.
Options unknown_words(const CLI::App& app, const CLI::App* command, int count, char** words) {
    const std::vector<std::string> known = flag_names(command == nullptr ? app : *command);
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word.size() < 2 || word.front() != '-') continue;
        const std::string name = word.substr(0, word.find('='));
        const bool cluster = name.size() > 2 && name[1] != '-' &&
                             std::find(known.begin(), known.end(), name.substr(0, 2)) != known.end();
        if (cluster || std::find(known.begin(), known.end(), name) != known.end()) continue;
        return usage_error(fmt::format("`{}` has no flag `{}`{}",
                                       command == nullptr ? std::string("vsm") : "vsm " + command->get_name(), name,
                                       name.size() > 2 ? suggestion(name, known) : ""));
    }
    return usage_error("there are more words than this command takes");
}

}  // namespace

std::optional<std::string> wrong_flag(const BuildOptions& options, const std::vector<std::string>& targets) {
    const auto builds = [&](std::string_view target) {
        return std::find(targets.begin(), targets.end(), target) != targets.end();
    };
    for (const auto& [flag, of] : options.flags_of_targets) {
        const bool used = std::any_of(of.begin(), of.end(), [&](const std::string& one) { return builds(one); });
        const bool by_hand = flag == "--time-scale" && options.backend.mock == backends::MockKind::approval;
        if (!used && by_hand)
            return "--time-scale has nothing to set with --mock approval, where people take the time they take";
        if (!used)
            return fmt::format("{} says something about {}, which is not among the targets", flag, fmt::join(of, ", "));
    }
    // html always shows futures; svg draws only the selected streams
    if (options.backend.compare && options.future.empty() && builds("svg"))
        return fmt::format(
            "--compare draws a future below its stream: say which with `--future NAME` or `--future all`{}",
            builds("html") ? "; html shows them without --compare" : "");
    return std::nullopt;
}

Options parse_command_line(int count, char** words) {
    CLI::App app{std::string(about), "vsm"};
    app.set_help_flag("-h,--help", "Show this help");
    app.require_subcommand(0, 1);
    Raw raw;
    CommonOptions common;
    LintOptions lint;
    BuildOptions build;
    MetricsOptions metrics;
    DiffOptions diff;
    HistoryOptions history;
    IrOptions ir;
    ExplainOptions explain;
    InitOptions init;
    PreviewOptions preview;
    FmtOptions fmt_options;
    ApplyOptions apply;
    std::string help_subject;
    app.add_flag("--version", raw.version, "Show the version");

    Commands commands{};
    const auto common_flags = [&](CLI::App* command) {
        command->add_option("--color", raw.color, "auto, always or never")
            ->check(one_of({"auto", "always", "never"}))
            ->type_name("WHEN");
        command->add_flag("-q,--quiet", common.quiet, "No closing line");
    };
    const auto follow_flag = [&](CLI::App* command) {
        command->add_flag_callback(
            "--follow", [&common] { common.links = Links::followed; }, "Also links that lead out of the repository");
    };
    const auto config_flags = [&](CLI::App* command, ConfigChoice& config) {
        CLI::Option* file =
            command->add_option("--config", config.file, "This configuration instead of the nearest .vsm.yaml")
                ->type_name("FILE");
        command->add_flag("--no-config", config.none, "No configuration")->excludes(file);
    };
    const std::string what_if_help = "With this figure instead, such as deploy.wait=1h; may be repeated";
    const std::string paths_help = "Maps, folders with maps, or - for the standard input";

    // Registering the flags of all commands takes a tenth of the time to lint a small map, so only those of the command
    // are registered if it is the first word.
    const std::string_view first = count > 1 ? words[1] : "";
    const bool all = first.empty() || first.front() == '-' || first == "help" || first == "completion";
    const auto told = [&](std::string_view command) { return all || first == command; };

    commands.lint = app.add_subcommand("lint", "Say what is wrong with maps");
    if (told("lint")) {
        commands.lint->add_option("PATH", lint.paths, paths_help + " (this folder if none is given)");
        commands.lint
            ->add_option("--format", raw.lint_format,
                         "How findings are printed: " + listed({lint_format_names.begin(), lint_format_names.end()}))
            ->check(one_of({lint_format_names.begin(), lint_format_names.end()}))
            ->type_name("FORMAT");
        commands.lint
            ->add_option("--report", raw.reports,
                         "Also write them to a file, such as sarif=lint.sarif; may be repeated")
            ->type_name("FORMAT=FILE")
            ->allow_extra_args(false);
        commands.lint->add_option("--fail-on", raw.fail_on, "Exit with 1 from error, warning or note on, or never")
            ->check(one_of({"error", "warning", "note", "never"}))
            ->type_name("LEVEL");
        commands.lint->add_option("-W", raw.levels, "RULE=off, note, warning or error; may be repeated")
            ->type_name("RULE=LEVEL")
            ->allow_extra_args(false);
        commands.lint->add_flag("--fix", lint.fix, "Change the maps where a finding says how");
        commands.lint->add_flag("--diff", lint.diff, "With --fix: change nothing, show what would change");
        commands.lint->add_flag("--process", raw.process, "Also the rules about the process that the map shows");
        commands.lint
            ->add_option("--as-of", raw.as_of,
                         "Also the rules about the age of figures and futures, seen from this day")
            ->type_name("DATE")
            ->allow_extra_args(false);
        commands.lint->add_option("-t,--target", lint.targets, "Also what this target cannot carry")
            ->type_name("TARGET[,TARGET]")
            ->allow_extra_args(false);
        config_flags(commands.lint, lint.config);
        CLI::Option* baseline =
            commands.lint->add_option("--baseline", lint.baseline, "Leave out the findings that this file lists")
                ->type_name("FILE");
        CLI::Option* write_baseline =
            commands.lint
                ->add_flag("--write-baseline", lint.write_baseline, "Write the findings there are into the baseline")
                ->needs(baseline);
        commands.lint->add_flag("--prune-baseline", lint.prune_baseline, "Take what is gone out of the baseline")
            ->needs(baseline)
            ->excludes(write_baseline);
        commands.lint->add_flag("--tracked", lint.tracked,
                                "Of folders only the maps that git tracks, which may be none");
        commands.lint
            ->add_option("--jobs", lint.jobs,
                         "How many processes look at many maps (one for each processor if not given)")
            ->check(number_in(1, 256))
            ->type_name("N");
        follow_flag(commands.lint);
        common_flags(commands.lint);
    }

    commands.build = app.add_subcommand("build", "Compile maps to diagrams, mock pipelines and data");
    if (told("build")) {
        commands.build->add_option("PATH", build.paths, paths_help)->required();
        commands.build->add_option("-t,--target", build.targets, targets_help())
            ->type_name("TARGET[,TARGET]")
            ->allow_extra_args(false);
        config_flags(commands.build, build.config);
        commands.build
            ->add_option("-o,--output", build.output,
                         "A folder, or a file if there is one output; - for the standard output")
            ->type_name("FILE");
        commands.build->add_option("--stream", build.stream, "Only this stream");
        commands.build->add_option("--what-if", build.what_ifs, what_if_help)
            ->type_name("ELEMENT.PROPERTY=VALUE")
            ->allow_extra_args(false);
        commands.build
            ->add_option("--future", build.future, "This future state (or `all`) instead of the streams as they are")
            ->type_name("NAME");
        commands.build->add_option("--format", raw.syntax, "codepipeline: yaml or json")
            ->check(one_of({"yaml", "json"}))
            ->type_name("FORMAT");
        commands.build
            ->add_option("--mock", raw.mock,
                         "codepipeline: what plays the steps: lambda (a function), commands or approval")
            ->check(one_of({"lambda", "commands", "approval"}))
            ->type_name("KIND");
        commands.build
            ->add_option("--waits", raw.waits,
                         "codepipeline: a wait is an action (separate) or told with its step (merge)")
            ->check(one_of({"separate", "merge"}))
            ->type_name("HOW");
        commands.build
            ->add_option(
                "--on", raw.events,
                fmt::format("github: what else starts the workflow: {}", fmt::join(backends::workflow_events, ", ")))
            ->type_name("EVENT[,EVENT]")
            ->allow_extra_args(false);
        commands.build
            ->add_option("--runs-on", raw.runner, "github: labels of the machine (ubuntu-latest if none is given)")
            ->type_name("LABEL[,LABEL]")
            ->allow_extra_args(false);
        commands.build->add_flag("--environments", build.backend.environments,
                                 "github: approvals wait for the reviewers of an environment");
        commands.build->add_flag("--compare", build.backend.compare,
                                 "svg, html: each future below the stream it is based on");
        commands.build->add_option("--diagram", raw.diagram, "mermaid: flowchart or gantt")
            ->check(one_of({"flowchart", "gantt"}))
            ->type_name("KIND");
        commands.build
            ->add_option("--time-scale", raw.time_scale, "What a working day takes in a mock pipeline: 1d=1s, or 0")
            ->type_name("1d=TIME");
        commands.build->add_flag("--check", build.check,
                                 "Write nothing; exit with 1 if what is on the disk is not what would be written");
        commands.build
            ->add_option("--inject", build.inject,
                         "Write between the markers of this file: <!-- vsm:begin NAME --> and <!-- vsm:end -->, NAME "
                         "being the output's file name")
            ->type_name("FILE");
        commands.build->add_flag("--force", build.force, "Also overwrite files that vsm did not make");
        follow_flag(commands.build);
        common_flags(commands.build);
    }

    commands.metrics = app.add_subcommand("metrics", "Show what maps add up to");
    if (told("metrics")) {
        commands.metrics->add_option("PATH", metrics.paths, paths_help + " (this folder if none is given)");
        commands.metrics->add_option("--format", raw.metrics_format, "text, json, csv or markdown")
            ->check(one_of({"text", "json", "csv", "markdown"}))
            ->type_name("FORMAT");
        commands.metrics->add_option("--stream", metrics.stream, "Only this stream or future");
        commands.metrics->add_option("--what-if", metrics.what_ifs, what_if_help)
            ->type_name("ELEMENT.PROPERTY=VALUE")
            ->allow_extra_args(false);
        commands.metrics
            ->add_option("--sort", metrics.sort, "Of several maps: the worst first by this figure, such as lead_time")
            ->type_name("KEY");
        config_flags(commands.metrics, metrics.config);
        follow_flag(commands.metrics);
        common_flags(commands.metrics);
    }

    commands.diff = app.add_subcommand("diff", "Say what changed in maps, and what that does to the figures");
    if (told("diff")) {
        commands.diff->add_option(
            "PATH", diff.paths,
            "Two versions, OLD NEW; with --against, maps and folders (this folder if none is given)");
        commands.diff
            ->add_option("--against", diff.against,
                         "Compare the files as they are with where HEAD and this revision parted")
            ->type_name("REV");
        commands.diff->add_option("--format", raw.diff_format, "text, markdown (for a comment) or json")
            ->check(one_of({"text", "markdown", "json"}))
            ->type_name("FORMAT");
        commands.diff
            ->add_option("--fail-on", raw.diff_fail_on,
                         "Exit with 1 when a figure that a target is about got worse (worse), or never")
            ->check(one_of({"worse", "never"}))
            ->type_name("WHAT");
        commands.diff->add_flag("--exit-code", diff.exit_code, "Exit with 1 when anything changed");
        config_flags(commands.diff, diff.config);
        follow_flag(commands.diff);
        common_flags(commands.diff);
    }

    commands.history = app.add_subcommand("history", "Show the figures at each commit that changed a map");
    if (told("history")) {
        commands.history->add_option("PATH", history.path, "A map or a folder (this folder if none is given)");
        commands.history->add_option("--last", history.last, "So many commits (20 if not given)")
            ->check(number_in(1, 10000))
            ->type_name("N");
        commands.history->add_option("--stream", history.stream, "Only this stream or future");
        commands.history->add_option("--format", raw.history_format, "text, csv or json")
            ->check(one_of({"text", "csv", "json"}))
            ->type_name("FORMAT");
        follow_flag(commands.history);
        common_flags(commands.history);
    }

    commands.ir = app.add_subcommand("ir", "Print the typed model as JSON");
    if (told("ir")) {
        commands.ir->add_option("PATH", ir.path, "A map, or - for the standard input")->required();
        commands.ir->add_option("--stream", ir.stream, "Only this stream or future");
        commands.ir->add_flag("--no-ranges", raw.no_ranges, "Leave out where each thing is written");
        follow_flag(commands.ir);
        common_flags(commands.ir);
    }

    commands.explain = app.add_subcommand("explain", "Say what a diagnostic means, with a bad and a good map");
    if (told("explain")) {
        commands.explain->add_option("CODE", explain.subject, "A code (VSM1003) or a name (missing-timing)");
        commands.explain->add_flag("--list", explain.list, "All of them, a line each");
        commands.explain->add_flag("--markdown", explain.markdown, "All of them as a document");
        commands.explain->add_flag("--config-schema", explain.config_schema, "The JSON Schema of .vsm.yaml");
        common_flags(commands.explain);
    }

    commands.init = app.add_subcommand("init", "Write a commented map to start from");
    if (told("init")) {
        commands.init->add_option("FILE", init.file, "Where to (map.vsm if none is given; - for the standard output)");
        commands.init->add_flag("--force", init.force, "Also over a file that is there");
        follow_flag(commands.init);
        common_flags(commands.init);
    }

    commands.preview = app.add_subcommand("preview", "Show a map in the browser, redrawn on every save");
    if (told("preview")) {
        commands.preview->add_option("PATH", preview.path, "A map")->required();
        commands.preview->add_option("--stream", preview.stream, "Only this stream or future");
        commands.preview->add_option("--port", preview.port, "Port on 127.0.0.1 (7413 if it is free)")
            ->check(number_in(1, 65535))
            ->type_name("PORT");
        commands.preview->add_flag("--open", preview.open, "Also open the page in a browser");
        follow_flag(commands.preview);
        common_flags(commands.preview);
    }

    commands.completion = app.add_subcommand("completion", "Print what makes a shell complete these words");
    if (told("completion")) {
        commands.completion->add_option("SHELL", raw.shell, "bash, zsh or fish")
            ->required()
            ->check(one_of({"bash", "zsh", "fish"}));
    }

    commands.fmt = app.add_subcommand("fmt", "Write maps in their canonical form");
    if (told("fmt")) {
        commands.fmt->add_option(
            "PATH", fmt_options.paths,
            "Maps or folders with maps (this folder if none is given), or - to read the standard input and print");
        commands.fmt->add_flag("--check", fmt_options.check,
                               "Write nothing; name the maps that are not in it and exit with 1");
        commands.fmt->add_flag("--diff", fmt_options.diff,
                               "Write nothing; show what would change and exit with 1 if anything would");
        follow_flag(commands.fmt);
        common_flags(commands.fmt);
    }

    commands.apply = app.add_subcommand("apply", "Write a future that has come true into its stream");
    if (told("apply")) {
        commands.apply->add_option("FUTURE", apply.future, "The future")->required();
        commands.apply->add_option("PATH", apply.path, "The map, or - to read the standard input and print")
            ->required();
        commands.apply->add_flag("--diff", apply.diff, "Write nothing; show what would change");
        commands.apply->add_flag("--force", apply.force, "Also when other futures of the map no longer fit then");
        follow_flag(commands.apply);
        common_flags(commands.apply);
    }

    commands.version = app.add_subcommand("version", "Show the version");
    commands.help = app.add_subcommand("help", "Show this help, or that of a command");
    commands.help->add_option("COMMAND", help_subject, "A command");

    if (count > 1 && words[1][0] != '-') {
        const std::vector<std::string> known = command_names(app);
        if (std::find(known.begin(), known.end(), words[1]) == known.end())
            return usage_error(fmt::format("there is no command `{}`{}", words[1], suggestion(words[1], known)));
    }
    const auto chosen = [&]() -> const CLI::App* {
        return app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
    };
    try {
        app.parse(count, words);
    } catch (const CLI::CallForHelp&) {
        print(help_of(app, chosen() == nullptr ? app : *chosen()));
        return {};
    } catch (const CLI::ExtrasError&) {
        return unknown_words(app, chosen(), count, words);
    } catch (const CLI::ValidationError& error) {
        // turns `--format: takes text, …` into `--format takes text, …`
        std::string said = error.what();
        if (const std::size_t colon = said.find(": takes "); colon != std::string::npos) said.erase(colon, 1);
        return usage_error(said);
    } catch (const CLI::ParseError& error) {
        return usage_error(error.what());
    }
    if (*commands.completion) {
        const CompletionTable table = table_of(app);
        print(raw.shell == "bash"  ? bash_completion(table)
              : raw.shell == "zsh" ? zsh_completion(table)
                                   : fish_completion(table));
        return {};
    }
    if (*commands.help) {
        const CLI::App* subject = &app;
        if (!help_subject.empty()) {
            const std::vector<std::string> known = command_names(app);
            if (std::find(known.begin(), known.end(), help_subject) == known.end())
                return usage_error(
                    fmt::format("there is no command `{}`{}", help_subject, suggestion(help_subject, known)));
            subject = app.get_subcommand(help_subject);
        }
        print(help_of(app, *subject));
        return {};
    }
    if (raw.version) return {common, VersionOptions{}};
    if (chosen() == nullptr) {
        print_error(help_of(app, app));
        return {common, Finished{exit_trouble}};
    }
    return finish(commands, raw, common, std::move(lint), std::move(build), std::move(metrics), std::move(diff),
                  std::move(history), std::move(ir), explain, init, preview, std::move(fmt_options), std::move(apply));
}

}  // namespace vsm::cli
