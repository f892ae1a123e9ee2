// A server on loopback for one person's browser: takes requests for pages, and tells those who listen when something
// is new. Whoever connects can be slow, silent or many and takes no more than a part of the machine. Knows neither
// maps nor what the pages say.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vsm::cli {

/// GET or HEAD, which need not be told apart.
struct PageRequest {
    std::string path;                   ///< `/events`, without a query
    std::string host;                   ///< for whom it is meant
    std::optional<std::string> origin;  ///< of the page that makes it, where it is none of ours
};

struct PageAnswer {
    int code = 200;
    std::string type;
    std::string text;
    std::string policy{};  ///< Content-Security-Policy; empty: none is sent
    bool listens = false;  ///< stays open for what tell() sends
};

/// `most` connections at a time, and no more than leave room to open files: others wait in the system's queue until
/// one is closed, which is said once on the standard error.
struct PageLimits {
    std::size_t connections = 256;
    std::size_t listeners = 64;
    int seconds_to_ask = 10;     ///< from the beginning of a connection to the end of its request
    int seconds_to_answer = 60;  ///< for the other side to take what it asked for
    std::size_t request_bytes = 16 * 1024;
};

class PageServer {
public:
    using Answerer = std::function<PageAnswer(const PageRequest&)>;

    PageServer(Answerer answer, PageLimits limits);
    PageServer(const PageServer&) = delete;
    PageServer& operator=(const PageServer&) = delete;
    ~PageServer();

    /// Listens on 127.0.0.1, at any free port for 0. Gives the port; 0 when it is taken.
    std::uint16_t listen(std::uint16_t port);

    /// Sends to all who listen.
    void tell(std::string_view text);

    /// Serves until someone interrupts it (SIGINT, SIGTERM); calls `look` about every so many milliseconds.
    void run(int milliseconds, std::function<void()> look);

private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace vsm::cli
