#include "cli/explanation_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostics/explanations.h"
#include "base/text.h"
#include "compiler/lint/lint.h"

namespace vsm::cli {
namespace {

std::string wrapped(std::string_view text, std::size_t width) {
    std::string lines;
    std::size_t column = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (column > 0 && column + 1 + end > width) {
            lines += '\n';
            column = 0;
        } else if (column > 0) {
            lines += ' ';
            ++column;
        }
        lines += text.substr(0, end);
        column += end;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines + "\n";
}

/// A line of a map, with invisible characters and invalid bytes as numbers; not as `\u{…}`, since maps use that as an
/// escape.
std::string shown_line(std::string_view line) {
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        const auto found = decode_utf8(line, at);
        if (!found) {
            text += fmt::format("<{:02X}>", static_cast<unsigned>(static_cast<unsigned char>(line[at])));
            ++at;
            continue;
        }
        if (is_invisible(found->character)) {
            text += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(found->character));
        } else {
            text += line.substr(at, found->length);
        }
        at += found->length;
    }
    return text;
}

std::string shown_map(std::string_view map, std::string_view indent) {
    std::string text;
    while (!map.empty()) {
        const std::size_t end = std::min(map.find('\n'), map.size());
        text += fmt::format("{}{}\n", end > 0 ? indent : "", shown_line(map.substr(0, end)));
        map.remove_prefix(std::min(end + 1, map.size()));
    }
    return text;
}

std::string found_in(const Page& page) {
    return page.flags.empty() ? "Found in:" : fmt::format("Found with `{}` in:", page.flags);
}

/// The rule's thresholds and their configuration keys.
std::string thresholds_of(const lint::Rule& rule) {
    std::string text;
    for (const lint::ThresholdInfo& row : lint::all_thresholds()) {
        if (row.rule != rule.code) continue;
        const std::string_view unit = row.kind == lint::ThresholdKind::percent ? "%"
                                      : row.kind == lint::ThresholdKind::days  ? " days"
                                      : row.kind == lint::ThresholdKind::times ? " times"
                                                                               : "";
        text += fmt::format(" Threshold `{}`, {}{} if not set: {}.", row.key, row.standard, unit, row.what);
    }
    return text;
}

std::string flags_of(const lint::Rule& rule) {
    if (!rule.as_of.empty()) return fmt::format("--as-of {}", rule.as_of);
    return info_of(rule.code).rule_class == RuleClass::process ? "--process" : "";
}

}  // namespace

Page page_of(const DiagnosticInfo& info) {
    for (const lint::Rule* rule : lint::all_rules())
        if (rule->code == info.code)
            return {info,      fmt::format("{} {}{}", rule->what, rule->why, thresholds_of(*rule)),
                    rule->bad, rule->good,
                    "vsm",     flags_of(*rule)};
    const Explanation* found = find_explanation(info.code);
    VSM_CHECK(found != nullptr);
    return {
        info, std::string(found->what), found->bad, found->good, found->target == configuration_file ? "yaml" : "vsm",
        {}};
}

std::string kind_of(const DiagnosticInfo& info) {
    if (info.rule_class == RuleClass::none) return std::string(name_of(info.severity));
    return fmt::format("{}, a rule about the {}", name_of(info.severity),
                       info.rule_class == RuleClass::map ? "map" : "process");
}

std::string as_text(const Page& page) {
    std::string text = fmt::format("{} {} ({})\n\n{}", text_of(page.info.code), page.info.name, kind_of(page.info),
                                   wrapped(page.text, 92));
    if (!page.bad.empty()) text += fmt::format("\n{}\n\n{}", found_in(page), shown_map(page.bad, "    "));
    if (!page.good.empty()) text += "\nMended:\n\n" + shown_map(page.good, "    ");
    if (page.info.rule_class != RuleClass::none)
        text += fmt::format(
            "\nTo accept it in one place, write in the block it concerns:\n\n    allow {} \"why this is right here\"\n",
            page.info.name);
    return text;
}

std::string as_markdown(const Page& page) {
    std::string text = fmt::format("### {} {}\n\n*{}*\n\n{}", text_of(page.info.code), page.info.name,
                                   kind_of(page.info), wrapped(page.text, 130));
    if (!page.bad.empty())
        text += fmt::format("\n{}\n\n```{}\n{}```\n", found_in(page), page.language, shown_map(page.bad, ""));
    if (!page.good.empty())
        text += fmt::format("\nMended:\n\n```{}\n", page.language) + shown_map(page.good, "") + "```\n";
    return text;
}

}  // namespace vsm::cli
