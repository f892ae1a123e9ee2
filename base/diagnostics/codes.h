// The codes of all diagnostics by name: `Code::unknown_name`. For code that goes over the whole table of diagnostics,
// and for tests. What reports a diagnostic includes its kind, `diag::unknown_name`, from a header that is generated
// for each phase and each rule (cmake/VsmDiagnostics.cmake), so that few files depend on the table.
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

}  // namespace vsm
