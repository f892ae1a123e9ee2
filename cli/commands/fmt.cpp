#include <fmt/format.h>

#include "base/diagnostics/render/render.h"
#include "base/text.h"
#include "cli/args/command.h"
#include "cli/git/find_maps.h"
#include "cli/session.h"
#include "cli/unified_diff.h"
#include "cli/workers/threads.h"
#include "compiler/format/format.h"

namespace vsm::cli {
namespace {

struct FmtOptions {
    std::vector<std::string> paths;
    bool check = false;  ///< write nothing; list maps that are not in canonical form
    bool diff = false;   ///< write nothing; show the changes
};

constexpr std::string_view from_stdin = "<stdin>";

/// The result of a run.
struct Outcome {
    bool differs = false, refused = false, trouble = false;
};

/// Shows or writes the canonical form of a map.
void settle(const FmtOptions& options, const CommonOptions& common, const SourceFile& source,
            const std::string& formatted, Outcome& outcome) {
    const bool same = formatted == source.text();
    outcome.differs = outcome.differs || !same;
    if (options.diff) return print(unified_diff(source.path(), source.text(), formatted));
    if (options.check) return same ? void() : print(log_text(source.path()) + "\n");
    if (source.path() == from_stdin) return print(formatted);
    if (same) return;
    if (const auto written = rewrite_file(source.path(), source.text(), formatted, common.links); !written) {
        trouble(written.error());
        outcome.trouble = true;
    } else if (!common.quiet) {
        print_error(fmt::format("formatted {}\n", log_text(source.path())));
    }
}

/// Reads all maps before any is written. Returns the first error.
std::optional<std::string> read_all(const std::vector<std::string>& paths, Links links, SourceSet& sources) {
    const auto found = find_maps(paths, links);
    if (!found) return found.error();
    for (const FoundMap& map : found.value()) {
        auto input = read_map(map);
        if (!input) return input.error();
        sources.add(input.value().path, std::move(input.value().text));
    }
    return std::nullopt;
}

/// The canonical form of a map, and what prevents it.
struct FormattedMap {
    std::optional<format::Formatted> result;
    Diagnostics diagnostics;
};

/// Formats all maps, in threads.
std::vector<FormattedMap> format_all(const SourceSet& sources) {
    const auto source = [&](std::size_t i) -> const SourceFile& {
        return sources[FileId{static_cast<std::uint32_t>(i)}];
    };
    std::vector<FormattedMap> made(sources.size());
    SharedWork work;
    work.count = sources.size();
    work.workers = workers_for(work.count, 0);
    work.make = [&](std::size_t i, std::size_t) { made[i].result = format::format(source(i), made[i].diagnostics); };
    work.name = [&](std::size_t i) { return source(i).path(); };
    share_out(work);
    return made;
}

int run(const FmtOptions& options, const CommonOptions& common) {
    SourceSet sources;
    if (const auto failed = read_all(options.paths, common.links, sources)) return trouble(*failed);
    Diagnostics diagnostics;
    Outcome outcome;
    std::vector<FormattedMap> made = format_all(sources);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const SourceFile& source = sources[FileId{static_cast<std::uint32_t>(i)}];
        const auto& formatted = made[i].result;
        diagnostics.append(made[i].diagnostics);
        if (!formatted) {
            outcome.refused = true;
        } else if (!formatted->sound) {
            trouble(fmt::format("{} is left as it is: formatted, it would not say the same. This is a bug in vsm; "
                                "please report it with the map",
                                source.path()));
            outcome.trouble = true;
        } else {
            settle(options, common, source, formatted->text, outcome);
        }
    }
    print_error(render_text(sorted(diagnostics, sources), sources, {use_color(common.color, 2)}));
    if (outcome.trouble) return exit_trouble;
    const bool asked = options.check || options.diff;
    return outcome.refused || (asked && outcome.differs) ? exit_findings : exit_clean;
}

class Fmt final : public Command {
    void declare(Flags& flags) override {
        flags
            .arguments(
                "PATH", options_.paths,
                "Maps, folders with maps (default: this folder), or - to format standard input to standard output")
            .completes(Candidates::Files::maps);
        flags.toggle("--check", options_.check,
                     "Write nothing; list the maps that are not in canonical form and exit with 1 if there are any");
        flags.toggle("--diff", options_.diff, "Write nothing; show the changes and exit with 1 if there are any");
        flags.follow();
        flags.common();
    }
    UsageError settle() override {
        if (options_.check && options_.diff) return "--check names the maps and --diff shows their lines; give one";
        if (options_.paths.empty()) options_.paths = {"."};
        return std::nullopt;
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    FmtOptions options_;
};

}  // namespace

extern const CommandInfo fmt_command;
const CommandInfo fmt_command{"fmt",
                              "Rewrite maps in canonical form",
                              {"vsm fmt", "vsm fmt --check", "vsm fmt - <checkout.vsm"},
                              make_command<Fmt>};

}  // namespace vsm::cli
