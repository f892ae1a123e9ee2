#include "base/diagnostics/render/reports.h"

#include <algorithm>

namespace vsm {

std::vector<const Diagnostic*> by_severity(std::span<const Diagnostic> diagnostics) {
    std::vector<const Diagnostic*> ordered;
    for (const Diagnostic& diagnostic : diagnostics) ordered.push_back(&diagnostic);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Diagnostic* a, const Diagnostic* b) { return a->severity > b->severity; });
    return ordered;
}

std::string counts_of(std::span<const Diagnostic> diagnostics) {
    std::string text;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = std::count_if(diagnostics.begin(), diagnostics.end(),
                                         [&](const Diagnostic& d) { return d.severity == severity; });
        if (count > 0)
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, name_of(severity), count == 1 ? "" : "s");
    }
    return text.empty() ? "no findings" : text;
}

}  // namespace vsm
