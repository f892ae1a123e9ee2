#include "base/writers/json.h"

#include <fmt/format.h>

#include <cmath>

#include "base/check.h"
#include "base/text.h"

namespace vsm {

std::string json_string(std::string_view text) {
    std::string quoted = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        if (!found) {
            quoted += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        const char32_t c = found->character;
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += static_cast<char>(c);
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (c == '\t') {
            quoted += "\\t";
        } else if (c < 0x10000 && is_invisible(c)) {
            fmt::format_to(std::back_inserter(quoted), "\\u{:04x}", static_cast<std::uint32_t>(c));
        } else if (is_invisible(c)) {
            const std::uint32_t above = static_cast<std::uint32_t>(c) - 0x10000;
            fmt::format_to(std::back_inserter(quoted), "\\u{:04x}\\u{:04x}", 0xD800 + (above >> 10),
                           0xDC00 + (above & 0x3FF));
        } else if (c == '\r') {
            quoted += "\\r";
        } else if (c == '[' && quoted.ends_with("##")) {
            // `##[` in a log is a command for GitHub's runner; the escaped string has the same value
            quoted += "\\u005b";
        } else {
            quoted.append(text.substr(at, found->length));
        }
        at += found->length;
    }
    return quoted + "\"";
}

JsonWriter& JsonWriter::open(char bracket, Layout layout) {
    separate();
    const bool on_line = !levels_.empty() && levels_.back().layout == Layout::line;
    text_ += bracket;
    levels_.push_back({bracket == '{' ? '}' : ']', on_line ? Layout::line : layout});
    return *this;
}

JsonWriter& JsonWriter::close() {
    VSM_CHECK(!levels_.empty() && !after_key_);
    const Level level = levels_.back();
    levels_.pop_back();
    if (!level.empty && level.layout == Layout::block) new_line();
    if (!level.empty && level.layout == Layout::line && level.closing == '}') text_ += ' ';
    text_ += level.closing;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    VSM_CHECK(!levels_.empty() && levels_.back().closing == '}' && !after_key_);
    separate();
    text_ += json_string(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) { return scalar(json_string(text)); }
JsonWriter& JsonWriter::value(std::int64_t number) { return scalar(fmt::format_int(number).str()); }
JsonWriter& JsonWriter::value(std::size_t number) { return scalar(fmt::format_int(number).str()); }

JsonWriter& JsonWriter::value(double number) {
    VSM_CHECK(std::isfinite(number));
    return scalar(format_number(number));
}

JsonWriter& JsonWriter::value(Ratio ratio) { return value(Decimal{ratio.parts, 11}); }

JsonWriter& JsonWriter::value(Decimal decimal) {
    std::string digits = fmt::format("{:0{}}", decimal.mantissa, decimal.scale + 1);
    if (decimal.scale > 0) {
        digits.insert(digits.size() - static_cast<std::size_t>(decimal.scale), ".");
        while (digits.back() == '0') digits.pop_back();
        if (digits.back() == '.') digits.pop_back();
    }
    return scalar(digits);
}

std::string JsonWriter::finish() {
    VSM_CHECK(levels_.empty() && !after_key_ && !text_.empty());
    text_ += '\n';
    return std::move(text_);
}

JsonWriter& JsonWriter::scalar(std::string_view text) {
    separate();
    text_ += text;
    return *this;
}

void JsonWriter::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (levels_.empty()) {
        VSM_CHECK(text_.empty());
        return;
    }
    Level& level = levels_.back();
    if (!level.empty) text_ += ',';
    if (level.layout == Layout::block)
        new_line();
    else if (!level.empty || level.closing == '}')
        text_ += ' ';
    level.empty = false;
}

void JsonWriter::new_line() {
    text_ += '\n';
    text_.append(2 * levels_.size(), ' ');
}

}  // namespace vsm
