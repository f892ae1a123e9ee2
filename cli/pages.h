// What there is to say of a diagnostic, from whichever table it comes: for `vsm explain` and for reports that explain what they name.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.h"

namespace vsm::cli {

struct Page {
    const DiagnosticInfo& info;
    std::string text;  ///< what it means and why it matters, in sentences
    std::string_view bad, good;
    std::string_view language = "vsm";  ///< of bad and good
    std::string flags{};  ///< without which the rule says nothing of the bad map
};

Page page_of(const DiagnosticInfo& info);

/// `warning, a rule about the map`.
std::string kind_of(const DiagnosticInfo& info);

/// The page for a terminal.
std::string as_text(const Page& page);

/// The page as a section of a document.
std::string as_markdown(const Page& page);

}  // namespace vsm::cli
