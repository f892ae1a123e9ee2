#include "runtime/reports/history/history.h"

#include <fmt/format.h>

#include <array>

#include "cli/args/command.h"
#include "cli/git/find_maps.h"
#include "cli/git/stream_history.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

enum class HistoryFormat { text, csv, json };
constexpr std::array<std::string_view, 3> format_names{"text", "csv", "json"};

struct HistoryOptions {
    std::string path;
    std::string stream;
    std::size_t last = 20;
    HistoryFormat format = HistoryFormat::text;
};

std::string unread_text(const std::string& why, std::size_t count) {
    return fmt::format("{} could not be read: {}", count == 1 ? "1 commit" : fmt::format("{} commits", count), why);
}

int nothing_told(const Repository& repository, const Followed& followed, const runtime::History& history,
                 const HistoryOptions& options) {
    if (!history.unread.empty()) return trouble(unread_text(history.unread.front().why, history.unread.size()));
    const auto committed = committed_at(repository, followed.path);
    if (!committed) return trouble(committed.error());
    if (committed.value().file)
        return trouble(
            fmt::format("{} declares no stream in any commit, so there are no figures to follow", options.path));
    if (committed.value().maps)
        return trouble(fmt::format("the maps in {} declare no stream in any commit, so there are no figures to follow",
                                   options.path));
    const std::string what = followed.is_file ? options.path : "a map in " + options.path;
    return trouble(fmt::format("no commit has changed {}{}", what,
                               exists(options.path) ? "; commit it first" : ", and there is no such file"));
}

int no_such_stream(const std::vector<runtime::StreamHistory>& all, const std::string& name) {
    std::vector<std::string> names;
    for (const runtime::StreamHistory& one : all) names.push_back(one.name);
    return trouble(fmt::format("no stream was called `{}`{}", name,
                               names.empty() ? "" : fmt::format("; there are {}", fmt::join(names, ", "))));
}

int run(const HistoryOptions& options, const CommonOptions& common) {
    if (options.path == "-") return trouble("history takes a file or folder of a repository, not the standard input");
    if (const auto named = named_map(options.path, common.links); !named) return trouble(named.error());
    auto repository = Repository::open(nearest_folder(options.path), Purpose::history);
    if (!repository) return trouble(repository.error());
    const auto inside = repository.value().inside(options.path);
    if (!inside) return trouble(inside.error());
    Followed followed{inside.value(), !is_folder(options.path)};
    if (!exists(options.path)) {
        // The path no longer exists: find out whether it was a map or a folder of maps.
        const auto committed = committed_at(repository.value(), inside.value());
        if (!committed) return trouble(committed.error());
        followed.is_file = committed.value().file || !committed.value().maps;
    }
    auto made = history_of(repository.value(), followed);
    if (!made) return trouble(made.error());
    runtime::History& history = made.value();
    if (history.streams.empty()) return nothing_told(repository.value(), followed, history, options);
    if (!options.stream.empty()) {
        const std::vector<runtime::StreamHistory> all = history.streams;
        std::erase_if(history.streams, [&](const runtime::StreamHistory& one) { return one.name != options.stream; });
        if (history.streams.empty()) return no_such_stream(all, options.stream);
    }
    const std::size_t unread = history.unread.size();
    const bool whole = !runtime::keep_last(history, options.last);
    switch (options.format) {
        case HistoryFormat::text: print(runtime::history_text(history, {use_color(common.color, 1)})); break;
        case HistoryFormat::csv: print(runtime::history_csv(history)); break;
        case HistoryFormat::json: print(runtime::history_json(history)); break;
    }
    if (unread > 0 && !common.quiet) remark(unread_text(history.unread.front().why, unread));
    if (whole && repository.value().is_shallow() && !common.quiet)
        remark("this clone is shallow: earlier commits are not here; get them with `git fetch --unshallow`");
    return exit_clean;
}

class History final : public Command {
    void declare(Flags& flags) override {
        flags.argument("PATH", options_.path, "A map or a folder (default: this folder)")
            .completes(Candidates::Files::maps);
        flags.number("--last", "N", options_.last, 1, 10000, "Number of commits to show (default: 20)");
        flags.text("--stream", "NAME", options_.stream, "Only this stream or future").completes(Lookup::names);
        flags.choice("--format", "FORMAT", options_.format, format_names, "Output format: text, csv or json");
        flags.follow();
        flags.common();
    }
    UsageError settle() override {
        if (options_.path.empty()) options_.path = ".";
        return std::nullopt;
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    HistoryOptions options_;
};

}  // namespace

extern const CommandInfo history_command;
const CommandInfo history_command{"history",
                                  "Show the figures at each commit that changed them",
                                  {"vsm history checkout.vsm", "vsm history --last 5 --format csv"},
                                  make_command<History>};

}  // namespace vsm::cli
