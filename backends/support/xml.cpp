#include "backends/support/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/text.h"

namespace vsm::backends {
namespace {

/// What XML 1.0 does not take, even by its number, and what nobody would see.
bool unseen(char32_t c) { return is_invisible(c) || c == 0xFFFE || c == 0xFFFF; }

void append_text(std::string& out, std::string_view text, bool attribute) {
    for (std::size_t at = 0; at < text.size();) {
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

/// Elements of HTML that have no end tag.
bool is_void(std::string_view name) {
    static constexpr std::array<std::string_view, 6> names{"meta", "br", "hr", "img", "input", "link"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Elements of SVG close themselves in HTML as they do in XML; those of HTML do not.
bool closes_itself(std::string_view name) {
    static constexpr std::array<std::string_view, 7> names{"path", "rect", "polygon", "circle", "ellipse", "line", "polyline"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string xml_number(double value) {
    VSM_CHECK(std::isfinite(value));
    std::string text = fmt::format("{:.2f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
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
            VSM_CHECK(raw->text.find("</") == std::string_view::npos && raw->text.find_first_of("&<") == std::string_view::npos);
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
