#include "compiler/lower/resolve.h"

#include <algorithm>
#include <array>

#include "base/codes.h"
#include "compiler/lower/goals.h"

namespace vsm::lower {
namespace {

/// Names that mean something of their own where an element's name can stand.
struct ReservedName {
    std::string_view name;
    std::string_view meaning;
};
constexpr std::array<ReservedName, 6> reserved{{{"start", "the beginning of a block in `after: start`"},
                                                {"none", "what unsets a property in a `change`"},
                                                {"dora", "the first part of figures such as `dora.deployment_frequency`"},
                                                {"best", "the first part of figures such as `best.lead_time`"},
                                                {"worst", "the first part of figures such as `worst.lead_time`"},
                                                {"drawn", "the first part of figures such as `drawn.lead_time`"}}};

class Resolver {
public:
    Resolver(const DraftStream& draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope)
        : draft_(draft), id_(id), local_teams_(local_teams), scope_(scope), stream_(scope.model.streams[id]) {}

    void run() {
        stream_ = draft_.stream;
        others_.incomplete = draft_.stream.damaged;
        stream_.body.elements = add_all(draft_.elements, {});
        link_body(draft_.elements, stream_.body.elements);
        place_remarks(draft_.remarks, stream_.remarks, true);
        for (const ast::Goal& goal : draft_.goals) lower_goal(goal, stream_, names_, scope_);
    }

private:
    Diagnostics& diagnostics() { return scope_.diagnostics; }

    // ---- first pass: ids ----

    std::vector<ir::ElementId> add_all(const std::vector<Draft>& drafts, ir::ElementId parent) {
        std::vector<ir::ElementId> ids;
        ids.reserve(drafts.size());
        for (const Draft& draft : drafts) ids.push_back(add(draft, parent));
        return ids;
    }

    ir::ElementId add(const Draft& draft, ir::ElementId parent) {
        const ir::ElementId id = stream_.elements.add(draft.element);
        {
            ir::Element& element = stream_.elements[id];
            element.parent = parent;
            element.label = label_of(element);
            declare_name(element, id);
            if (auto* step = std::get_if<ir::Step>(&element.what)) fill_unknown(step->timings);
        }
        by_key_[draft.key] = id;
        std::vector<ir::ElementId> children = add_all(draft.children, id);
        set_children(stream_.elements[id], std::move(children));
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
                diagnostics().report(diag::reserved_name, element.name.range, name, "an element").help(fmt::format("`{}` is {}; take another name", word.name, word.meaning));
        declare(names_, name, element.name.range, id, diagnostics());
    }

    static void set_children(ir::Element& element, std::vector<ir::ElementId> children) {
        if (auto* stage = std::get_if<ir::Stage>(&element.what)) stage->body.elements = std::move(children);
        if (auto* branch = std::get_if<ir::Branch>(&element.what)) branch->body.elements = std::move(children);
        if (auto* parallel = std::get_if<ir::Parallel>(&element.what)) parallel->branches = std::move(children);
        if (auto* choose = std::get_if<ir::Choose>(&element.what)) choose->branches = std::move(children);
    }

    /// `timings: unknown`: every time that is left out is `?`.
    void fill_unknown(ir::Timings& timings) {
        if (!stream_.timings_unknown) return;
        const int given = (timings.process ? 1 : 0) + (timings.wait ? 1 : 0) + (timings.lead ? 1 : 0);
        if (given >= 2) return;
        if (!timings.process) timings.process = ir::Time{};
        if (!timings.wait && !timings.lead) timings.wait = ir::Time{};
    }

    // ---- second pass: references ----

    void link_body(const std::vector<Draft>& drafts, const std::vector<ir::ElementId>& ids) {
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            link(drafts[i], ids[i]);
            ir::Element& element = stream_.elements[ids[i]];
            const bool branch = std::holds_alternative<ir::Branch>(element.what);
            if (branch) continue;
            if (drafts[i].after) {
                element.after_given = true;
                element.predecessors = predecessors(drafts[i], ids[i], element.predecessor_ranges);
            } else if (i > 0) {
                element.predecessors = {ids[i - 1]};
            }
        }
    }

    void link(const Draft& draft, ir::ElementId id) {
        if (auto* step = std::get_if<ir::Step>(&stream_.elements[id].what)) {
            step->teams = teams(draft.teams);
            for (const DraftRework& rework : draft.reworks) add_rework(rework, id);
        }
        place_remarks(draft.remarks, stream_.elements[id].remarks, false);
        link_body(draft.children, ir::children_of(stream_.elements[id]));
    }

    std::vector<ir::ElementId> predecessors(const Draft& draft, ir::ElementId id, std::vector<SourceRange>& ranges) {
        std::vector<ir::ElementId> found;
        for (const After& after : *draft.after) {
            if (after.start) continue;
            const ir::ElementId before = after.key ? by_key_.at(*after.key) : reference(after.name, "after", fmt::format("give `{}` another `after` in this future", stream_.elements[id].label));
            if (!before.valid()) continue;
            if (stream_.elements[before].parent != stream_.elements[id].parent || std::holds_alternative<ir::Branch>(stream_.elements[before].what)) {
                diagnostics().report(diag::after_elsewhere, after.name.range, stream_.elements[before].label, fmt::format("{} `{}`", keyword_of(draft.element), stream_.elements[id].label))
                    .label(stream_.elements[before].range, "declared here")
                    .help(after_help(before, id));
                continue;
            }
            if (std::find(found.begin(), found.end(), before) != found.end()) continue;
            found.push_back(before);
            ranges.push_back(after.name.range);
        }
        return found;
    }

    /// What to write instead of an `after` that names an element of another block.
    std::string after_help(ir::ElementId before, ir::ElementId id) const {
        for (ir::ElementId at = stream_.elements[id].parent; at.valid(); at = stream_.elements[at].parent)
            if (at == before) return fmt::format("`{}` holds it; `after: start` puts it at the beginning of its block", stream_.elements[before].label);
        for (ir::ElementId at = stream_.elements[before].parent; at.valid(); at = stream_.elements[at].parent) {
            const ir::Element& holder = stream_.elements[at];
            const bool beside = holder.parent == stream_.elements[id].parent && !std::holds_alternative<ir::Branch>(holder.what);
            if (beside && holder.name.given()) return fmt::format("`{}` is in {} `{}`: write `after: {}`", stream_.elements[before].label, keyword_of(holder), holder.label, holder.label);
        }
        return "`after` names elements of the same block, or `start` for its beginning";
    }

    /// An element by name; one that an edit took away is reported at that edit. `help` says how to do without it.
    ir::ElementId reference(const ast::Word& name, std::string_view from, std::string help) {
        const std::string key = lower_case(name.text);
        const auto gone = draft_.removed.find(key);
        if (taken_away(name)) {
            diagnostics().report(diag::lost_reference, gone->second.edit, name.text)
                .label(name.range, fmt::format("`{} {}` needs it", from == "after" ? "after:" : "rework to", name.text))
                .help(std::move(help));
            return {};
        }
        return find(names_, name, "element", diagnostics(), others_);
    }

    void add_rework(const DraftRework& draft, ir::ElementId id) {
        ir::Rework rework = draft.rework;
        if (draft.to) {
            const std::string& finder = stream_.elements[id].label;
            const ir::ElementId target = reference(*draft.to, "rework", fmt::format("`change {} {{ rework 0% to {} }}` takes the rework away; give it another target with a `rework` of its own", finder, draft.to->text));
            if (!target.valid()) return;
            rework.to = target;
        } else {
            ir::Repair repair = *std::get_if<ir::Repair>(&draft.rework.to);
            fill_unknown(repair.timings);
            repair.teams = teams(draft.teams);
            rework.to = std::move(repair);
        }
        std::get_if<ir::Step>(&stream_.elements[id].what)->reworks.push_back(std::move(rework));
    }

    std::vector<ir::TeamId> teams(const std::vector<ast::Word>& words) {
        std::vector<ir::TeamId> ids;
        for (const ast::Word& word : words) {
            const ir::TeamId id = team(word);
            if (id.valid() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
        return ids;
    }

    ir::TeamId team(const ast::Word& word) {
        if (const auto local = local_teams_.find(lower_case(word.text)); local != local_teams_.end() && local->second.name == word.text) return local->second.id;
        if (scope_.teams_declared) {
            const auto declared = scope_.teams.find(lower_case(word.text));
            if (declared != scope_.teams.end() && declared->second.name == word.text) return declared->second.id;
            Names<ir::TeamId> visible = local_teams_;
            visible.insert(scope_.teams.begin(), scope_.teams.end());
            return find(visible, word, "team", diagnostics(), {scope_.incomplete || draft_.stream.damaged, {}});
        }
        if (const auto known = scope_.teams.find(word.text); known != scope_.teams.end()) return known->second.id;
        // Free labels: kept by their own spelling.
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

    /// The element that a remark names; invalid when it names none, or one that is not there (reported).
    ir::ElementId remarked(const ast::Word& name) {
        if (!name.given()) return {};
        if (!taken_away(name)) return find(names_, name, "element", diagnostics(), others_);
        diagnostics().report(diag::unknown_name, name.range, "element", name.text).label(draft_.removed.at(lower_case(name.text)).edit, "taken away here");
        return {};
    }

    void place_remarks(const DraftRemarks& drafts, ir::Remarks& own, bool of_stream) {
        own.allows.insert(own.allows.end(), drafts.allows.begin(), drafts.allows.end());
        for (const auto& note : drafts.notes) {
            if (note.copied && taken_away(note.on)) continue;
            const ir::ElementId on = remarked(note.on);
            if (on.valid()) {
                stream_.elements[on].remarks.notes.push_back(note.remark);
            } else {
                own.notes.push_back(note.remark);
            }
        }
        for (const auto& kaizen : drafts.kaizens) {
            if (kaizen.copied && taken_away(kaizen.on)) continue;
            ir::Kaizen made = kaizen.remark;
            made.on = remarked(kaizen.on);
            // A future's edits count its kaizens in order, so those of a stream stay with it.
            if (made.on.valid() && !of_stream) {
                stream_.elements[made.on].remarks.kaizens.push_back(std::move(made));
            } else {
                own.kaizens.push_back(std::move(made));
            }
        }
    }

    const DraftStream& draft_;
    ir::StreamId id_;
    const Names<ir::TeamId>& local_teams_;
    Scope& scope_;
    ir::Stream& stream_;
    Names<ir::ElementId> names_;
    Namesakes others_;
    std::map<DraftKey, ir::ElementId> by_key_;
    std::map<std::string, int> counts_;
};

}  // namespace

void resolve(const DraftStream& draft, ir::StreamId id, const Names<ir::TeamId>& local_teams, Scope& scope) {
    Resolver(draft, id, local_teams, scope).run();
}

}  // namespace vsm::lower
