#include "compiler/sound_fixes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>

#include "base/diagnostics/fixes.h"

namespace vsm {
namespace {

// ---- numbers ----

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// The end of a quoted text that begins at `at`; `at` if none does. An apostrophe after a digit or letter begins none.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
    const auto closing = [&](std::initializer_list<std::string_view> marks) {
        const std::size_t line_end = std::min(text.find_first_of("\r\n", at), text.size());
        std::size_t end = std::string_view::npos;
        for (const std::string_view mark : marks) {
            const std::size_t found = text.find(mark, at + 1);
            if (found < line_end) end = std::min(end, found + mark.size());
        }
        return end == std::string_view::npos ? at : end;
    };
    if (text[at] == '"') {
        for (std::size_t end = at + 1; end < text.size() && text[end] != '\n' && text[end] != '\r';
             end += text[end] == '\\' ? 2 : 1)
            if (text[end] == '"') return end + 1;
        return at;
    }
    if (text[at] == '\'')
        return at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1])) ? at : closing({"'", "\""});
    for (const std::string_view odd : {"“", "„", "‘", "«"})
        if (text.substr(at).starts_with(odd)) return closing({"”", "“", "’", "»", "\""});
    return at;
}

/// The numbers in a text as written, with the separators between their digits.
std::vector<std::string> numbers_in(std::string_view text) {
    std::vector<std::string> numbers;
    const auto joins = [&](std::size_t at) {
        return at + 1 < text.size() && is_digit(text[at + 1]) &&
               (text[at] == ',' || text[at] == '\'' || (text[at] == '.' && at > 0 && text[at - 1] != '.'));
    };
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t end = behind_quotes(text, at); end > at) {
            at = std::min(end, text.size());
        } else if (text[at] == '#') {
            at = std::min(text.find_first_of("\r\n", at), text.size());
        } else if (is_digit(text[at])) {
            const std::size_t begin = at;
            while (at < text.size() && (is_digit(text[at]) || joins(at))) ++at;
            numbers.emplace_back(text.substr(begin, at - begin));
        } else if (is_letter(text[at]) && (at == 0 || !is_digit(text[at - 1]))) {
            while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-')) ++at;  // a name
        } else {
            ++at;
        }
    }
    return numbers;
}

std::string_view without_quotes(std::string_view text) {
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

/// `1,200`: a thousand and two hundred, or one and a fifth.
bool is_ambiguous(std::string_view number) {
    const std::size_t comma = number.find(',');
    return comma != std::string_view::npos && comma <= 3 && number.size() == comma + 4 &&
           number.find_first_not_of("0123456789", comma + 1) == std::string_view::npos;
}

std::string digits_of(const std::vector<std::string>& numbers) {
    std::string digits;
    for (const std::string_view number : numbers)
        for (const char c : number)
            if (is_digit(c)) digits += c;
    return digits;
}

// ---- trials ----

/// Number of errors by file and code.
using Errors = std::map<std::pair<std::string, Code>, std::size_t>;

std::pair<std::string, Code> key_of(const Diagnostic& one, const SourceSet& sources) {
    return {one.range.valid() ? sources[one.range.file].path() : std::string(), one.code};
}

void count_error(Errors& errors, const Diagnostic& one, const SourceSet& sources) {
    if (one.severity == Severity::error) ++errors[key_of(one, sources)];
}

/// A fix and the items that offer it: an error in a stream may be reported again for its futures.
struct Offer {
    const Fix* fix = nullptr;
    std::vector<std::size_t> items;
};

class Trials {
public:
    Trials(const MapFindings& findings, SourceReader& reader) : findings_(findings), reader_(reader) {
        for (std::size_t i = 0; i < findings_.of_compiler; ++i)
            count_error(errors_, findings_.items[i], findings_.sources);
        for (const FileId id : findings_.files) bytes_ += findings_.sources[id].text().size();
    }

    void run() {
        const std::vector<Offer> all = offers();
        std::vector<Offer> sound;
        std::deque<std::span<const Offer>> waiting{all};
        while (!waiting.empty() && may_try()) {
            const std::span<const Offer> next = waiting.front();
            waiting.pop_front();
            if (next.empty()) continue;
            std::vector<Offer> tried = sound;
            tried.insert(tried.end(), next.begin(), next.end());
            if (are_sound(tried)) {
                sound = std::move(tried);
            } else if (next.size() > 1) {
                waiting.push_front(next.subspan(next.size() / 2));
                waiting.push_front(next.first(next.size() / 2));
            }
        }
        std::set<std::size_t> kept;
        for (const Offer& offer : sound) kept.insert(offer.items.begin(), offer.items.end());
        for (std::size_t i = 0; i < findings_.items.size(); ++i)
            if (!kept.contains(i)) findings_.items[i].fix.reset();
    }

private:
    /// The fixes that keep numbers, in the order of their ranges.
    std::vector<Offer> offers() const {
        std::map<std::pair<SourceRange, std::string_view>, Offer> found;
        for (std::size_t i = 0; i < findings_.items.size(); ++i) {
            const auto& fix = findings_.items[i].fix;
            if (!fix || !keeps_numbers(findings_.sources[fix->range.file].text(), fix->range.begin, fix->range.end,
                                       fix->replacement))
                continue;
            Offer& offer = found[{fix->range, fix->replacement}];
            offer.fix = &*fix;
            offer.items.push_back(i);
        }
        std::vector<Offer> all;
        for (auto& [key, offer] : found) all.push_back(std::move(offer));
        return all;
    }

    /// Limits the compiled text to a few megabytes, so that the time grows no faster than the map.
    bool may_try() const { return tries_ < 3 || (tries_ < 256 && tries_ * bytes_ < 3'000'000); }

    bool are_sound(const std::vector<Offer>& chosen) {
        ++tries_;
        std::vector<Diagnostic> fixed;
        Errors allowed = errors_;
        for (const Offer& offer : chosen) {
            fixed.push_back(findings_.items[offer.items.front()]);
            for (const std::size_t i : offer.items)
                if (i < findings_.of_compiler && findings_.items[i].severity == Severity::error)
                    --allowed[key_of(findings_.items[i], findings_.sources)];
        }
        Workspace workspace(reader_);
        std::size_t made = 0;
        std::map<std::string, std::vector<SourceRange>> written;
        for (const FileId id : findings_.files) {
            FixedText after = apply_fixes(findings_.sources[id], fixed);
            made += after.count;
            for (const SourceRange place : after.places)
                written[findings_.sources[id].path()].push_back(without_margin(after.text, place));
            workspace.stand_in(findings_.sources[id].path(), std::move(after.text));
        }
        if (made != chosen.size()) return false;  // two of them touch
        Diagnostics found;
        workspace.compile(findings_.path, {}, found);
        Errors left;
        for (const Diagnostic& one : found.all()) {
            count_error(left, one, workspace.sources());
            if (one.severity == Severity::error && one.range.valid() &&
                touches(written[workspace.sources()[one.range.file].path()], one.range))
                return false;
        }
        return std::all_of(left.begin(), left.end(), [&](const auto& of) {
            const auto before = allowed.find(of.first);
            return before != allowed.end() && of.second <= before->second;
        });
    }

    /// The range that a fix wrote, without surrounding blanks and commas.
    static SourceRange without_margin(std::string_view text, SourceRange place) {
        const auto margin = [&](std::uint32_t at) { return text[at] == ' ' || text[at] == ',' || text[at] == '\n'; };
        while (place.begin < place.end && margin(place.begin)) ++place.begin;
        while (place.end > place.begin && margin(place.end - 1)) --place.end;
        return place;
    }

    /// Whether an error touches text that a fix wrote.
    static bool touches(const std::vector<SourceRange>& written, SourceRange error) {
        return std::any_of(written.begin(), written.end(),
                           [&](SourceRange place) { return error.begin <= place.end && place.begin <= error.end; });
    }

    const MapFindings& findings_;
    SourceReader& reader_;
    Errors errors_;
    std::size_t bytes_ = 0;
    std::size_t tries_ = 0;
};

}  // namespace

bool keeps_numbers(std::string_view text, std::size_t begin, std::size_t end, std::string_view replacement) {
    const auto joined = [&](std::size_t at) {
        return is_letter(text[at]) || is_digit(text[at]) || text[at] == '.' || text[at] == ',' || text[at] == '\'';
    };
    std::size_t from = begin, to = end;
    while (from > 0 && joined(from - 1)) --from;
    while (to < text.size() && joined(to)) ++to;
    // a number in quotes is text, unless the fix adds or removes the quotes
    const std::string_view bare = without_quotes(text.substr(begin, end - begin)),
                           bare_made = without_quotes(replacement);
    const bool quoted = bare.size() < end - begin, quoted_made = bare_made.size() < replacement.size();
    if (quoted != quoted_made && bare.find_first_of("\"'") == std::string_view::npos &&
        bare_made.find_first_of("\"'") == std::string_view::npos)
        return digits_of(numbers_in(bare)) == digits_of(numbers_in(bare_made));
    std::string after(text.substr(from, begin - from));
    after += replacement;
    after += text.substr(end, to - end);
    const std::vector<std::string> old = numbers_in(text.substr(from, to - from)), made = numbers_in(after);
    if (old == made) return true;
    const bool guessed = std::any_of(old.begin(), old.end(), [&](const std::string& number) {
        return is_ambiguous(number) && std::find(made.begin(), made.end(), number) == made.end();
    });
    if (guessed) return false;
    const std::string before_digits = digits_of(old), after_digits = digits_of(made);
    return before_digits == after_digits || "0" + before_digits == after_digits;  // `.5` may become `0.5`
}

void keep_sound_fixes(const MapFindings& findings, SourceReader& reader) {
    if (std::none_of(findings.items.begin(), findings.items.end(),
                     [](const Diagnostic& one) { return one.fix.has_value(); }))
        return;
    Trials(findings, reader).run();
}

}  // namespace vsm
