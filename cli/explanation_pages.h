// The explanation of a diagnostic, from any table, for `vsm explain` and for reports that include explanations.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"

namespace vsm::cli {

struct Page {
    const DiagnosticInfo& info;
    std::string text;  ///< meaning and motivation, in sentences
    std::string_view bad, good;
    std::string_view language = "vsm";  ///< language of `bad` and `good`
    std::string flags{};                ///< flags that the rule needs to report `bad`
};

Page page_of(const DiagnosticInfo& info);

/// `warning, a rule about the map`.
std::string kind_of(const DiagnosticInfo& info);

/// The page for the terminal.
std::string as_text(const Page& page);

/// The page as a section of a Markdown document.
std::string as_markdown(const Page& page);

}  // namespace vsm::cli
