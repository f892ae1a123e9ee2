#include "cli/preview/http_request.h"

#include <algorithm>

#include "base/text.h"

namespace vsm::cli {
namespace {

constexpr BadRequest no_http{400, "this is no request of HTTP/1.1"};

/// Removes and returns the text before a separator, or all of it; also removes the separator.
std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + separator.size(), text.size()));
    return part;
}

std::string_view without_blanks(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t end = text.find_last_not_of(" \t") + 1;
    return text.substr(begin, end > begin ? end - begin : 0);
}

std::optional<BadRequest> read_line(std::string_view line, HttpRequest& request) {
    const std::string_view method = take_until(line, " "), target = take_until(line, " ");
    if (!line.starts_with("HTTP/1.") || !target.starts_with("/")) return no_http;
    if (method != "GET" && method != "HEAD") return BadRequest{405, "only GET and HEAD are answered"};
    request.head_only = method == "HEAD";
    request.page.path = target.substr(0, target.find('?'));
    return std::nullopt;
}

std::optional<BadRequest> read_field(std::string_view line, HttpRequest& request) {
    const std::size_t colon = line.find(':');
    const std::string name = lower_case(line.substr(0, colon));
    if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t") != std::string::npos)
        return no_http;
    const std::string_view value = without_blanks(line.substr(colon + 1));
    if (name == "host" && !request.page.host.empty()) return no_http;
    if (name == "host") request.page.host = value;
    if (name == "origin" && request.page.origin) return no_http;
    if (name == "origin") request.page.origin = value;
    if (name == "transfer-encoding" || (name == "content-length" && value != "0"))
        return BadRequest{413, "a request brings nothing along"};
    return std::nullopt;
}

}  // namespace

std::variant<HttpRequest, BadRequest> read_request(std::string_view head) {
    HttpRequest request;
    if (const auto bad = read_line(take_until(head, "\r\n"), request)) return *bad;
    while (!head.empty()) {
        const std::string_view line = take_until(head, "\r\n");
        if (line.empty()) break;
        if (const auto bad = read_field(line, request)) return *bad;
    }
    return request;
}

}  // namespace vsm::cli
