#include "base/diagnostics/diagnostics.h"
#include "base/diagnostics/codes.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/check.h"
#include "base/text.h"
#include "diag/parse.h"

namespace vsm {
namespace {

constexpr std::size_t row_count = 0
#define VSM_DIAGNOSTIC(number, identifier, severity, message) +1
#define VSM_RULE(number, identifier, class, severity, message) +1
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
    ;

/// Replaces the underscores of an identifier with dashes at compile time.
template <std::size_t N>
struct Kebab {
    char text[N]{};
    constexpr explicit Kebab(const char (&identifier)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = identifier[i] == '_' ? '-' : identifier[i];
    }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

#define VSM_DIAGNOSTIC(number, identifier, severity, message) constexpr Kebab identifier##_name{#identifier};
#define VSM_RULE(number, identifier, class, severity, message) VSM_DIAGNOSTIC(number, identifier, severity, message)
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE

constexpr std::array<DiagnosticInfo, row_count> table{{
#define VSM_DIAGNOSTIC(number, identifier, severity, message) \
    {Code::identifier, #identifier, identifier##_name.view(), Severity::severity, RuleClass::none, message},
#define VSM_RULE(number, identifier, class, severity, message) \
    {Code::identifier, #identifier, identifier##_name.view(), Severity::severity, RuleClass::class, message},
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
}};

constexpr bool ascending() {
    for (std::size_t i = 1; i < table.size(); ++i)
        if (table[i - 1].code >= table[i].code) return false;
    return true;
}
static_assert(ascending(), "the rows of base/diagnostics/diagnostics.def stand in the order of their numbers");

}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "";
}

std::span<const DiagnosticInfo> all_diagnostics() { return table; }

std::string message_of(Code code, fmt::format_args args) { return fmt::vformat(info_of(code).message, args); }

const DiagnosticInfo& info_of(Code code) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const DiagnosticInfo& row) { return row.code == code; });
    VSM_CHECK(found != table.end());
    return *found;
}

std::string text_of(Code code) { return fmt::format("VSM{:04}", static_cast<unsigned>(code)); }

const DiagnosticInfo* find_diagnostic(std::string_view code_or_name) {
    const std::string wanted = lower_case(code_or_name);
    for (const DiagnosticInfo& row : table) {
        const std::string code = lower_case(text_of(row.code));
        if (wanted == row.name || wanted == code || wanted == std::string_view(code).substr(3)) return &row;
    }
    return nullptr;
}

Report& Report::label(SourceRange range, std::string text) {
    if (range.valid()) diagnostic_.labels.push_back({range, with_short_quotes(std::move(text))});
    return *this;
}

Report& Report::help(std::string text) {
    diagnostic_.help = with_short_quotes(std::move(text));
    return *this;
}

std::optional<std::string_view> Report::did_you_mean(SourceRange range, std::string_view word,
                                                     std::span<const std::string_view> candidates) {
    const auto near = nearest(word, candidates);
    if (!near) return near;
    help(fmt::format("did you mean `{}`?", *near));
    if (is_misspelling(word, *near, candidates)) fix(range, std::string(*near));
    return near;
}

Report& Report::fix(SourceRange range, std::string replacement) {
    if (replacement.size() <= longest_fix) diagnostic_.fix = Fix{range, std::move(replacement)};
    return *this;
}

Report Diagnostics::add(Diagnostic diagnostic) {
    diagnostic.message = with_short_quotes(std::move(diagnostic.message));
    if (diagnostic.severity == Severity::error && ++errors_ > most_errors)
        return Report(not_kept_ = std::move(diagnostic));
    items_.push_back(std::move(diagnostic));
    return Report(items_.back());
}

void Diagnostics::append(const Diagnostics& other) {
    for (const Diagnostic& diagnostic : other.items_) add(diagnostic);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const auto found = nearest(word, candidates);
    return found ? fmt::format("did you mean `{}`?", *found) : std::string();
}

namespace {

constexpr std::size_t alike_for_each_error = 10;

/// Counts the findings of one kind in one file; `last` is the index of the last one kept.
struct Alike {
    std::size_t count = 0;
    std::size_t last = 0;
};

}  // namespace

std::vector<Diagnostic> sorted(const Diagnostics& diagnostics, const SourceSet& sources, std::size_t limit) {
    std::vector<Diagnostic> items = diagnostics.all();
    const auto path = [&](const Diagnostic& d) -> std::string_view {
        return d.range.valid() ? std::string_view(sources[d.range.file].path()) : std::string_view();
    };
    const auto key = [&](const Diagnostic& d) {
        return std::tuple(path(d), d.range.begin, d.range.end, d.code, std::string_view(d.message));
    };
    std::stable_sort(items.begin(), items.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    items.erase(std::unique(items.begin(), items.end(),
                            [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }),
                items.end());
    std::vector<Diagnostic> kept;
    std::map<FileId, std::size_t> errors;
    std::map<std::pair<FileId, Code>, Alike> alike;
    for (Diagnostic& item : items) {
        if (item.severity == Severity::error) {
            const std::size_t count = ++errors[item.range.file];
            if (count > limit + 1) continue;
            if (count == limit + 1) {
                Diagnostics last;
                last.report(diag::too_many_errors, item.range, limit).help("fix these first, then run it again");
                item = last.all().front();
            }
        }
        if (item.severity != Severity::error) {
            Alike& others = alike[{item.range.file, item.code}];
            if (++others.count > limit * alike_for_each_error + 1) continue;
            others.last = kept.size();
        }
        kept.push_back(std::move(item));
    }
    for (const auto& [kind, others] : alike) {
        if (others.count <= limit * alike_for_each_error) continue;
        Diagnostics last;
        last.report(diag::too_many_alike, kept[others.last].range, others.count - limit * alike_for_each_error,
                    info_of(kind.second).name);
        kept[others.last] = last.all().front();
    }
    return kept;
}

}  // namespace vsm
