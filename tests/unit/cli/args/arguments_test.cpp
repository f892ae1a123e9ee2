// Parses command lines: usage errors with their exit code, and help.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <sstream>

#include "cli/args/command_line.h"
#include "cli/io/terminal.h"

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

/// What a command line printed, and its exit code. Only for lines that run no command.
struct Said {
    int exit_code = -1;
    std::string output, errors;
};

Said say(std::vector<std::string> words) {
    words.insert(words.begin(), "vsm");
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    std::cout.flush();
    Captured output(1), errors(2);
    Said said;
    said.exit_code = run_command_line(static_cast<int>(pointers.size()), pointers.data());
    flush_output();
    said.errors = errors.take();
    said.output = output.take();
    return said;
}

/// A command line without quotes.
Said say(std::string_view line) {
    std::istringstream text{std::string(line)};
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    return say(std::move(words));
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
     {"lint --config= m.vsm", "`--config=` has no value"},
     {"build m.vsm --output= n.vsm", "`--output=` has no value"},
     {"lint --diff", "--diff shows what --fix would change; give both"},
     {"lint --fix -", "--fix changes files; it cannot change standard input, `-`"},
     {"lint --as-of 2026-02-30", "--as-of takes a day such as 2026-11-20, found `2026-02-30`"},
     {"build m.vsm --check -t svg", "--check compares with what is on the disk: say where with -o or --inject"},
     {"build m.vsm --check -o - -t svg", "--check compares with what is on the disk: say where with -o or --inject"},
     {"build m.vsm --inject a.md -o b", "--inject and -o cannot be combined: give one place to write to"},
     {"build m.vsm -t svg --mock lambda", "--mock is for codepipeline only"},
     {"build m.vsm -t dot --compare", "--compare is for svg and html only"},
     {"build m.vsm -t svg --compare",
      "--compare draws a future below its stream: say which with `--future NAME` or `--future all`"},
     {"build m.vsm -t codepipeline --mock approval --time-scale 0",
      "--time-scale has no effect with --mock approval, which waits for people"},
     {"metrics --sort lead_tiem", "--sort: no metric is called `lead_tiem`; did you mean `lead_time`?"},
     {"metrics --sort time_constraint",
      "--sort: no metric is called `time_constraint`; for example lead_time, rolled_ca, wip"},
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

/// The line below a usage error: the help of its command, or of vsm.
std::string pointer_of(std::string_view line) {
    const std::string_view command = line.substr(0, line.find(' '));
    const bool known = std::find(commands.begin(), commands.end(), command) != commands.end();
    return known ? fmt::format("see `vsm {} --help`", command) : "see `vsm help`";
}

}  // namespace

TEST_CASE("a wrong command line is one sentence on standard error and exit code 2") {
    for (const WrongLine& wrong : wrong_lines) {
        const Said said = say(wrong.line);
        CAPTURE(wrong.line);
        CHECK(said.exit_code == exit_trouble);
        CHECK(said.errors == fmt::format("vsm: {}\nvsm: {}\n", wrong.message, pointer_of(wrong.line)));
        CHECK(said.output == "");
    }
}

TEST_CASE("a missing value, and flags that exclude or need each other, are named") {
    for (const auto& [line, flags] : std::initializer_list<std::pair<std::string_view, Words>>{
             {"lint --format", {"--format"}},
             {"lint --config", {"--config"}},
             {"lint -W", {"-W"}},
             {"lint --jobs", {"--jobs"}},
             {"build m.vsm -t", {"--to"}},
             {"build m.vsm -o", {"--output"}},
             {"diff --against", {"--against"}},
             {"lint --config c.yaml --no-config", {"--config", "--no-config"}},
             {"lint --write-baseline", {"--write-baseline", "--baseline"}},
             {"lint --prune-baseline", {"--prune-baseline", "--baseline"}},
             {"lint --baseline b --write-baseline --prune-baseline", {"--write-baseline", "--prune-baseline"}}}) {
        const Said said = say(line);
        CAPTURE(line);
        CAPTURE(said.errors);
        CHECK(said.exit_code == exit_trouble);
        for (const std::string& flag : flags) CHECK(said.errors.find(flag) != std::string::npos);
    }
    CHECK(say(Words{"diff", "--against", ""}).exit_code == exit_trouble);
    CHECK(say(Words{"build", "m.vsm", "-o", ""}).exit_code == exit_trouble);
    CHECK(say(Words{"build", "m.vsm", "-t", ""}).exit_code == exit_trouble);
}

TEST_CASE("no word of a command line can start a command of a CI runner") {
    const Said said = say(Words{"\n::error::forged \u202E"});
    CHECK(said.exit_code == exit_trouble);
    CHECK(said.errors.find('\n') > said.errors.find("forged"));
    CHECK(said.errors.find("\u202E") == std::string::npos);
}

TEST_CASE("every command has a help, however it is asked for") {
    for (const std::string_view command : commands) {
        const Said help = say(fmt::format("help {}", command)), flag = say(fmt::format("{} --help", command));
        CAPTURE(command);
        CHECK(help.exit_code == exit_clean);
        CHECK(help.errors == "");
        CHECK(help.output.find(fmt::format("vsm {}", command)) != std::string::npos);
        CHECK(flag.output == help.output);
        CHECK(say(fmt::format("{} -h", command)).output == help.output);
        CHECK(say("help").output.find(fmt::format("\n  {} ", command)) != std::string::npos);
    }
    CHECK(say("--help").output == say("help").output);
    const Said nothing = say("");
    CHECK(nothing.exit_code == exit_trouble);
    CHECK(nothing.output == "");
    CHECK(nothing.errors == say("help").output);
}
