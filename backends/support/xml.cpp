#include "backends/support/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/text.h"

namespace vsm::backends {
namespace {

/// Invisible characters and those that XML 1.0 forbids even as character references.
bool unseen(char32_t c) { return is_invisible(c) || c == 0xFFFE || c == 0xFFFF; }

/// Characters that need no escaping in texts and attributes: a fast path.
bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"'; }

void append_text(std::string& out, std::string_view text, bool attribute) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = static_cast<std::size_t>(
            std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_plain) - text.begin());
        out += text.substr(at, end - at);
        at = end;
        if (at == text.size()) return;
        const auto decoded = decode_utf8(text, at);
        const std::size_t length = decoded ? decoded->length : 1;
        const char c = text[at];
        if (!decoded || unseen(decoded->character)) {
            out += printable(text.substr(at, length));
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (attribute && c == '"') {
            out += "&quot;";
        } else if (attribute && (c == '\n' || c == '\t')) {
            out += c == '\n' ? "&#10;" : "&#9;";
        } else if (c == '\r') {
            out += "&#13;";
        } else {
            out += text.substr(at, length);
        }
        at += length;
    }
}

/// HTML void elements.
bool is_void(std::string_view name) {
    static constexpr std::array<std::string_view, 6> names{"meta", "br", "hr", "img", "input", "link"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// SVG elements without content self-close in HTML, too; HTML elements do not.
bool closes_itself(std::string_view name) {
    static constexpr std::array<std::string_view, 7> names{"path",    "rect", "polygon", "circle",
                                                           "ellipse", "line", "polyline"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string xml_number(double value) {
    VSM_CHECK(std::fabs(value) < 1e15);
    const long long hundredths = std::llround(value * 100);
    const unsigned long long size = static_cast<unsigned long long>(hundredths < 0 ? -hundredths : hundredths);
    std::string text = hundredths < 0 ? "-" : "";
    text += fmt::format_int(size / 100).str();
    if (size % 100 == 0) return text;
    text += {'.', static_cast<char>('0' + size / 10 % 10)};
    if (size % 10 != 0) text += static_cast<char>('0' + size % 10);
    return text;
}

void XmlElement::write(std::string& out, bool html) const {
    out += '<';
    out += name_;
    for (const auto& [name, value] : attributes_) {
        out += ' ';
        out += name;
        out += "=\"";
        append_text(out, value, true);
        out += '"';
    }
    if (children_.empty() && (!html || closes_itself(name_))) {
        out += "/>";
        return;
    }
    out += '>';
    if (html && is_void(name_)) return;
    for (const auto& child : children_) {
        if (const auto* text = std::get_if<std::string>(&child)) {
            append_text(out, *text, false);
        } else if (const auto* raw = std::get_if<Raw>(&child)) {
            VSM_CHECK(raw->text.find("</") == std::string_view::npos &&
                      raw->text.find_first_of("&<") == std::string_view::npos);
            out += raw->text;
        } else {
            std::get_if<XmlElement>(&child)->write(out, html);
        }
    }
    out += "</";
    out += name_;
    out += '>';
}

std::string write_xml(const XmlElement& root) {
    std::string out;
    root.write(out, false);
    return out + "\n";
}

std::string write_html(const XmlElement& root) {
    std::string out = "<!DOCTYPE html>\n";
    root.write(out, true);
    return out + "\n";
}

}  // namespace vsm::backends
