// Limits that every console has in some form: jobs, bytes and second passes. Does not define their numbers: each
// console has its own.
#pragma once

#include <string>
#include <string_view>

#include "backends/backend.h"
#include "backends/mock/mock_plan.h"

namespace vsm::backends::mock {

/// Reports a stream with more steps than `most`, and returns false then. Runs before the plan is made.
bool check_steps(const BackendInput& input, std::string_view target, std::size_t most, Diagnostics& diagnostics);

/// Reports a document (`the workflow`) of more bytes than `most`, and returns false then.
bool check_bytes(const BackendInput& input, std::string_view target, std::string_view document, std::size_t bytes,
                 std::size_t most, Diagnostics& diagnostics);

/// Reports a second pass that a console does not carry, and why.
void report_missing(const BackendInput& input, std::string_view target, const OmittedPass& pass, const std::string& why,
                    Diagnostics& diagnostics);

}  // namespace vsm::backends::mock
