// Shows a map in the browser and updates it on every save. The server is for one person: it listens on loopback only.

#include "cli/preview/preview.h"
#include "cli/git/find_maps.h"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "cli/args/command.h"
#include "cli/preview/page_server.h"
#include "cli/session.h"

extern char** environ;

namespace vsm::cli {
namespace {

struct PreviewOptions {
    std::string path;
    std::string stream;
    std::uint16_t port = 0;  ///< 0: 7413, else any free port
    bool open = false;       ///< also open the page in a browser
};

constexpr int exit_interrupted = 130;
constexpr int poll_interval_ms = 80;  ///< a save is visible within 200 ms

/// Whether the request addresses this server by name and comes from no other origin. Otherwise, pages of other sites
/// could read the map through the user's browser.
bool meant_for_us(const PageRequest& request, std::uint16_t port) {
    const std::vector<std::string> ours{fmt::format("127.0.0.1:{}", port), fmt::format("localhost:{}", port)};
    const auto is_ours = [&](std::string_view name) { return std::find(ours.begin(), ours.end(), name) != ours.end(); };
    if (!is_ours(request.host)) return false;
    return !request.origin ||
           (request.origin->starts_with("http://") && is_ours(std::string_view(*request.origin).substr(7)));
}

/// A server-sent event with the current version.
std::string event_of(const Preview& preview) { return fmt::format("data: {}\n\n", preview.version()); }

PageAnswer answer(const PageRequest& request, const Preview& preview, std::uint16_t port) {
    const std::string plain = "text/plain; charset=utf-8", policy = backends::html::live_policy;
    if (!meant_for_us(request, port))
        return {403, plain, "refused: open the page at the address that `vsm preview` printed\n", policy};
    if (request.path == "/events") return {200, "text/event-stream", event_of(preview), policy, true};
    if (request.path == "/live.js") return {200, "text/javascript; charset=utf-8", backends::html::live_script, policy};
    const std::optional<std::string> page = preview.page(request.path.substr(1));
    if (!page) return {404, plain, "there is no stream of that name\n", policy};
    return {200, "text/html; charset=utf-8", *page, policy};
}

/// Runs xdg-open without a shell, and does not wait for it.
void open_in_browser(const std::string& address) {
    std::string command = "xdg-open", argument = address;
    char* words[] = {command.data(), argument.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawnp(&child, command.c_str(), nullptr, nullptr, words, environ) != 0)
        remark("cannot open a browser: xdg-open was not found");
}

/// Why a map cannot be previewed; nothing if it can be read.
std::optional<std::string> refusal(const std::string& path, Links links) {
    if (path == "-" || is_folder(path)) return "preview follows one file: give the path of a map";
    if (const auto map = named_map(path, links); !map) return map.error();
    const auto text = read_file(path, links);
    if (!text) return text.error();
    return text.value() ? std::nullopt : std::optional(fmt::format("cannot read {}: no such file", path));
}

/// Serves until interrupted.
int run(const PreviewOptions& options, const CommonOptions& common) {
    constexpr std::uint16_t usual_port = 7413;
    if (const auto refused = refusal(options.path, common.links)) return trouble(*refused);
    ::signal(SIGPIPE, SIG_IGN);
    Preview preview(options.path, options.stream, common.links);
    std::uint16_t port = 0;
    PageServer server([&](const PageRequest& request) { return answer(request, preview, port); }, {});
    port = server.listen(options.port != 0 ? options.port : usual_port);
    if (port == 0 && options.port != 0) return trouble(fmt::format("port {} is taken", options.port));
    if (port == 0) port = server.listen(0);
    if (port == 0) return trouble("cannot listen on 127.0.0.1");
    const std::string address = fmt::format("http://127.0.0.1:{}/", port);
    print(fmt::format("{}\n", address));
    if (!flush_output()) return exit_trouble;
    if (!common.quiet) print_error(fmt::format("vsm: redraws {} on every save; Ctrl-C ends\n", log_text(options.path)));
    if (options.open) open_in_browser(address);
    server.run(poll_interval_ms, [&] {
        if (preview.follow()) server.tell(event_of(preview));
    });
    return exit_interrupted;
}

class ShowPreview final : public Command {
    void declare(Flags& flags) override {
        flags.argument("PATH", options_.path, "A map").required().completes(Candidates::Files::maps);
        flags.text("--stream", "NAME", options_.stream, "Only this stream or future").completes(Lookup::names);
        flags.number("--port", "PORT", options_.port, 1, 65535, "Port on 127.0.0.1 (default: 7413, or a free one)");
        flags.toggle("--open", options_.open, "Open the page in a browser");
        flags.follow();
        flags.common();
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    PreviewOptions options_;
};

}  // namespace

extern const CommandInfo preview_command;
const CommandInfo preview_command{"preview",
                                  "Show a map in the browser, redrawn on every save",
                                  {"vsm preview checkout.vsm", "vsm preview checkout.vsm --stream checkout --open"},
                                  make_command<ShowPreview>};

}  // namespace vsm::cli
