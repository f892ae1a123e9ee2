#include "compiler/lower/resolve.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "compiler/lower/lower_goals.h"
#include "diag/check.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

/// Names with a meaning of their own where an element's name is allowed.
struct ReservedName {
    std::string_view name;
    std::string_view meaning;
};
constexpr std::array<ReservedName, 6> reserved{
    {{"start", "the beginning of a block in `after: start`"},
     {"none", "the word that unsets a property in a `change`"},
     {"dora", "the first part of figures such as `dora.deployment_frequency`"},
     {"best", "the first part of figures such as `best.lead_time`"},
     {"worst", "the first part of figures such as `worst.lead_time`"},
     {"drawn", "the first part of figures such as `drawn.lead_time`"}}};

/// Compares remarks of elements of one draft, by source range: the same range has the same text.
bool same(const ir::Remarks& a, const ir::Remarks& b) {
    const auto same_range = [](const auto& one, const auto& other) { return one.range == other.range; };
    const auto same_place = [&](const ir::Kaizen& one, const ir::Kaizen& other) {
        return same_range(one, other) && one.on == other.on;
    };
    return std::ranges::equal(a.notes, b.notes, same_range) && std::ranges::equal(a.allows, b.allows, same_range) &&
           std::ranges::equal(a.kaizens, b.kaizens, same_place);
}

/// Each element starts as the element that its draft was resolved to before, or as the draft's own, and is changed only
/// where this stream differs: equal elements stay shared.
class Resolver {
public:
    Resolver(DraftStream draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope, Remarked remarked)
        : draft_(std::move(draft)), local_teams_(local_teams), scope_(scope), remarked_(remarked == Remarked::yes),
          stream_(scope.model.streams[id]) {}

    void run() {
        stream_ = std::move(draft_.stream);
        others_.incomplete = stream_.damaged;
        stream_.body.elements = add_all(draft_.elements, {});
        link_body(draft_.elements, stream_.body.elements);
        if (remarked_) place_remarks(draft_.remarks, {});
        finish();
        for (const ast::Goal& goal : draft_.goals) lower_goal(goal, stream_, names_, scope_);
    }

private:
    Diagnostics& diagnostics() { return scope_.diagnostics; }

    // ---- first pass: ids ----

    template <class Some>
    std::vector<ir::ElementId> add_all(Some& drafts, ir::ElementId parent) {
        std::vector<ir::ElementId> ids;
        ids.reserve(drafts.size());
        for (auto& draft : drafts) ids.push_back(add(draft, parent));
        return ids;
    }

    /// Moves the element out of a draft that no other stream needs.
    ir::ElementId add(Shared<Draft>& draft, ir::ElementId parent) {
        if (!draft.alone()) return add(std::as_const(draft), parent);
        Draft& own = draft.change();
        const ir::ElementId id =
            add_element(own.resolved.element ? *own.resolved.element : std::move(own.element), own.key, parent);
        set_children(id, add_all(own.children, id));
        return id;
    }

    ir::ElementId add(const Shared<Draft>& draft, ir::ElementId parent) {
        const ir::ElementId id = add_element(draft->resolved.element.value_or(draft->element), draft->key, parent);
        if (remarked_ && !draft->resolved.element) first_.emplace_back(id, &draft->resolved);
        set_children(id, add_all(draft->children, id));
        return id;
    }

    ir::ElementId add_element(Shared<ir::Element> element, DraftKey key, ir::ElementId parent) {
        const ir::ElementId id{static_cast<std::uint32_t>(elements_.size())};
        if (element->parent != parent) element.change().parent = parent;
        std::string label = label_of(*element);
        if (element->label != label) element.change().label = std::move(label);
        declare_name(*element, id);
        by_key_[key] = id;
        elements_.push_back(std::move(element));
        return id;
    }
    std::string label_of(const ir::Element& element) {
        if (element.name.given() && !element.name.value.empty()) return element.name.value;
        const std::string keyword(keyword_of(element));
        return fmt::format("@{}-{}", keyword, ++counts_[keyword]);
    }

    void declare_name(const ir::Element& element, ir::ElementId id) {
        const std::string& name = element.name.value;
        if (name.empty()) {
            others_.incomplete = others_.incomplete || element.damaged;
            if (element.title.given()) others_.nameless.push_back({element.title.value, element.title.range});
            return;
        }
        for (const ReservedName& word : reserved)
            if (lower_case(name) == word.name)
                diagnostics()
                    .report(diag::reserved_name, element.name.range, name, "an element")
                    .help(fmt::format("`{}` is {}; choose another name", word.name, word.meaning));
        declare(names_, name, element.name.range, id, diagnostics());
    }

    void set_children(ir::ElementId id, std::vector<ir::ElementId> children) {
        if (children_of(*elements_[id.index]) == children) return;
        ir::Element& element = elements_[id.index].change();
        if (auto* stage = std::get_if<ir::Stage>(&element.what)) stage->body.elements = std::move(children);
        if (auto* branch = std::get_if<ir::Branch>(&element.what)) branch->body.elements = std::move(children);
        if (auto* parallel = std::get_if<ir::Parallel>(&element.what)) parallel->branches = std::move(children);
        if (auto* choose = std::get_if<ir::Choose>(&element.what)) choose->branches = std::move(children);
    }

    /// Whether times are missing that `timings: unknown` sets to `?`.
    bool lacks_times(const ir::Timings& timings) const {
        const int given = (timings.process ? 1 : 0) + (timings.wait ? 1 : 0) + (timings.lead ? 1 : 0);
        return stream_.timings_unknown && given < 2;
    }

    void fill_unknown(ir::Timings& timings) const {
        if (!lacks_times(timings)) return;
        if (!timings.process) timings.process = ir::Time{};
        if (!timings.wait && !timings.lead) timings.wait = ir::Time{};
    }

    // ---- second pass: references ----

    void link_body(const Drafts& drafts, const std::vector<ir::ElementId>& ids) {
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            link(*drafts[i], ids[i]);
            if (std::holds_alternative<ir::Branch>(at(ids[i]).what)) continue;
            std::vector<ir::ElementId> before;
            std::vector<SourceRange> ranges;
            if (drafts[i]->after) {
                before = predecessors(*drafts[i], ids[i], ranges);
            } else if (i > 0) {
                before = {ids[i - 1]};
            }
            set_predecessors(ids[i], drafts[i]->after.has_value(), std::move(before), std::move(ranges));
        }
    }

    void set_predecessors(ir::ElementId id, bool given, std::vector<ir::ElementId> before,
                          std::vector<SourceRange> ranges) {
        const ir::Element& now = at(id);
        if (now.after_given == given && now.predecessors == before && now.predecessor_ranges == ranges) return;
        ir::Element& element = elements_[id.index].change();
        element.after_given = given;
        element.predecessors = std::move(before);
        element.predecessor_ranges = std::move(ranges);
    }

    void link(const Draft& draft, ir::ElementId id) {
        if (ir::is_step(at(id))) link_step(draft, id);
        if (remarked_) place_remarks(draft.remarks, id);
        link_body(draft.children, ir::children_of(at(id)));
    }

    void link_step(const Draft& draft, ir::ElementId id) {
        const auto step = [&]() -> const ir::Step& { return *ir::step_of(at(id)); };
        const auto change = [&]() -> ir::Step& { return *ir::change_step(elements_[id.index].change()); };
        if (lacks_times(step().timings)) fill_unknown(change().timings);
        std::vector<ir::TeamId> own = teams(draft.teams);
        if (step().teams != own) change().teams = std::move(own);
        std::vector<LinkedRework> linked;
        for (const DraftRework& rework : draft.reworks)
            if (const auto one = link_rework(rework, id)) linked.push_back(*one);
        if (same(step().reworks, linked)) return;
        std::vector<ir::Rework>& reworks = change().reworks;
        reworks.clear();
        reworks.reserve(linked.size());
        for (LinkedRework& one : linked) reworks.push_back(made_of(std::move(one)));
    }

    std::vector<ir::ElementId> predecessors(const Draft& draft, ir::ElementId id, std::vector<SourceRange>& ranges) {
        std::vector<ir::ElementId> found;
        std::set<ir::ElementId> seen;
        const auto help = [&] { return fmt::format("give `{}` another `after` in this future", at(id).label); };
        for (const After& after : *draft.after) {
            if (after.start) continue;
            const ir::ElementId before =
                after.key ? by_key_.at(*after.key) : reference(after.name, "after", help, at(id).name.value);
            if (!before.valid()) continue;
            if (at(before).parent != at(id).parent || std::holds_alternative<ir::Branch>(at(before).what)) {
                diagnostics()
                    .report(diag::after_elsewhere, after.name.range, at(before).label,
                            fmt::format("{} `{}`", keyword_of(at(id)), at(id).label))
                    .label(at(before).range, "declared here")
                    .help(after_help(before, id));
                continue;
            }
            if (!seen.insert(before).second) continue;
            found.push_back(before);
            ranges.push_back(after.name.range);
        }
        return found;
    }

    /// What to write instead of an `after` that names an element of another block.
    std::string after_help(ir::ElementId before, ir::ElementId id) const {
        for (ir::ElementId out = at(id).parent; out.valid(); out = at(out).parent)
            if (out == before)
                return fmt::format("`{}` contains it; `after: start` puts it at the beginning of its block",
                                   at(before).label);
        for (ir::ElementId out = at(before).parent; out.valid(); out = at(out).parent) {
            const ir::Element& holder = at(out);
            const bool beside = holder.parent == at(id).parent && !std::holds_alternative<ir::Branch>(holder.what);
            if (beside && holder.name.given())
                return fmt::format("`{}` is in {} `{}`: write `after: {}`", at(before).label, keyword_of(holder),
                                   holder.label, holder.label);
        }
        return "`after` names elements of the same block, or `start` for its beginning";
    }

    /// Finds an element by name; one that an edit removed is reported at that edit. `help` suggests how to do without
    /// it. An unknown name is never taken for `itself`.
    template <class Help>
    ir::ElementId reference(const ast::Word& name, std::string_view from, const Help& help,
                            std::string_view itself = {}) {
        const std::string key = lower_case(name.text);
        const auto gone = draft_.removed.find(key);
        if (taken_away(name)) {
            diagnostics()
                .report(diag::lost_reference, gone->second.edit, name.text)
                .label(name.range, fmt::format("`{} {}` needs it", from == "after" ? "after:" : "rework to", name.text))
                .help(help());
            return {};
        }
        return find(names_, name, "element", diagnostics(), others_, itself);
    }

    /// A rework with its names resolved.
    struct LinkedRework {
        const DraftRework* draft;
        ir::ElementId to;  ///< invalid for a repair on the spot
        std::vector<ir::TeamId> teams;
    };

    std::optional<LinkedRework> link_rework(const DraftRework& draft, ir::ElementId id) {
        if (!draft.to) return LinkedRework{&draft, {}, teams(draft.teams)};
        const ir::ElementId target = reference(*draft.to, "rework", [&] {
            return fmt::format(
                "`change {} {{ rework 0% to {} }}` removes the rework; add another `rework` to send it elsewhere",
                at(id).label, draft.to->text);
        });
        if (!target.valid()) return std::nullopt;
        return LinkedRework{&draft, target, {}};
    }

    /// Reworks of one draft differ only in what their names refer to.
    static bool same(const std::vector<ir::Rework>& reworks, const std::vector<LinkedRework>& linked) {
        return std::equal(reworks.begin(), reworks.end(), linked.begin(), linked.end(),
                          [](const ir::Rework& one, const LinkedRework& other) {
                              const auto* repair = std::get_if<ir::Repair>(&one.to);
                              return one.range == other.draft->rework.range &&
                                     (repair != nullptr ? !other.to.valid() && repair->teams == other.teams
                                                        : *std::get_if<ir::ElementId>(&one.to) == other.to);
                          });
    }

    ir::Rework made_of(LinkedRework linked) const {
        ir::Rework rework = linked.draft->rework;
        if (linked.to.valid()) {
            rework.to = linked.to;
        } else {
            auto& repair = *std::get_if<ir::Repair>(&rework.to);
            fill_unknown(repair.timings);
            repair.teams = std::move(linked.teams);
        }
        return rework;
    }

    std::vector<ir::TeamId> teams(const std::vector<ast::Word>& words) {
        std::vector<ir::TeamId> ids;
        std::set<ir::TeamId> seen;
        for (const ast::Word& word : words) {
            const ir::TeamId id = team(word);
            if (id.valid() && (words.size() == 1 || seen.insert(id).second)) ids.push_back(id);
        }
        return ids;
    }

    ir::TeamId team(const ast::Word& word) {
        if (const auto local = local_teams_.find(lower_case(word.text));
            local != local_teams_.end() && local->second.name == word.text)
            return local->second.id;
        if (scope_.teams_declared) {
            const auto declared = scope_.teams.find(lower_case(word.text));
            if (declared != scope_.teams.end() && declared->second.name == word.text) return declared->second.id;
            Names<ir::TeamId> visible = local_teams_;
            visible.insert(scope_.teams.begin(), scope_.teams.end());
            return find(visible, word, "team", diagnostics(), {scope_.incomplete || stream_.damaged, {}});
        }
        if (const auto known = scope_.teams.find(word.text); known != scope_.teams.end()) return known->second.id;
        // Free labels keep their own spelling.
        ir::Team label;
        label.name = {word.text, word.range};
        label.imported = scope_.imported;
        const ir::TeamId id = scope_.model.teams.add(std::move(label));
        scope_.teams.emplace(word.text, Declared<ir::TeamId>{id, word.range, word.text});
        return id;
    }

    bool taken_away(const ast::Word& name) const {
        const std::string key = lower_case(name.text);
        return draft_.removed.contains(key) && !names_.contains(key);
    }

    /// The element that a remark names; invalid if it names none, or an unknown one (reported).
    ir::ElementId remarked(const ast::Word& name) {
        if (!name.given()) return {};
        if (!taken_away(name)) return find(names_, name, "element", diagnostics(), others_);
        diagnostics()
            .report(diag::unknown_name, name.range, "element", name.text)
            .label(draft_.removed.at(lower_case(name.text)).edit, "removed here");
        return {};
    }

    /// Places the remarks of an element, or of the stream.
    void place_remarks(const DraftRemarks& drafts, ir::ElementId id) {
        const auto own = [&]() -> ir::Remarks& { return id.valid() ? remarks_[id] : stream_.remarks; };
        if (!drafts.allows.empty()) own().allows.insert(own().allows.end(), drafts.allows.begin(), drafts.allows.end());
        for (const auto& note : drafts.notes) {
            if (is_taken_over(note.remark.range) && taken_away(note.on)) continue;
            const ir::ElementId on = remarked(note.on);
            (on.valid() ? remarks_[on] : own()).notes.push_back(note.remark);
        }
        for (const auto& kaizen : drafts.kaizens) {
            if (is_taken_over(kaizen.remark.range) && taken_away(kaizen.on)) continue;
            ir::Kaizen made = kaizen.remark;
            made.on = remarked(kaizen.on);
            // A future's edits refer to its kaizens by index, so those of a stream stay with it.
            (made.on.valid() && id.valid() ? remarks_[made.on] : own()).kaizens.push_back(std::move(made));
        }
    }

    /// Whether a remark comes from the base of a future, which drops the remark with the element that it names.
    bool is_taken_over(SourceRange range) const {
        const SourceRange block = stream_.block_range;
        return stream_.future && (range.file != block.file || range.begin < block.begin || range.end > block.end);
    }

    /// Moves the elements into the stream, with their remarks.
    void finish() {
        for (auto& [id, remarks] : remarks_)
            if (!vsm::lower::same(at(id).remarks, remarks)) elements_[id.index].change().remarks = std::move(remarks);
        for (std::uint32_t i = 0; remarked_ && i < elements_.size(); ++i)
            if (has_remarks(at({i}).remarks) && !remarks_.contains({i})) elements_[i].change().remarks = {};
        for (const auto& [id, first] : first_) first->element = elements_[id.index];
        stream_.elements.reserve(elements_.size());
        for (Shared<ir::Element>& element : elements_) stream_.elements.add(std::move(element));
    }

    static bool has_remarks(const ir::Remarks& remarks) {
        return !remarks.notes.empty() || !remarks.allows.empty() || !remarks.kaizens.empty();
    }

    const ir::Element& at(ir::ElementId id) const { return *elements_[id.index]; }

    DraftStream draft_;
    const Names<ir::TeamId>& local_teams_;
    Scope& scope_;
    bool remarked_;
    ir::Stream& stream_;
    std::vector<Shared<ir::Element>> elements_;               ///< by id
    std::vector<std::pair<ir::ElementId, Resolved*>> first_;  ///< drafts that were not resolved before
    std::map<ir::ElementId, ir::Remarks> remarks_;
    Names<ir::ElementId> names_;
    Namesakes others_;
    std::map<DraftKey, ir::ElementId> by_key_;
    std::map<std::string, int> counts_;
};

}  // namespace

void resolve(DraftStream draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope,
             Remarked remarked) {
    Resolver(std::move(draft), id, local_teams, scope, remarked).run();
}

}  // namespace vsm::lower
