#include "compiler/lint/lint.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/check.h"
#include "compiler/lint/observe.h"

namespace vsm::lint {

namespace rules {
#define VSM_DIAGNOSTIC(number, identifier, severity, message)
#define VSM_RULE(number, identifier, class, severity, message) extern const Rule identifier;
#include "base/diagnostics/diagnostics.def"
#undef VSM_DIAGNOSTIC
#undef VSM_RULE
}  // namespace rules

namespace {

constexpr const Rule* registry[] = {
#define VSM_DIAGNOSTIC(number, identifier, severity, message)
#define VSM_RULE(number, identifier, class, severity, message) &rules::identifier,
#include "base/diagnostics/diagnostics.def"
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

/// Indexes allows by rule and place, so that a finding searches only the blocks around it.
class AllowIndex {
public:
    explicit AllowIndex(const std::vector<AllowPlace>& allows) {
        for (const AllowPlace& allow : allows)
            at_[{*allow.allow->rule, allow.place.stream, allow.place.element}].push_back(allow.allow);
    }

    /// Adds the allows around a finding to `used`, by source range, because a future copies them. Returns whether there
    /// are any.
    bool covers(const Finding& finding, const ir::Model& model, std::set<SourceRange>& used) const {
        if (at_.empty()) return false;
        const Code code = finding.diagnostic.code;
        bool found = use({code, {}, {}}, used);
        const ir::StreamId stream = finding.place.stream;
        if (!stream.valid()) return found;
        found |= use({code, stream, {}}, used);
        for (ir::ElementId at = finding.place.element; at.valid(); at = model.streams[stream].elements[at].parent)
            found |= use({code, stream, at}, used);
        return found;
    }

private:
    using Key = std::tuple<Code, ir::StreamId, ir::ElementId>;

    bool use(const Key& key, std::set<SourceRange>& used) const {
        const auto found = at_.find(key);
        if (found == at_.end()) return false;
        for (const ir::Allow* allow : found->second) used.insert(allow->range);
        return true;
    }

    std::map<Key, std::vector<const ir::Allow*>> at_;
};

/// Removes allowed findings. Returns their number, those with the same range and rule counted once.
std::size_t apply_allows(std::vector<Finding>& findings, const AllowIndex& allows, const ir::Model& model,
                         std::set<SourceRange>& used) {
    std::set<std::pair<SourceRange, Code>> silenced;
    std::erase_if(findings, [&](const Finding& finding) {
        const bool allowed = allows.covers(finding, model, used);
        if (allowed) silenced.emplace(finding.diagnostic.range, finding.diagnostic.code);
        return allowed;
    });
    return silenced.size();
}

const Rule& rule_of(Code code) {
    const auto found =
        std::find_if(std::begin(registry), std::end(registry), [&](const Rule* one) { return one->code == code; });
    VSM_CHECK(found != std::end(registry));
    return **found;
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

const std::vector<runtime::JudgedTarget>& SharedFigures::targets_of(ir::StreamId stream) {
    if (const auto found = judged_.find(stream); found != judged_.end()) return found->second;
    std::vector<runtime::JudgedTarget>& judged = judged_[stream];
    if (model_.stream(stream).targets.empty()) return judged;
    return judged = runtime::judge(model_, stream, all());
}

std::span<const Rule* const> all_rules() { return registry; }

std::optional<Severity> RuleSet::level_of(const Rule& rule) const {
    const DiagnosticInfo& info = info_of(rule.code);
    if (const auto found = levels.find(rule.code); found != levels.end()) return found->second;
    if (info.rule_class == RuleClass::process && !process_rules) return std::nullopt;
    return info.severity;
}

bool RuleSet::runs(const Rule& rule) const {
    return level_of(rule).has_value() && (rule.as_of.empty() || as_of.has_value());
}

namespace {

struct Looked {
    std::vector<Finding> findings;  ///< with the severities of this run
    std::size_t allowed = 0;
};

Looked look(const ir::CheckedModel& model, const RuleSet& rules, SharedFigures& figures) {
    const std::vector<AllowPlace> allows = allows_of(model.model());
    const AllowIndex index(allows);
    std::set<SourceRange> used;
    Looked looked;
    std::vector<AllowPlace> unused;
    for (const bool last : {false, true}) {
        std::vector<Finding> findings;
        Reporter reporter(findings);
        for (const Rule* rule : all_rules())
            if (rule->runs_last == last && rules.runs(*rule))
                rule->check({model, figures, rules.thresholds, rules.as_of, unused}, reporter);
        looked.allowed += apply_allows(findings, index, model.model(), used);
        std::set<SourceRange> told;  // a future copies the allows of its stream
        for (const AllowPlace& allow : allows) {
            // For a rule that is off it is unknown whether its allows are used.
            const Rule& rule = rule_of(*allow.allow->rule);
            if (!last && rules.runs(rule) && !rule.runs_last && !used.contains(allow.allow->range) &&
                told.insert(allow.allow->range).second)
                unused.push_back(allow);
        }
        for (Finding& finding : findings) {
            finding.diagnostic.severity = *rules.level_of(rule_of(finding.diagnostic.code));
            looked.findings.push_back(std::move(finding));
        }
    }
    return looked;
}

}  // namespace

LintResult lint(const ir::CheckedModel& model, const RuleSet& rules, Diagnostics& diagnostics) {
    SharedFigures figures(model);
    Looked looked = look(model, rules, figures);
    for (Finding& finding : looked.findings) diagnostics.add(std::move(finding.diagnostic));
    return {looked.allowed};
}

std::vector<Finding> observe(const ir::CheckedModel& model, RuleSet rules, SharedFigures& figures) {
    rules.process_rules = true;
    for (const Rule* rule : all_rules())
        if (info_of(rule->code).rule_class != RuleClass::process) rules.levels[rule->code] = std::nullopt;
    return look(model, rules, figures).findings;
}

}  // namespace vsm::lint
