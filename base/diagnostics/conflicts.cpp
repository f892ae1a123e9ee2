#include "base/diagnostics/conflicts.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "diag/parse.h"

namespace vsm {
namespace {

/// Line numbers of the markers of a conflict, from 1.
struct Conflict {
    std::uint32_t begin = 0;   ///< `<<<<<<< HEAD`
    std::uint32_t base = 0;    ///< `||||||| 1a2b3c4`, before the text of the merge base; 0 if absent
    std::uint32_t middle = 0;  ///< `=======`
    std::uint32_t end = 0;     ///< `>>>>>>> branch`
};

/// Whether a line is a marker: seven signs, then a blank or the end of the line.
bool is_marker(std::string_view line, char sign) {
    constexpr std::size_t length = 7;
    if (line.size() < length || line.substr(0, length) != std::string(length, sign)) return false;
    return line.size() == length || line[length] == ' ' || line[length] == '\r';
}

/// The first conflict at or after a line.
std::optional<Conflict> conflict_from(const SourceFile& file, std::uint32_t line) {
    Conflict found;
    for (; line <= file.line_count(); ++line) {
        const std::string_view text = file.line_text(line);
        if (is_marker(text, '<')) found = {line};
        if (found.begin == 0) continue;
        if (is_marker(text, '|') && found.middle == 0) found.base = line;
        if (is_marker(text, '=') && found.middle == 0) found.middle = line;
        if (!is_marker(text, '>') || found.middle == 0) continue;
        found.end = line;
        return found;
    }
    return std::nullopt;
}

/// `lines 3 to 5`, `line 3`, `nothing`.
std::string lines_between(std::uint32_t before, std::uint32_t after) {
    if (after == before + 1) return "nothing";
    if (after == before + 2) return fmt::format("line {}", before + 1);
    return fmt::format("lines {} {} {}", before + 1, after == before + 3 ? "and" : "to", after - 1);
}

SourceRange range_of(const SourceFile& file, std::uint32_t line) {
    const std::uint32_t begin = file.line_begin(line);
    std::string_view text = file.line_text(line);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return {file.id(), begin, begin + static_cast<std::uint32_t>(text.size())};
}

}  // namespace

bool report_conflict(const SourceFile& file, Diagnostics& diagnostics) {
    const auto first = conflict_from(file, 1);
    if (!first) return false;
    std::size_t more = 0;
    for (auto next = conflict_from(file, first->end + 1); next; next = conflict_from(file, next->end + 1)) ++more;
    const std::string one = lines_between(first->begin, first->base != 0 ? first->base : first->middle),
                      other = lines_between(first->middle, first->end);
    std::string sides = fmt::format("one side is {}, the other {}", one, other);
    if (more > 0) sides += fmt::format("; {} more below", more);
    diagnostics.report(diag::unresolved_conflict, range_of(file, first->begin), sides)
        .label(range_of(file, first->middle), "the other side begins")
        .label(range_of(file, first->end), "and ends here")
        .help(
            "keep the correct side, or combine the two, and remove the lines that begin with `<<<<<<<`, `=======` and "
            "`>>>>>>>`");
    return true;
}

}  // namespace vsm
