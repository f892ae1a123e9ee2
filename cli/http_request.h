// The head of an HTTP/1.1 request as text, read. Knows no connections.
#pragma once

#include <string_view>
#include <variant>

#include "cli/page_server.h"

namespace vsm::cli {

/// Why a request is none that is answered.
struct BadRequest {
    int code;
    std::string_view why;
};

struct HttpRequest {
    PageRequest page;
    bool head_only = false;
};

/// Reads a head up to its empty line. Only GET and HEAD of a path, with nothing behind the head.
std::variant<HttpRequest, BadRequest> read_request(std::string_view head);

}  // namespace vsm::cli
