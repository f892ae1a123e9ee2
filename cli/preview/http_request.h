// Parses the head of an HTTP/1.1 request. Does not handle connections.
#pragma once

#include <string_view>
#include <variant>

#include "cli/preview/page_server.h"

namespace vsm::cli {

/// The error response to a request that is not served.
struct BadRequest {
    int code;
    std::string_view why;
};

struct HttpRequest {
    PageRequest page;
    bool head_only = false;
};

/// Parses a head up to its empty line. Accepts only GET and HEAD of a path, without a body.
std::variant<HttpRequest, BadRequest> read_request(std::string_view head);

}  // namespace vsm::cli
