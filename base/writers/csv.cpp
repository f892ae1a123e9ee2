#include "base/writers/csv.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "base/text.h"

namespace vsm {
namespace {

bool starts_formula(char32_t character) {
    return std::u32string_view(U"=+-@\t\r\n＝＋－＠").find(character) != std::u32string_view::npos;
}

/// Prefixes a possible formula with an apostrophe and escapes invisible characters.
std::string harmless(std::string_view text) {
    std::string field;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        if (!found) {
            field += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        if (at == 0 && starts_formula(found->character)) field += '\'';
        if (is_invisible(found->character))
            fmt::format_to(std::back_inserter(field), "\\u{{{:X}}}", static_cast<std::uint32_t>(found->character));
        else
            field += text.substr(at, found->length);
        at += found->length;
    }
    return field;
}

}  // namespace

CsvWriter& CsvWriter::text(std::string_view text) {
    const std::string field = harmless(text);
    separate();
    if (field.find_first_of(",\"\n\r") == std::string::npos) {
        out_ += field;
        return *this;
    }
    out_ += '"';
    for (const char c : field) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
    return *this;
}

CsvWriter& CsvWriter::plain(std::string_view word) {
    separate();
    out_ += word;
    return *this;
}

CsvWriter& CsvWriter::end_row() {
    out_ += '\n';
    row_begun_ = false;
    return *this;
}

void CsvWriter::separate() {
    if (row_begun_) out_ += ',';
    row_begun_ = true;
}

}  // namespace vsm
