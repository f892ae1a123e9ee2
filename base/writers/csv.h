// Writes CSV with the quoting of RFC 4180 and line feeds as line ends. Does not read CSV.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// Writes rows field by field.
class CsvWriter {
public:
    /// User text. A field that a spreadsheet could take for a formula (it starts with = + - @, full-width ones
    /// included, a tab or a line end) is prefixed with an apostrophe; invisible characters are written as \u{…}.
    CsvWriter& text(std::string_view text);
    /// A number or a fixed word, without quoting.
    CsvWriter& plain(std::string_view word);
    CsvWriter& end_row();

    std::string finish() { return std::move(out_); }

private:
    void separate();

    std::string out_;
    bool row_begun_ = false;
};

}  // namespace vsm
