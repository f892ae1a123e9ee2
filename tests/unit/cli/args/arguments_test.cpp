// Parses command lines: the options of each command, usage errors with their exit code, and help.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <sstream>

#include "base/diagnostics/codes.h"
#include "cli/args/option_values.h"
#include "cli/args/options.h"

namespace {

using namespace vsm;
using namespace vsm::cli;

/// Redirects a standard stream to a file until its text is taken.
class Captured {
public:
    explicit Captured(int descriptor) : descriptor_(descriptor), kept_(::dup(descriptor)), file_(std::tmpfile()) {
        REQUIRE(kept_ >= 0);
        REQUIRE(file_ != nullptr);
        ::dup2(::fileno(file_), descriptor_);
    }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured() { std::fclose(file_); }

    std::string take() {
        ::dup2(kept_, descriptor_);
        ::close(kept_);
        std::rewind(file_);
        std::string text;
        for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) text += static_cast<char>(c);
        return text;
    }

private:
    int descriptor_, kept_;
    std::FILE* file_;
};

struct Parsed {
    Options options;
    std::string output, errors;

    template <class Command>
    const Command& as() const {
        const auto* command = std::get_if<Command>(&options.command);
        REQUIRE_MESSAGE(command != nullptr, errors);
        CHECK(errors == "");
        CHECK(output == "");
        return *command;
    }
    /// The exit code of a command line that only printed something; -1 if there is a command to run.
    int exit_code() const {
        const auto* finished = std::get_if<Finished>(&options.command);
        return finished == nullptr ? -1 : finished->exit_code;
    }
};

Parsed parse_line(std::vector<std::string> words) {
    words.insert(words.begin(), "vsm");
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    std::cout.flush();
    Captured output(1), errors(2);
    Parsed parsed;
    parsed.options = parse_command_line(static_cast<int>(pointers.size()), pointers.data());
    flush_output();
    parsed.errors = errors.take();
    parsed.output = output.take();
    return parsed;
}

/// A command line without quotes.
Parsed parse_line(std::string_view line) {
    std::istringstream text{std::string(line)};
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    return parse_line(std::move(words));
}

using Words = std::vector<std::string>;

constexpr auto commands =
    std::to_array<std::string_view>({"lint", "build", "metrics", "diff", "history", "ir", "explain", "init", "preview",
                                     "completion", "fmt", "apply", "version", "help"});

struct WrongLine {
    std::string_view line, message;
};
constexpr auto wrong_lines = std::to_array<WrongLine>(
    {{"lint --jobs 0", "--jobs takes a whole number from 1 to 256, found `0`"},
     {"lint --jobs 257", "--jobs takes a whole number from 1 to 256, found `257`"},
     {"lint --jobs 1.5", "--jobs takes a whole number from 1 to 256, found `1.5`"},
     {"lint --jobs 99999999999999999999", "--jobs takes a whole number from 1 to 256, found `99999999999999999999`"},
     {"history --last 10001", "--last takes a whole number from 1 to 10000, found `10001`"},
     {"preview m.vsm --port 65536", "--port takes a whole number from 1 to 65535, found `65536`"},
     {"preview m.vsm --port 0", "--port takes a whole number from 1 to 65535, found `0`"},
     {"lint --diff", "--diff shows what --fix would change; give both"},
     {"lint --fix -", "--fix changes files, and `-` is none"},
     {"lint --as-of 2026-02-30", "--as-of takes a day such as 2026-11-20, found `2026-02-30`"},
     {"build m.vsm --check -t svg", "--check compares with what is on the disk: say where with -o or --inject"},
     {"build m.vsm --check -o - -t svg", "--check compares with what is on the disk: say where with -o or --inject"},
     {"build m.vsm --inject a.md -o b", "--inject and -o are two places to write to; give one"},
     {"build m.vsm -t svg --mock lambda", "--mock says something about codepipeline, which is not among the targets"},
     {"build m.vsm -t dot --compare", "--compare says something about svg, html, which is not among the targets"},
     {"build m.vsm -t svg --compare",
      "--compare draws a future below its stream: say which with `--future NAME` or `--future all`"},
     {"build m.vsm -t codepipeline --mock approval --time-scale 0",
      "--time-scale has nothing to set with --mock approval, where people take the time they take"},
     {"metrics --sort lead_tiem", "--sort: no figure is called `lead_tiem`; did you mean `lead_time`?"},
     {"metrics --sort time_constraint",
      "--sort: no figure is called `time_constraint`; for example lead_time, rolled_ca, wip"},
     {"diff a.vsm", "diff takes two versions, `vsm diff OLD NEW`, or `--against REV` to compare with another revision"},
     {"diff a b c", "diff takes two versions, `vsm diff OLD NEW`, or `--against REV` to compare with another revision"},
     {"explain", "explain needs a code or a name, such as `vsm explain missing-timing`, or --list"},
     {"explain missing-ca --list",
      "explain takes a code or a name, --list, --markdown or --config-schema, one of them"},
     {"fmt --check --diff", "--check names the maps and --diff shows their lines; give one"},
     {"metrics --fix", "`vsm metrics` has no flag `--fix`"},
     {"apply spring", "PATH is required"},
     {"preview", "PATH is required"},
     {"completion", "SHELL is required"},
     {"completion powershell", "SHELL takes bash, zsh or fish, found `powershell`"},
     {"Lint", "there is no command `Lint`; did you mean `lint`?"},
     {"--quite", "`vsm` has no flag `--quite`"}});

}  // namespace

TEST_CASE("a command without flags has its standard options") {
    const LintOptions lint = parse_line("lint").as<LintOptions>();
    CHECK(lint.paths == Words{"."});
    CHECK((lint.format == LintFormat::text && lint.reports.empty() && !lint.fix && !lint.diff && !lint.fail_on &&
           !lint.tracked && lint.jobs == 0));
    CHECK((!lint.rules.process_rules && !lint.rules.as_of && lint.rules.levels.empty() && lint.targets.empty()));
    CHECK((lint.config.file.empty() && !lint.config.none && lint.baseline.empty() && !lint.write_baseline &&
           !lint.prune_baseline));
    const BuildOptions build = parse_line("build m.vsm").as<BuildOptions>();
    CHECK(build.paths == Words{"m.vsm"});
    CHECK((build.targets.empty() && build.output.empty() && build.stream.empty() && build.future.empty() &&
           !build.force && !build.check && build.flags_of_targets.empty()));
    CHECK(build.backend.time_scale.mock_per_working_day == Duration{1'000'000});
    CHECK(build.backend.runner == Words{"ubuntu-latest"});
    const MetricsOptions metrics = parse_line("metrics").as<MetricsOptions>();
    CHECK((metrics.paths == Words{"."} && metrics.format == MetricsFormat::text && metrics.sort.empty()));
    CHECK(parse_line("diff --against main").as<DiffOptions>().paths == Words{"."});
    const HistoryOptions history = parse_line("history").as<HistoryOptions>();
    CHECK((history.path == "." && history.last == 20 && history.format == HistoryFormat::text));
    CHECK(parse_line("ir m.vsm").as<IrOptions>().ranges);
    CHECK(parse_line("init").as<InitOptions>().file == "");
    CHECK(parse_line("preview m.vsm").as<PreviewOptions>().port == 0);
    CHECK(parse_line("fmt").as<FmtOptions>().paths == Words{"."});
    const ApplyOptions apply = parse_line("apply spring m.vsm").as<ApplyOptions>();
    CHECK((apply.future == "spring" && apply.path == "m.vsm" && !apply.diff && !apply.force));
    const CommonOptions common = parse_line("lint").options.common;
    CHECK((common.color == ColorMode::automatic && common.links == Links::held && !common.quiet));
}

TEST_CASE("each flag of lint sets its option") {
    const auto lint = [](std::string_view flags) {
        return parse_line(fmt::format("lint {}", flags)).as<LintOptions>();
    };
    CHECK(lint("a.vsm b.vsm").paths == Words{"a.vsm", "b.vsm"});
    CHECK(lint("--format sarif").format == LintFormat::sarif);
    CHECK(lint("--fail-on warning").fail_on == std::optional(Severity::warning));
    REQUIRE(lint("--fail-on never").fail_on.has_value());
    CHECK_FALSE(lint("--fail-on never").fail_on->has_value());
    CHECK((lint("--fix").fix && !lint("--fix").diff && lint("--fix --diff").diff));
    CHECK(lint("--process").rules.process_rules);
    CHECK(lint("--as-of 2028-02-29").rules.as_of == Date{2028, 2, 29});
    CHECK(lint("-t svg,dot").targets == Words{"svg", "dot"});
    CHECK(lint("--no-config").config.none);
    CHECK(lint("--config c.yaml").config.file == "c.yaml");
    CHECK(
        (lint("--baseline b --write-baseline").write_baseline && lint("--baseline b --prune-baseline").prune_baseline));
    CHECK(lint("--baseline b.json").baseline == "b.json");
    CHECK((lint("--jobs 1").jobs == 1 && lint("--jobs 256").jobs == 256 && lint("--tracked").tracked));
}

TEST_CASE("each flag of build sets its option") {
    const auto build = [](std::string_view flags) {
        return parse_line(fmt::format("build m.vsm {}", flags)).as<BuildOptions>();
    };
    CHECK((build("-o out/").output == "out/" && build("-o -").output == "-" && build("--force").force));
    CHECK((build("--stream s").stream == "s" && build("--future all").future == "all"));
    CHECK(build("--what-if a.lead=1d --what-if b.ca=9%").what_ifs == Words{"a.lead=1d", "b.ca=9%"});
    CHECK((build("--inject README.md --check").inject == "README.md" && build("-o out/ --check").check));
    CHECK(build("-t github --on push,release").backend.events == Words{"push", "release"});
    CHECK(build("-t github --runs-on self-hosted,linux").backend.runner == Words{"self-hosted", "linux"});
    CHECK(build("-t github --environments").backend.environments);
    CHECK(build("-t codepipeline --format json").backend.syntax == backends::Syntax::json);
    CHECK(build("-t codepipeline --waits merge").backend.waits == backends::Waits::merge);
    CHECK(build("-t codepipeline --mock commands").backend.mock == backends::MockKind::commands);
    CHECK(build("-t codepipeline --mock approval").backend.mock == backends::MockKind::approval);
    CHECK(build("-t gitlab --time-scale 0").backend.time_scale.mock_per_working_day == Duration{0});
    CHECK(build("-t mermaid --diagram gantt").backend.diagram == backends::Diagram::gantt);
    CHECK((build("-t html --compare").backend.compare && build("-t svg --compare --future f").backend.compare));
}

TEST_CASE("each flag of the other commands sets its option") {
    const auto metrics = [](std::string_view flags) {
        return parse_line(fmt::format("metrics {}", flags)).as<MetricsOptions>();
    };
    CHECK((metrics("--format csv").format == MetricsFormat::csv &&
           metrics("--format markdown").format == MetricsFormat::markdown));
    CHECK((metrics("--stream s").stream == "s" && metrics("--sort lead_time").sort == "lead_time" &&
           metrics("--sort dora.change_lead_time a").paths == Words{"a"}));
    const auto diff = [](std::string_view flags) {
        return parse_line(fmt::format("diff {}", flags)).as<DiffOptions>();
    };
    CHECK(diff("old new").paths == Words{"old", "new"});
    CHECK((diff("--against main a").against == "main" && diff("--against main a").paths == Words{"a"}));
    CHECK((diff("a b --fail-on worse").fail_on_worse && !diff("a b --fail-on never").fail_on_worse &&
           diff("a b --exit-code").exit_code));
    CHECK((diff("a b --format markdown").format == DiffFormat::markdown &&
           diff("a b --format json").format == DiffFormat::json));
    const auto history = [](std::string_view flags) {
        return parse_line(fmt::format("history {}", flags)).as<HistoryOptions>();
    };
    CHECK((history("m.vsm").path == "m.vsm" && history("--last 10000").last == 10000 &&
           history("--stream s").stream == "s"));
    CHECK((history("--format csv").format == HistoryFormat::csv &&
           history("--format json").format == HistoryFormat::json));
    CHECK_FALSE(parse_line("ir m.vsm --no-ranges").as<IrOptions>().ranges);
    CHECK(parse_line("explain missing-ca").as<ExplainOptions>().subject == "missing-ca");
    CHECK(parse_line("explain --list").as<ExplainOptions>().list);
    CHECK(parse_line("init new.vsm --force").as<InitOptions>().force);
    CHECK((parse_line("preview m.vsm --port 65535").as<PreviewOptions>().port == 65535 &&
           parse_line("preview m.vsm --open").as<PreviewOptions>().open));
    CHECK((parse_line("fmt --check").as<FmtOptions>().check && parse_line("fmt - --diff").as<FmtOptions>().diff));
    CHECK((parse_line("apply f m.vsm --diff").as<ApplyOptions>().diff &&
           parse_line("apply f m.vsm --force").as<ApplyOptions>().force));
    parse_line("version").as<VersionOptions>();
    parse_line("--version").as<VersionOptions>();
}

TEST_CASE("a flag may stand before or behind the paths, with its value joined or apart") {
    for (const std::string_view line :
         {"build -t svg,dot m.vsm", "build m.vsm -t svg,dot", "build m.vsm --target svg,dot",
          "build m.vsm --target=svg,dot", "build m.vsm -tsvg,dot", "build -t svg m.vsm -t dot",
          "build -t svg,dot,svg m.vsm"}) {
        const Parsed parsed = parse_line(line);
        CAPTURE(line);
        CHECK(parsed.as<BuildOptions>().targets == Words{"svg", "dot"});
        CHECK(parsed.as<BuildOptions>().paths == Words{"m.vsm"});
    }
    CHECK(parse_line(Words{"build", "m.vsm", "-t", " svg ,\tdot"}).as<BuildOptions>().targets == Words{"svg", "dot"});
    CHECK(parse_line(Words{"lint", "a map.vsm", ""}).as<LintOptions>().paths == Words{"a map.vsm", ""});
}

TEST_CASE("a wrong command line is one sentence on standard error and exit code 2") {
    for (const WrongLine& wrong : wrong_lines) {
        const Parsed parsed = parse_line(wrong.line);
        CAPTURE(wrong.line);
        CHECK(parsed.exit_code() == exit_trouble);
        CHECK(parsed.errors == fmt::format("vsm: {}\nvsm: `vsm help` shows what there is\n", wrong.message));
        CHECK(parsed.output == "");
    }
}

TEST_CASE("a missing value, and flags that exclude or need each other, are named") {
    for (const auto& [line, flags] : std::initializer_list<std::pair<std::string_view, Words>>{
             {"lint --format", {"--format"}},
             {"lint --config", {"--config"}},
             {"lint -W", {"-W"}},
             {"lint --jobs", {"--jobs"}},
             {"build m.vsm -t", {"--target"}},
             {"build m.vsm -o", {"--output"}},
             {"diff --against", {"--against"}},
             {"lint --config c.yaml --no-config", {"--config", "--no-config"}},
             {"lint --write-baseline", {"--write-baseline", "--baseline"}},
             {"lint --prune-baseline", {"--prune-baseline", "--baseline"}},
             {"lint --baseline b --write-baseline --prune-baseline", {"--write-baseline", "--prune-baseline"}}}) {
        const Parsed parsed = parse_line(line);
        CAPTURE(line);
        CAPTURE(parsed.errors);
        CHECK(parsed.exit_code() == exit_trouble);
        for (const std::string& flag : flags) CHECK(parsed.errors.find(flag) != std::string::npos);
    }
    CHECK(parse_line(Words{"diff", "--against", ""}).exit_code() == exit_trouble);
    CHECK(parse_line(Words{"build", "m.vsm", "-o", ""}).exit_code() == exit_trouble);
    CHECK(parse_line(Words{"build", "m.vsm", "-t", ""}).exit_code() == exit_trouble);
}

TEST_CASE("no word of a command line can start a command of a CI runner") {
    const Parsed parsed = parse_line(Words{"\n::error::forged \u202E"});
    CHECK(parsed.exit_code() == exit_trouble);
    CHECK(parsed.errors.find('\n') > parsed.errors.find("forged"));
    CHECK(parsed.errors.find("\u202E") == std::string::npos);
}

TEST_CASE("every command has a help, however it is asked for") {
    for (const std::string_view command : commands) {
        const Parsed help = parse_line(fmt::format("help {}", command)),
                     flag = parse_line(fmt::format("{} --help", command));
        CAPTURE(command);
        CHECK(help.exit_code() == exit_clean);
        CHECK(help.errors == "");
        CHECK(help.output.find(fmt::format("vsm {}", command)) != std::string::npos);
        CHECK(flag.output == help.output);
        CHECK(parse_line(fmt::format("{} -h", command)).output == help.output);
        CHECK(parse_line("help").output.find(fmt::format("\n  {} ", command)) != std::string::npos);
    }
    CHECK(parse_line("--help").output == parse_line("help").output);
    const Parsed nothing = parse_line("");
    CHECK(nothing.exit_code() == exit_trouble);
    CHECK(nothing.output == "");
    CHECK(nothing.errors == parse_line("help").output);
}

TEST_CASE("every command that takes a path takes the common flags") {
    for (const std::string_view line : {"lint m", "build m", "metrics m", "diff m m", "history m", "ir m", "init m",
                                        "preview m", "fmt m", "apply f m"}) {
        const Parsed parsed = parse_line(fmt::format("{} --color always -q --follow", line));
        CAPTURE(line);
        CHECK(parsed.exit_code() == -1);
        CHECK((parsed.options.common.color == ColorMode::always && parsed.options.common.quiet &&
               parsed.options.common.links == Links::followed));
    }
}

TEST_CASE("the duration of a mock's day is a clock time of at most 24 hours") {
    for (const auto& [written, microseconds] :
         std::initializer_list<std::pair<std::string_view, std::int64_t>>{{"1d=1s", 1'000'000},
                                                                          {"1d=2.5min", 150'000'000},
                                                                          {"1d=24h", 86'400'000'000},
                                                                          {"0", 0},
                                                                          {"1d=0", 0},
                                                                          {"1d=0s", 0},
                                                                          {"3s", 3'000'000}}) {
        backends::TimeScale scale;
        CAPTURE(written);
        CHECK_FALSE(read_time_scale(std::string(written), scale).has_value());
        CHECK(scale.mock_per_working_day.microseconds == microseconds);
    }
    for (const std::string_view written : {"", "1d=", "1d=1", "1d=1d", "1d=24.1h", "2d=1s", "1d=-1s", "1d=1 s",
                                           "1d=0.0000001s", "1d=999999999999999999h"}) {
        backends::TimeScale scale;
        CHECK_MESSAGE(read_time_scale(std::string(written), scale).has_value(), written);
        CHECK(scale.mock_per_working_day == Duration{1'000'000});
    }
}

TEST_CASE("the level of a rule is set by name or code, and the last one counts") {
    const lint::RuleSet rules =
        parse_line("lint -W missing-ca=error -W VSM2002=off -W missing-ca=note").as<LintOptions>().rules;
    CHECK(rules.levels.size() == 2);
    CHECK(rules.levels.at(Code::missing_ca) == Severity::note);
    CHECK(rules.levels.at(Code::missing_team) == std::nullopt);
    for (const std::string_view level :
         {"missing-ca", "missing-ca=", "missing-ca=never", "missing-ca=Error", "=off", "missing-timing=off", ""}) {
        lint::RuleSet none;
        CHECK_MESSAGE(read_rule_level(std::string(level), none).has_value(), level);
        CHECK(none.levels.empty());
    }
}

TEST_CASE("each report has a format and a file of its own") {
    const LintOptions lint = parse_line("lint --report sarif=a.sarif --report json=b=c.json").as<LintOptions>();
    REQUIRE(lint.reports.size() == 2);
    CHECK((lint.reports[0].format == LintFormat::sarif && lint.reports[0].path == "a.sarif"));
    CHECK((lint.reports[1].format == LintFormat::json && lint.reports[1].path == "b=c.json"));
    for (const std::string_view format : lint_format_names) CHECK(find_lint_format(format).has_value());
    CHECK_FALSE(find_lint_format("SARIF").has_value());
}
