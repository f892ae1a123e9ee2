#include "base/diagnostics/fixes.h"

#include <algorithm>
#include <set>

namespace vsm {
namespace {

constexpr int most_rounds = 3;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

std::vector<Fix> fixes_in(const SourceFile& file, std::span<const Diagnostic> diagnostics) {
    std::vector<Fix> fixes;
    for (const Diagnostic& d : diagnostics)
        if (d.fix && d.fix->range.file == file.id()) fixes.push_back(*d.fix);
    std::stable_sort(fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) { return a.range < b.range; });
    std::vector<Fix> apart;
    for (Fix& fix : fixes)
        if (apart.empty() || apart.back().range.end < fix.range.begin) apart.push_back(std::move(fix));
    return apart;
}

/// Extends a removal to the whole line if nothing else is on it.
SourceRange removed(const SourceFile& file, SourceRange range) {
    const std::string_view text = file.text();
    const std::uint32_t line = file.line_begin(file.line_of(range.begin));
    const std::size_t end = std::min(text.find('\n', range.end), text.size());
    std::string_view rest = text.substr(range.end, end - range.end);
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    const std::string_view before = text.substr(line, range.begin - line);
    if (is_blank(before) && is_blank(rest))
        return {range.file, line, static_cast<std::uint32_t>(std::min(end + 1, text.size()))};
    return range;
}

/// Number of errors in each file, without the findings of rules.
std::map<std::string, std::size_t> errors_of(const FoundFindings& found) {
    std::map<std::string, std::size_t> errors;
    for (const Diagnostic& d : found.items)
        if (d.severity == Severity::error && info_of(d.code).rule_class == RuleClass::none)
            ++errors[d.range.valid() ? found.sources[d.range.file].path() : std::string()];
    return errors;
}

bool no_more_errors(const FoundFindings& before, const FoundFindings& after) {
    const auto old = errors_of(before);
    const auto now = errors_of(after);
    return std::all_of(now.begin(), now.end(), [&](const auto& file) {
        const auto had = old.find(file.first);
        return had != old.end() && had->second >= file.second;
    });
}

class Fixing {
public:
    explicit Fixing(const FixTask& task) : task_(task), found_(task.find({})) {}

    FixOutcome run() {
        for (int round = 0; round < most_rounds; ++round)
            if (!all_at_once() && !one_by_one()) break;
        outcome_.remaining = std::move(found_);
        return std::move(outcome_);
    }

private:
    /// Applies the fixes of these diagnostics. Returns false if there are none or they would add an error.
    bool make(std::span<const Diagnostic> diagnostics) {
        Texts texts = outcome_.after, before = outcome_.before;
        std::size_t count = 0;
        for (std::uint32_t i = 0; i < found_.sources.size(); ++i) {
            const SourceFile& file = found_.sources[FileId{i}];
            if (!task_.may_change(file.path())) continue;
            FixedText fixed = apply_fixes(file, diagnostics);
            if (fixed.count == 0 || fixed.text == file.text()) continue;
            count += fixed.count;
            before.try_emplace(file.path(), file.text());
            texts[file.path()] = std::move(fixed.text);
        }
        if (count == 0) return false;
        FoundFindings after = task_.find(texts);
        if (!no_more_errors(found_, after)) return false;
        outcome_.after = std::move(texts);
        outcome_.before = std::move(before);
        outcome_.fixed += count;
        found_ = std::move(after);
        return true;
    }

    bool all_at_once() { return make(found_.items); }

    /// One of the fixes adds an error, alone or together with others. Every applied fix moves places, so each attempt
    /// starts again from the first fix that was not refused.
    bool one_by_one() {
        constexpr std::size_t most = 100;
        bool made = false;
        std::size_t refused = 0;
        for (std::size_t tries = 0; tries < most; ++tries) {
            std::size_t passed = 0;
            const auto next = std::find_if(found_.items.begin(), found_.items.end(),
                                           [&](const Diagnostic& d) { return d.fix && passed++ == refused; });
            if (next == found_.items.end()) break;
            const Diagnostic one = *next;
            if (make({&one, 1}))
                made = true;
            else
                ++refused;
        }
        return made;
    }

    const FixTask& task_;
    FoundFindings found_;
    FixOutcome outcome_;
};

}  // namespace

FixedText apply_fixes(const SourceFile& file, std::span<const Diagnostic> diagnostics) {
    FixedText made;
    std::size_t copied = 0;
    for (const Fix& fix : fixes_in(file, diagnostics)) {
        const SourceRange range = fix.replacement.empty() ? removed(file, fix.range) : fix.range;
        if (range.begin < copied) continue;
        made.text += file.text().substr(copied, range.begin - copied);
        const auto begin = static_cast<std::uint32_t>(made.text.size());
        made.text += fix.replacement;
        made.places.push_back({file.id(), begin, static_cast<std::uint32_t>(made.text.size())});
        copied = range.end;
        ++made.count;
    }
    made.text += file.text().substr(copied);
    return made;
}

FixOutcome make_fixes(const FixTask& task) { return Fixing(task).run(); }

}  // namespace vsm
