// The golden tests: runs the real vsm on every case and compares what it says with the file that keeps it.
//
//   vsm_golden --vsm VSM --source ROOT [--update] [MODE…]
//
//   lint                   lint/<subject>/<case>.vsm      one command, lint/<subject>/<case>.expected
//   concise json ir        MODE/<case>.vsm                one command, MODE/<case>.expected
//   metrics                metrics/<case>.vsm             every format, metrics/<case>.<format>.expected
//   build                  ROOT/samples/*.vsm             every target, samples/<sample>/*
//   cli                    cli/<case>.cmd                 lines for sh in a copy of cli/<case>/, a transcript
//   docs                   ROOT/docs/diagnostics.md       vsm explain --markdown
//                          ROOT/docs/schema/config.schema.json   vsm explain --config-schema
//
// Commands run in the folder of their case, so that outputs hold relative paths. Each runs twice, in different locales and time zones,
// and must say the same.
#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "backends/backend.h"
#include "tests/golden/ledger.h"
#include "tests/golden/process.h"

namespace vsm::golden {
namespace {

namespace fs = std::filesystem;

struct Setting {
    fs::path vsm;     ///< the program
    fs::path source;  ///< the root of the project
    fs::path goldens() const { return source / "tests/golden"; }
};

const Environment plain{"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"};
const Environment elsewhere{"PATH=/usr/bin:/bin", "LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8", "TZ=Asia/Kathmandu",
                            "COLUMNS=40"};

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending = {}) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && (ending.empty() || entry.path().extension() == ending))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_directory()) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

/// How many errors a map says it has, in a comment on its first line (`# 2 errors`); one mistake is one error.
std::size_t promised_errors(const std::string& map) {
    const std::string first = map.substr(0, map.find('\n'));
    const std::size_t mark = first.find("# "), word = first.find(" error");
    if (mark == std::string::npos || word == std::string::npos) return 1;
    return std::stoul(first.substr(mark + 2, word - mark - 2));
}

std::size_t count_of(const std::string& text, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

/// Flags for the command, from a comment on the first line of a map (`# --stream then`).
std::vector<std::string> flags_of(const std::string& map) {
    if (!map.starts_with("# --")) return {};
    std::istringstream line(map.substr(2, map.find('\n') - 2));
    std::vector<std::string> flags;
    for (std::string word; line >> word;) flags.push_back(word);
    return flags;
}

/// A part of a transcript: its text, which ends with a line end.
std::string part(const std::string& head, const std::string& text) {
    if (text.empty()) return {};
    return head + text + (text.ends_with('\n') ? "" : "\n(no line end)\n");
}

/// What a command said: its standard output, then what it said beside that, then its exit code.
std::string transcript(const Outcome& outcome) {
    return part("", outcome.out) + part("[stderr]\n", outcome.err) + "[exit " + std::to_string(outcome.exit) + "]\n";
}

class Runner {
public:
    Runner(Setting setting, bool update) : setting_(std::move(setting)), ledger_(update) {}

    /// `vsm lint` of every map, in a folder for each subject.
    void lint() {
        const fs::path goldens = setting_.goldens() / "lint";
        for (const fs::path& stray : files_in(goldens))
            ledger_.fail(stray.string(), "a case belongs in the folder of its subject");
        for (const fs::path& subject : folders_in(goldens)) cases_of(subject, {"lint"});
        ledger_.refuse_leftovers(goldens, ".expected");
    }

    /// One command for every map.
    void single(const std::string& mode, const std::vector<std::string>& command) {
        cases_of(setting_.goldens() / mode, command);
        ledger_.refuse_leftovers(setting_.goldens() / mode, ".expected");
    }

    void metrics() {
        const fs::path folder = setting_.goldens() / "metrics";
        for (const fs::path& map : files_in(folder, ".vsm"))
            for (const std::string format : {"text", "json", "csv", "markdown"})
                ledger_.hold(fs::path(map).replace_extension("." + format + ".expected"),
                             transcript(twice({"metrics", "--format", format, map.filename()}, folder)));
        ledger_.refuse_leftovers(folder, ".expected");
    }

    /// Every sample: what lint and metrics say, and every target, as it is and in each of its futures.
    void build() {
        const fs::path folder = setting_.goldens() / "samples";
        for (const fs::path& sample : files_in(setting_.source / "samples", ".vsm")) {
            const std::string file = "samples" / sample.filename();
            std::string said;
            for (const std::string command : {"lint", "metrics"})
                said += "$ vsm " + command + " " + file + "\n" + transcript(twice({command, file}, setting_.source));
            const bool has_futures = read_file(sample).find("\nfuture ") != std::string::npos;
            for (const backends::Backend& backend : backends::all_backends()) {
                said += build(file, {"-t", std::string(backend.name)}, folder / sample.stem());
                if (has_futures)
                    said += build(file, {"-t", std::string(backend.name), "--future", "all"}, folder / sample.stem());
            }
            ledger_.hold(folder / sample.stem() / "commands.expected", said);
        }
        ledger_.refuse_leftovers(folder, "");
    }

    void commands() {
        const fs::path folder = setting_.goldens() / "cli";
        for (const fs::path& script : files_in(folder, ".cmd")) {
            const std::string said = play(script, plain);
            if (said != play(script, elsewhere))
                ledger_.fail(script.string(), "it says something else in another locale and time zone");
            ledger_.hold(fs::path(script).replace_extension(".expected"), said);
        }
        ledger_.refuse_leftovers(folder, ".expected");
    }

    void docs() {
        const Outcome outcome = twice({"explain", "--markdown"}, setting_.source);
        if (outcome.exit != 0) return ledger_.fail("vsm explain --markdown", transcript(outcome));
        ledger_.hold(setting_.source / "docs/diagnostics.md", outcome.out);
        const Outcome schema = twice({"explain", "--config-schema"}, setting_.source);
        if (schema.exit != 0) return ledger_.fail("vsm explain --config-schema", transcript(schema));
        ledger_.hold(setting_.source / "docs/schema/config.schema.json", schema.out);
    }

    bool close(const std::string& name) const { return ledger_.close(name); }

private:
    void cases_of(const fs::path& folder, const std::vector<std::string>& command) {
        for (const fs::path& map : files_in(folder, ".vsm")) {
            const std::string text = read_file(map);
            std::vector<std::string> words = command;
            for (std::string& flag : flags_of(text)) words.push_back(std::move(flag));
            words.push_back(map.filename());
            const Outcome outcome = twice(words, folder);
            const bool promises = command == std::vector<std::string>{"lint"};
            if (promises && count_of("\n" + outcome.out, "\nerror[") != promised_errors(text))
                ledger_.fail(map.string(), "one mistake is one error, unless the first line says `# N errors`");
            ledger_.hold(fs::path(map).replace_extension(".expected"), transcript(outcome));
        }
    }

    Outcome vsm(const std::vector<std::string>& words, const fs::path& folder, const Environment& environment) {
        std::vector<std::string> all{setting_.vsm};
        all.insert(all.end(), words.begin(), words.end());
        return run(all, folder, environment);
    }

    Outcome twice(const std::vector<std::string>& words, const fs::path& folder) {
        Outcome outcome = vsm(words, folder, plain);
        if (transcript(outcome) != transcript(vsm(words, folder, elsewhere)))
            ledger_.fail(folder / words.back(), "it says something else in another locale and time zone");
        return outcome;
    }

    /// Gives what was said; the files made are held one by one. Both runs must make the same.
    std::string build(const std::string& file, const std::vector<std::string>& flags, const fs::path& keep) {
        const TemporaryFolder here, there;
        std::vector<std::string> words{"build", file, "-q", "-o", here.path().string() + "/"};
        words.insert(words.end(), flags.begin(), flags.end());
        const std::string said = transcript(vsm(words, setting_.source, plain));
        words[4] = there.path().string() + "/";
        std::string shown = "$ vsm build " + file;
        for (const std::string& flag : flags) shown += " " + flag;
        bool same = said == transcript(vsm(words, setting_.source, elsewhere));
        for (const fs::path& made : files_in(here.path())) {
            const std::string text = read_file(made);
            same = same && text == read_file(there.path() / made.filename());
            ledger_.hold(keep / made.filename(), text);
        }
        if (!same || files_in(here.path()).size() != files_in(there.path()).size())
            ledger_.fail(shown, "it makes something else in another locale and time zone");
        return shown + "\n" + said;
    }

    /// Runs each line of a script that begins with `$ `, in a copy of the case's folder.
    std::string play(const fs::path& script, Environment environment) {
        const TemporaryFolder made;
        const fs::path copy = made.path() / "work";
        fs::create_directory(copy);
        if (const fs::path inputs = fs::path(script).replace_extension(); fs::is_directory(inputs))
            fs::copy(inputs, copy, fs::copy_options::recursive);
        write_file(copy / ".vsm.yaml", "version: 1\n");
        environment.front() = "PATH=" + setting_.vsm.parent_path().string() + ":/usr/bin:/bin";
        // or newer versions of git explain at length how their first branch is called
        for (const char* setting :
             {"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=init.defaultBranch", "GIT_CONFIG_VALUE_0=main"})
            environment.emplace_back(setting);
        std::string said;
        std::istringstream lines(read_file(script));
        bool runs = false;
        for (std::string line; std::getline(lines, line);) {
            said += line + "\n";
            if (!line.starts_with("$ ")) continue;
            runs = true;
            said += transcript(run({"/bin/sh", "-c", line.substr(2)}, copy, environment));
        }
        if (!runs) throw std::runtime_error(script.string() + " runs nothing: no line of it begins with `$ `");
        return said;
    }

    Setting setting_;
    Ledger ledger_;
};

using Mode = std::function<void(Runner&)>;

const std::map<std::string, Mode>& modes() {
    static const std::map<std::string, Mode> all{
        {"lint", [](Runner& r) { r.lint(); }},
        {"concise", [](Runner& r) { r.single("concise", {"lint", "--format", "concise"}); }},
        {"json", [](Runner& r) { r.single("json", {"lint", "--format", "json"}); }},
        {"ir", [](Runner& r) { r.single("ir", {"ir", "--no-ranges"}); }},
        {"metrics", [](Runner& r) { r.metrics(); }},
        {"build", [](Runner& r) { r.build(); }},
        {"cli", [](Runner& r) { r.commands(); }},
        {"docs", [](Runner& r) { r.docs(); }},
    };
    return all;
}

int main_of(const std::vector<std::string>& words) {
    Setting setting;
    bool update = false;
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--update") {
            update = true;
        } else if ((words[i] == "--vsm" || words[i] == "--source") && i + 1 < words.size()) {
            (words[i] == "--vsm" ? setting.vsm : setting.source) = fs::absolute(words[i + 1]);
            ++i;
        } else if (modes().contains(words[i])) {
            chosen.push_back(words[i]);
        } else {
            std::cerr << "usage: vsm_golden --vsm VSM --source ROOT [--update] [MODE…]; there is no `" << words[i]
                      << "`\n";
            return 2;
        }
    }
    if (setting.vsm.empty() || setting.source.empty()) {
        std::cerr << "usage: vsm_golden --vsm VSM --source ROOT [--update] [MODE…]\n";
        return 2;
    }
    if (!fs::exists(setting.vsm)) {
        std::cerr << "there is no program " << setting.vsm << '\n';
        return 2;
    }
    if (chosen.empty())
        for (const auto& [name, mode] : modes()) chosen.push_back(name);
    bool well = true;
    for (const std::string& name : chosen) {
        Runner runner(setting, update);
        modes().at(name)(runner);
        well = runner.close(name) && well;
    }
    return well ? 0 : 1;
}

}  // namespace
}  // namespace vsm::golden

int main(int count, char** words) { return vsm::golden::main_of({words + 1, words + count}); }
