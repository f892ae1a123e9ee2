// An HTTP server on loopback for one person's browser: answers requests for pages and notifies listeners of changes.
// Limits what slow, silent or numerous clients can consume. Does not depend on maps or page contents.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vsm::cli {

/// A GET or HEAD request; the server handles the difference.
struct PageRequest {
    std::string path;                   ///< without the query: `/events`
    std::string host;                   ///< value of the Host header
    std::optional<std::string> origin;  ///< value of the Origin header, if present
};

struct PageAnswer {
    int code = 200;
    std::string type;
    std::string text;
    std::string policy{};  ///< Content-Security-Policy; empty for no header
    bool listens = false;  ///< stays open for messages from tell()
};

/// At most `connections` are open at a time, fewer if file descriptors run short. Others wait in the system's queue,
/// which is reported once on standard error.
struct PageLimits {
    std::size_t connections = 256;
    std::size_t listeners = 64;
    int seconds_to_ask = 10;     ///< from the connection to the end of the request
    int seconds_to_answer = 60;  ///< for the client to receive the response
    std::size_t request_bytes = 16 * 1024;
};

class PageServer {
public:
    using Answerer = std::function<PageAnswer(const PageRequest&)>;

    PageServer(Answerer answer, PageLimits limits);
    PageServer(const PageServer&) = delete;
    PageServer& operator=(const PageServer&) = delete;
    ~PageServer();

    /// Listens on 127.0.0.1; any free port for 0. Returns the port, or 0 on failure.
    std::uint16_t listen(std::uint16_t port);

    /// Sends to all listeners.
    void tell(std::string_view text);

    /// Serves until SIGINT or SIGTERM; calls `look` every `milliseconds`, which must be less than 1000.
    void run(int milliseconds, std::function<void()> look);

private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace vsm::cli
