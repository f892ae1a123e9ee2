// Names the diagnostics of base/diagnostics/diagnostics.def: `Code::unknown_name`, and `diag::unknown_name` to report
// one. Include this only in .cpp files that name a diagnostic, never in a header: every includer is rebuilt when a
// message changes.
#pragma once

#include "base/diagnostics/diagnostics.h"

namespace vsm {

enum class Code : std::uint16_t {
#define VSM_DIAGNOSTIC(number, identifier, severity, message) identifier = number,
#define VSM_RULE(number, identifier, class, severity, message) identifier = number,
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
};

namespace diag {
#define VSM_DIAGNOSTIC(number, identifier, level, text)       \
    struct identifier##_kind {                                \
        static constexpr Code code = Code::identifier;        \
        static constexpr Severity severity = Severity::level; \
        static constexpr std::string_view message = text;     \
    };                                                        \
    inline constexpr identifier##_kind identifier{};
#define VSM_RULE(number, identifier, class, severity, message) VSM_DIAGNOSTIC(number, identifier, severity, message)
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
}  // namespace diag

}  // namespace vsm
