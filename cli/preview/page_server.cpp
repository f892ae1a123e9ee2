#include "cli/preview/page_server.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <list>
#include <utility>

#include "cli/io/descriptor.h"
#include "cli/io/terminal.h"
#include "cli/preview/http_request.h"

namespace vsm::cli {
namespace {

struct Free {
    void operator()(event_base* base) const { event_base_free(base); }
    void operator()(evconnlistener* listener) const { evconnlistener_free(listener); }
    void operator()(event* one) const { event_free(one); }
    void operator()(bufferevent* one) const { bufferevent_free(one); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string_view phrase_of(int code) {
    switch (code) {
        case 200: return "OK";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 413: return "Content Too Large";
        case 431: return "Request Header Fields Too Large";
        case 503: return "Service Unavailable";
        default: return "Bad Request";
    }
}

/// Descriptors to keep free for reading files.
constexpr std::size_t room_for_files = 16;

/// Whether a new descriptor, the lowest that was free, leaves too few for reading files.
bool is_last(evutil_socket_t descriptor) {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
           static_cast<rlim_t>(descriptor) + room_for_files >= limit.rlim_cur;
}

/// The head of a response. Contains no text from maps.
std::string head_of(const PageAnswer& answer) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", answer.code, phrase_of(answer.code));
    head += fmt::format("Content-Type: {}\r\n", answer.type);
    head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    if (!answer.policy.empty()) head += fmt::format("Content-Security-Policy: {}\r\n", answer.policy);
    if (!answer.listens) head += fmt::format("Content-Length: {}\r\n", answer.text.size());
    return head + "\r\n";
}

PageAnswer refused(int code, std::string_view why) {
    return {code, "text/plain; charset=utf-8", fmt::format("{}\n", why)};
}

}  // namespace

class PageServer::Loop {
public:
    Loop(Answerer answer, PageLimits limits) : answer_(std::move(answer)), limits_(limits), base_(event_base_new()) {}

    std::uint16_t listen(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        if (!base_) return 0;
        listener_.reset(evconnlistener_new_bind(
            base_.get(),
            [](evconnlistener*, evutil_socket_t one, sockaddr*, int, void* self) {
                static_cast<Loop*>(self)->accept(one);
            },
            this, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, SOMAXCONN, name,
            static_cast<int>(size)));
        if (!listener_ || ::getsockname(evconnlistener_get_fd(listener_.get()), name, &size) != 0) return 0;
        evconnlistener_set_error_cb(listener_.get(),
                                    [](evconnlistener*, void* self) { static_cast<Loop*>(self)->pause(); });
        return ntohs(address.sin_port);
    }

    void tell(std::string_view text) {
        for (Connection& one : connections_)
            if (one.listens) bufferevent_write(one.buffer.get(), text.data(), text.size());
    }

    void run(int milliseconds, std::function<void()> look) {
        look_ = std::move(look);
        const timeval every{milliseconds / 1000, milliseconds % 1000 * 1000};
        const auto stop = [](evutil_socket_t, short, void* base) {
            event_base_loopbreak(static_cast<event_base*>(base));
        };
        Owned<event> interrupt(evsignal_new(base_.get(), SIGINT, stop, base_.get())),
            terminate(evsignal_new(base_.get(), SIGTERM, stop, base_.get()));
        Owned<event> ticks(event_new(
            base_.get(), -1, EV_PERSIST, [](evutil_socket_t, short, void* self) { static_cast<Loop*>(self)->tick(); },
            this));
        event_add(interrupt.get(), nullptr);
        event_add(terminate.get(), nullptr);
        event_add(ticks.get(), &every);
        event_base_dispatch(base_.get());
    }

private:
    struct Connection {
        Loop& loop;
        Owned<bufferevent> buffer;
        Owned<event> deadline;
        bool answered = false;
        bool listens = false;
    };

    void accept(evutil_socket_t socket) {
        connections_.push_back(
            {*this, Owned<bufferevent>(bufferevent_socket_new(base_.get(), socket, BEV_OPT_CLOSE_ON_FREE)), nullptr});
        Connection& made = connections_.back();
        made.deadline.reset(event_new(
            base_.get(), -1, 0, [](evutil_socket_t, short, void* one) { close(static_cast<Connection*>(one)); },
            &made));
        if (connections_.size() >= limits_.connections || is_last(socket)) pause();
        if (!made.buffer) evutil_closesocket(socket);
        if (!made.buffer || !made.deadline) return close(&made);
        bufferevent_setcb(
            made.buffer.get(), [](bufferevent*, void* one) { read(static_cast<Connection*>(one)); },
            [](bufferevent*, void* one) { written(static_cast<Connection*>(one)); },
            [](bufferevent*, short what, void* one) { ended(static_cast<Connection*>(one), what); }, &made);
        bufferevent_setwatermark(made.buffer.get(), EV_READ, 0, limits_.request_bytes + 1);
        limit_time(made, limits_.seconds_to_ask);
        bufferevent_enable(made.buffer.get(), EV_READ | EV_WRITE);
    }

    static void limit_time(Connection& one, int seconds) {
        const timeval time{seconds, 0};
        event_add(one.deadline.get(), &time);
    }

    static void close(Connection* gone) {
        Loop& loop = gone->loop;
        loop.connections_.remove_if([&](const Connection& one) { return &one == gone; });
        loop.resume();
    }

    void pause() {
        paused_ = true;
        evconnlistener_disable(listener_.get());
        if (!std::exchange(said_, true))
            print_error(fmt::format(
                "vsm: {} connections are open, as many as there may be; others wait until some are closed\n",
                connections_.size()));
    }

    /// Accepts waiting connections again if there is room.
    void resume() {
        if (!paused_ || connections_.size() >= limits_.connections) return;
        const Descriptor lowest(::open("/", O_PATH | O_CLOEXEC));
        if (lowest.get() < 0 || is_last(lowest.get())) return;
        paused_ = false;
        evconnlistener_enable(listener_.get());
    }

    /// Resumes without a closed connection of ours, since other descriptors may have become free.
    void tick() {
        resume();
        look_();
    }

    static void read(Connection* one) {
        evbuffer* in = bufferevent_get_input(one->buffer.get());
        const std::size_t size = evbuffer_get_length(in);
        if (one->answered) return void(evbuffer_drain(in, size));
        const evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, nullptr);
        const PageLimits& limits = one->loop.limits_;
        if (end.pos < 0 && size <= limits.request_bytes) return;
        if (end.pos < 0) return one->loop.answer(*one, refused(431, "the request is too long"), false);
        const std::string head(reinterpret_cast<const char*>(evbuffer_pullup(in, end.pos + 4)),
                               static_cast<std::size_t>(end.pos + 4));
        evbuffer_drain(in, size);
        const auto request = read_request(head);
        if (const auto* bad = std::get_if<BadRequest>(&request))
            return one->loop.answer(*one, refused(bad->code, bad->why), false);
        const auto& good = std::get<HttpRequest>(request);
        one->loop.answer(*one, one->loop.answer_(good.page), good.head_only);
    }

    void answer(Connection& one, PageAnswer answer, bool head_only) {
        const auto listeners = std::count_if(connections_.begin(), connections_.end(),
                                             [](const Connection& other) { return other.listens; });
        if (answer.listens && static_cast<std::size_t>(listeners) >= limits_.listeners)
            answer = refused(503, "too many pages listen");
        one.answered = true;
        one.listens = answer.listens && !head_only;
        const std::string text = head_of(answer) + (head_only ? "" : answer.text);
        const timeval longest{limits_.seconds_to_answer, 0};
        bufferevent_set_timeouts(one.buffer.get(), nullptr, &longest);
        if (one.listens)
            event_del(one.deadline.get());
        else
            limit_time(one, limits_.seconds_to_answer);
        bufferevent_write(one.buffer.get(), text.data(), text.size());
    }

    static void written(Connection* one) {
        if (one->answered && !one->listens) close(one);
    }

    /// A client may shut down its sending side right after the request and still gets the response.
    static void ended(Connection* one, short what) {
        const bool waits =
            (what & BEV_EVENT_EOF) != 0 && (what & BEV_EVENT_ERROR) == 0 && one->answered && !one->listens;
        if (!waits) close(one);
    }

    Answerer answer_;
    PageLimits limits_;
    std::function<void()> look_;
    Owned<event_base> base_;
    Owned<evconnlistener> listener_;
    std::list<Connection> connections_;
    bool paused_ = false, said_ = false;
};

PageServer::PageServer(Answerer answer, PageLimits limits) : loop_(std::make_unique<Loop>(std::move(answer), limits)) {}
PageServer::~PageServer() = default;
std::uint16_t PageServer::listen(std::uint16_t port) { return loop_->listen(port); }
void PageServer::tell(std::string_view text) { loop_->tell(text); }
void PageServer::run(int milliseconds, std::function<void()> look) { loop_->run(milliseconds, std::move(look)); }

}  // namespace vsm::cli
