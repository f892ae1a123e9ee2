#include "compiler/lint/lint.h"

#include <algorithm>
#include <set>

#include "base/check.h"

namespace vsm::lint {

namespace rules {
#define VSM_DIAGNOSTIC(number, identifier, severity, message)
#define VSM_RULE(number, identifier, class, severity, message) extern const Rule identifier;
#include "base/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
}  // namespace rules

namespace {

constexpr const Rule* registry[] = {
#define VSM_DIAGNOSTIC(number, identifier, severity, message)
#define VSM_RULE(number, identifier, class, severity, message) &rules::identifier,
#include "base/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
};

void add_allows(std::vector<AllowPlace>& all, const std::vector<ir::Allow>& allows, Place place) {
    for (const ir::Allow& allow : allows)
        if (allow.rule) all.push_back({&allow, place});
}

std::vector<AllowPlace> allows_of(const ir::Model& model) {
    std::vector<AllowPlace> all;
    add_allows(all, model.allows, {});
    for (std::size_t s = 0; s < model.streams.size(); ++s) {
        const ir::StreamId id = model.streams.id_at(s);
        const ir::Stream& stream = model.streams[id];
        if (stream.imported) continue;
        add_allows(all, stream.remarks.allows, {id, {}});
        for (std::size_t e = 0; e < stream.elements.size(); ++e)
            add_allows(all, stream.elements[stream.elements.id_at(e)].remarks.allows, {id, stream.elements.id_at(e)});
    }
    return all;
}

/// Does an `allow` stand around a place?
bool covers(const AllowPlace& allow, const Finding& finding, const ir::Model& model) {
    if (allow.allow->rule != finding.diagnostic.code) return false;
    if (!allow.place.stream.valid()) return true;
    if (allow.place.stream != finding.place.stream) return false;
    if (!allow.place.element.valid()) return true;
    const ir::Stream& stream = model.streams[finding.place.stream];
    for (ir::ElementId at = finding.place.element; at.valid(); at = stream.elements[at].parent)
        if (at == allow.place.element) return true;
    return false;
}

/// Takes out what is allowed; gives how many, and remembers which allows were of use (by where they are written: a future copies them).
std::size_t apply_allows(std::vector<Finding>& findings, const std::vector<AllowPlace>& allows, const ir::Model& model, std::set<SourceRange>& used) {
    std::set<std::pair<SourceRange, Code>> silenced;
    std::erase_if(findings, [&](const Finding& finding) {
        bool found = false;
        for (const AllowPlace& allow : allows) {
            if (!covers(allow, finding, model)) continue;
            used.insert(allow.allow->range);
            found = true;
        }
        if (found) silenced.emplace(finding.diagnostic.range, finding.diagnostic.code);
        return found;
    });
    return silenced.size();
}

}  // namespace

const std::vector<runtime::StreamMetrics>& SharedFigures::all() {
    if (measured_) return *measured_;
    measured_ = runtime::measure(model_);
    places_.resize(model_.model().streams.size());
    for (std::size_t i = 0; i < measured_->size(); ++i) places_[(*measured_)[i].stream.index] = i;
    return *measured_;
}

const runtime::StreamMetrics& SharedFigures::of(ir::StreamId stream) {
    VSM_CHECK(!model_.stream(stream).imported);
    const std::vector<runtime::StreamMetrics>& measured = all();
    return measured[places_[stream.index]];
}

std::span<const Rule* const> all_rules() { return registry; }

std::optional<Severity> RuleSet::level_of(const Rule& rule) const {
    const DiagnosticInfo& info = info_of(rule.code);
    if (const auto found = levels.find(rule.code); found != levels.end()) return found->second;
    if (info.rule_class == RuleClass::process && !process_rules) return std::nullopt;
    return info.severity;
}

LintResult lint(const ir::CheckedModel& model, const RuleSet& rules, Diagnostics& diagnostics) {
    const std::vector<AllowPlace> allows = allows_of(model.model());
    std::set<SourceRange> used;
    LintResult result;
    std::vector<AllowPlace> unused;
    SharedFigures figures(model);
    for (const bool last : {false, true}) {
        std::vector<Finding> findings;
        Reporter reporter(findings);
        for (const Rule* rule : all_rules()) {
            if (rule->runs_last != last || !rules.level_of(*rule)) continue;
            rule->check({model, figures, rules.thresholds, rules.as_of, unused}, reporter);
        }
        result.allowed += apply_allows(findings, allows, model.model(), used);
        for (const AllowPlace& allow : allows) {
            // Whether a rule that is off would have found something is not known.
            const auto rule = std::find_if(std::begin(registry), std::end(registry), [&](const Rule* one) { return one->code == *allow.allow->rule; });
            const bool ran = rules.level_of(**rule).has_value() && !(*rule)->runs_last;
            if (!last && ran && !used.contains(allow.allow->range)) unused.push_back(allow);
        }
        for (Finding& finding : findings) {
            const auto rule = std::find_if(std::begin(registry), std::end(registry), [&](const Rule* one) { return one->code == finding.diagnostic.code; });
            finding.diagnostic.severity = *rules.level_of(**rule);
            diagnostics.add(std::move(finding.diagnostic));
        }
    }
    return result;
}

}  // namespace vsm::lint
