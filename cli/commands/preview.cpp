// The map as a page in a browser that follows every save. A server on loopback for one person; nothing of it leaves the machine.

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/preview.h"
#include "cli/session.h"

extern char** environ;

namespace vsm::cli {
namespace {

constexpr int exit_interrupted = 130;
constexpr timeval every{0, 80'000};  ///< how often the files are looked at: what is saved shows within 200 ms
constexpr std::size_t most_listeners = 64;
constexpr int longest_silence = 60;  ///< seconds that a request may take to arrive
constexpr ev_ssize_t largest_head = 16 * 1024;

struct Free {
    void operator()(event_base* base) const { event_base_free(base); }
    void operator()(evhttp* http) const { evhttp_free(http); }
    void operator()(event* one) const { event_free(one); }
    void operator()(evbuffer* buffer) const { evbuffer_free(buffer); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

class Server {
public:
    explicit Server(Preview& preview) : preview_(preview) {}
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens on loopback; 0 when the port is taken.
    std::uint16_t listen(std::uint16_t port) {
        base_.reset(event_base_new());
        http_.reset(base_ ? evhttp_new(base_.get()) : nullptr);
        if (!http_) return 0;
        evhttp_set_allowed_methods(http_.get(), EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
        evhttp_set_max_headers_size(http_.get(), largest_head);
        evhttp_set_max_body_size(http_.get(), 0);
        evhttp_set_timeout(http_.get(), longest_silence);
        evhttp_set_gencb(http_.get(), [](evhttp_request* request, void* self) { static_cast<Server*>(self)->answer(request); }, this);
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (listener < 0) return 0;
        const int on = 1;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        const bool listening = ::bind(listener, name, size) == 0 && ::listen(listener, 64) == 0 && ::getsockname(listener, name, &size) == 0;
        if (!listening || evhttp_accept_socket(http_.get(), listener) != 0) {
            ::close(listener);
            return 0;
        }
        port_ = ntohs(address.sin_port);
        return port_;
    }

    /// Serves until someone interrupts it.
    void run() {
        Owned<event> interrupt(evsignal_new(base_.get(), SIGINT, stop, this)), terminate(evsignal_new(base_.get(), SIGTERM, stop, this));
        Owned<event> look(event_new(base_.get(), -1, EV_PERSIST, [](evutil_socket_t, short, void* self) { static_cast<Server*>(self)->look(); }, this));
        event_add(interrupt.get(), nullptr);
        event_add(terminate.get(), nullptr);
        event_add(look.get(), &every);
        event_base_dispatch(base_.get());
    }

private:
    static void stop(evutil_socket_t, short, void* self) { event_base_loopbreak(static_cast<Server*>(self)->base_.get()); }

    void look() {
        if (!preview_.follow()) return;
        for (evhttp_request* listener : listeners_) tell(listener);
    }

    void tell(evhttp_request* listener) {
        Owned<evbuffer> data(evbuffer_new());
        const std::string text = fmt::format("data: {}\n\n", preview_.version());
        evbuffer_add(data.get(), text.data(), text.size());
        evhttp_send_reply_chunk(listener, data.get());
    }

    /// A page of another site must not read the map through the browser of whoever previews it: the request must be meant for this
    /// server by its name, and come from no other page.
    bool meant_for_us(evhttp_request* request) const {
        const evkeyvalq* head = evhttp_request_get_input_headers(request);
        const char* host = evhttp_find_header(head, "Host");
        const char* origin = evhttp_find_header(head, "Origin");
        const std::vector<std::string> ours{fmt::format("127.0.0.1:{}", port_), fmt::format("localhost:{}", port_)};
        const auto is_ours = [&](std::string_view name) { return std::find(ours.begin(), ours.end(), name) != ours.end(); };
        if (host == nullptr || !is_ours(host)) return false;
        return origin == nullptr || (std::string_view(origin).starts_with("http://") && is_ours(std::string_view(origin).substr(7)));
    }

    void answer(evhttp_request* request) {
        evkeyvalq* head = evhttp_request_get_output_headers(request);
        evhttp_add_header(head, "Cache-Control", "no-store");
        evhttp_add_header(head, "X-Content-Type-Options", "nosniff");
        evhttp_add_header(head, "Content-Security-Policy", backends::html::live_policy);
        if (!meant_for_us(request)) return reply(request, 403, "text/plain; charset=utf-8", "this page is for its own address only\n");
        const evhttp_uri* uri = evhttp_request_get_evhttp_uri(request);
        const char* path = uri == nullptr ? nullptr : evhttp_uri_get_path(uri);
        const std::string_view wanted = path == nullptr || *path == '\0' ? "/" : path;
        if (wanted == "/events") return listen_to(request);
        if (wanted == "/live.js") return reply(request, 200, "text/javascript; charset=utf-8", backends::html::live_script);
        const std::optional<std::string> page = preview_.page(std::string(wanted.substr(1)));
        if (!page) return reply(request, 404, "text/plain; charset=utf-8", "there is no stream of that name\n");
        reply(request, 200, "text/html; charset=utf-8", *page);
    }

    static void reply(evhttp_request* request, int code, const char* type, std::string_view text) {
        evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", type);
        if (evhttp_request_get_command(request) == EVHTTP_REQ_HEAD) {
            evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Length", fmt::format("{}", text.size()).c_str());
            return evhttp_send_reply(request, code, nullptr, nullptr);
        }
        Owned<evbuffer> data(evbuffer_new());
        evbuffer_add(data.get(), text.data(), text.size());
        evhttp_send_reply(request, code, nullptr, data.get());
    }

    /// Server-sent events: the version now, and each that follows.
    void listen_to(evhttp_request* request) {
        if (listeners_.size() >= most_listeners) return reply(request, 503, "text/plain; charset=utf-8", "too many pages listen\n");
        evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", "text/event-stream");
        evhttp_connection* connection = evhttp_request_get_connection(request);
        // it may be silent for as long as nobody saves
        evhttp_connection_set_timeout(connection, 24 * 3600);
        evhttp_connection_set_closecb(connection, [](evhttp_connection* gone, void* self) { static_cast<Server*>(self)->forget(gone); }, this);
        evhttp_send_reply_start(request, 200, nullptr);
        listeners_.push_back(request);
        tell(request);
    }

    void forget(evhttp_connection* gone) {
        std::erase_if(listeners_, [&](evhttp_request* listener) { return evhttp_request_get_connection(listener) == gone; });
    }

    Preview& preview_;
    std::uint16_t port_ = 0;
    std::vector<evhttp_request*> listeners_;  ///< outlives the connections, which leave it when they are closed
    Owned<event_base> base_;
    Owned<evhttp> http_;
};

/// Without a shell; whether it worked is seen in the browser.
void open_in_browser(const std::string& address) {
    std::string command = "xdg-open", argument = address;
    char* words[] = {command.data(), argument.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawnp(&child, command.c_str(), nullptr, nullptr, words, environ) != 0) print_error("vsm: there is no xdg-open to open a browser with\n");
}

}  // namespace

int run_preview(const PreviewOptions& options, const CommonOptions& common) {
    constexpr std::uint16_t usual_port = 7413;
    if (options.path == "-" || is_folder(options.path)) return trouble("preview follows one file: give the path of a map");
    if (!exists(options.path)) return trouble(fmt::format("cannot read {}: no such file", options.path));
    ::signal(SIGPIPE, SIG_IGN);
    Preview preview(options.path, options.stream);
    Server server(preview);
    std::uint16_t port = server.listen(options.port != 0 ? options.port : usual_port);
    if (port == 0 && options.port != 0) return trouble(fmt::format("port {} is taken", options.port));
    if (port == 0) port = server.listen(0);
    if (port == 0) return trouble("cannot listen on 127.0.0.1");
    const std::string address = fmt::format("http://127.0.0.1:{}/", port);
    print(fmt::format("{}\n", address));
    if (!flush_output()) return exit_trouble;
    if (!common.quiet) print_error(fmt::format("vsm: {} is drawn anew at every save; Ctrl-C ends\n", log_text(options.path)));
    if (options.open) open_in_browser(address);
    server.run();
    return exit_interrupted;
}

}  // namespace vsm::cli
