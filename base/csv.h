// Writes CSV as RFC 4180 quotes it, lines ended by a line feed. Does not read CSV.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// One row after the other, field by field.
class CsvWriter {
public:
    /// User text. What a spreadsheet would take for a formula (it begins with = + - @, full-width ones included, a tab or a line
    /// end) gets an apostrophe in front; characters that cannot be seen are written as \u{…}.
    CsvWriter& text(std::string_view text);
    /// A number or another word of ours, as it is.
    CsvWriter& plain(std::string_view word);
    CsvWriter& end_row();

    std::string finish() { return std::move(out_); }

private:
    void separate();

    std::string out_;
    bool row_begun_ = false;
};

}  // namespace vsm
