#include "base/json.h"

#include <fmt/format.h>

#include <cmath>

#include "base/check.h"
#include "base/render.h"

namespace vsm {

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
