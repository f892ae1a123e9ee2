#include "compiler/lower/edits.h"

#include <algorithm>

#include "compiler/lower/editor.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

/// A key as an id; 0 is invalid.
struct KeyId {
    DraftKey key = 0;
};

void collect_names(const Drafts& drafts, Names<KeyId>& names, Namesakes& others) {
    for (const Shared<Draft>& shared : drafts) {
        const Draft& draft = *shared;
        const ir::Text &name = draft.element->name, &title = draft.element->title;
        if (name.given() && !name.value.empty()) {
            names.try_emplace(lower_case(name.value), Declared<KeyId>{{draft.key}, name.range, name.value});
        } else {
            others.incomplete = others.incomplete || draft.element->damaged;
            if (title.given()) others.nameless.push_back({title.value, title.range});
        }
        collect_names(draft.children, names, others);
    }
}

Spot find_name(Drafts& drafts, const std::string& name) {
    return find_spot(drafts, [&](const Draft& draft) { return draft.element->name.value == name; });
}

}  // namespace

void Editor::run(const ast::Future& future, const std::function<void()>& made) {
    BlockContext target{PropertyContext{on_future, scope_, values_}};
    target.remarks = &stream_.remarks;
    target.goals = &stream_.goals;
    target.where = "a future";
    const std::function<void(const ast::Item&)> edit = [&](const ast::Item& item) {
        const std::size_t before = stream_.stream.future->edits.size();
        apply(item);
        if (stream_.stream.future->edits.size() > before) made();
    };
    lower_items(future.block, target, &edit);
}

void Editor::apply(const ast::Item& item) {
    const auto& statement = *item.statement();
    if (const auto* kaizen = std::get_if<ast::Kaizen>(&statement)) return apply_kaizen(*kaizen, item);
    if (const auto* change = std::get_if<ast::Change>(&statement)) return apply_change(*change, item);
    if (const auto* remove = std::get_if<ast::Remove>(&statement)) return apply_remove(*remove, item);
    if (const auto* add = std::get_if<ast::Add>(&statement)) return apply_add(*add, item);
    if (const auto* replace = std::get_if<ast::Replace>(&statement)) return apply_replace(*replace, item);
    if (const auto* move = std::get_if<ast::Move>(&statement)) return apply_move(*move, item);
}

void Editor::apply_kaizen(const ast::Kaizen& kaizen, const ast::Item& item) {
    if (kaizen_) return report_misplaced(item, "a kaizen", scope_.diagnostics);
    ir::Kaizen made = lower_kaizen_head(kaizen, item);
    PropertyContext properties{on_kaizen, scope_, values_};
    properties.kaizen = &made;
    BlockContext target{properties};
    target.where = "a kaizen";
    kaizen_ = stream_.remarks.kaizens.size();
    const std::size_t before = stream_.stream.future->edits.size();
    stream_.remarks.kaizens.push_back({made, kaizen.on.value_or(ast::Word{})});
    const std::function<void(const ast::Item&)> edit = [&](const ast::Item& inner) { apply(inner); };
    lower_items(kaizen.block, target, &edit);
    made.edits = stream_.stream.future->edits.size() - before;
    stream_.remarks.kaizens[*kaizen_].remark = std::move(made);
    kaizen_.reset();
}

void Editor::record(ir::EditKind kind, const ast::Word& element, const ast::Item& item) {
    if (stream_.stream.future) stream_.stream.future->edits.push_back({kind, element.text, kaizen_, item.range});
}

Spot Editor::find_element(const ast::Word& name) {
    const Spot spot = look_up(name);
    if (!spot) stream_.stream.damaged = true;
    return spot;
}

Spot Editor::look_up(const ast::Word& name) {
    if (!name.given()) return {};
    if (const Spot spot = find_name(stream_.elements, name.text)) return spot;
    Names<KeyId> names;
    Namesakes others{stream_.stream.damaged, {}};
    collect_names(stream_.elements, names, others);
    const std::string key = lower_case(name.text);
    if (const auto gone = stream_.removed.find(key); gone != stream_.removed.end() && !names.contains(key)) {
        scope_.diagnostics.report(diag::unknown_name, name.range, "element", name.text)
            .label(gone->second.edit, "removed here")
            .help("edits apply in the order written");
        return {};
    }
    find(names, name, "element", scope_.diagnostics, others);
    return {};
}

void Editor::apply_change(const ast::Change& change, const ast::Item& item) {
    const Spot spot = find_element(change.element);
    if (!spot) return;
    record(ir::EditKind::change, change.element, item);
    Draft& draft = spot.draft();
    const Place place = place_of(draft);
    ir::Element& element = draft.element.change();
    auto* step = ir::change_step(element);
    BlockContext target{PropertyContext{place, scope_, values_, true}};
    target.properties.draft = &draft;
    target.remarks = &draft.remarks;
    target.where = article_name(place);
    std::vector<DraftRework> reworks;
    if (step != nullptr) {
        target.properties.timings = &step->timings;
        target.properties.teams = &draft.teams;
        target.reworks = &reworks;
    }
    if (place == on_step || place == on_stage) target.properties.extras = &element.extras;
    lower_items(change.block, target);
    element.damaged = element.damaged || change.block.damaged;
    stream_.stream.damaged = stream_.stream.damaged || change.block.damaged || holds_repaired(change.block);
    if (step != nullptr) settle_timings(step->timings, change.block);
    for (DraftRework& rework : reworks) put_rework(draft, std::move(rework));
}

bool Editor::holds_repaired(const ast::Block& block) {
    return std::any_of(block.items.begin(), block.items.end(), [](const ast::Item& item) {
        const auto* property = item.property();
        return property != nullptr &&
               (property->value.repaired || std::holds_alternative<ast::Hole>(property->value.what));
    });
}

Place Editor::place_of(const Draft& draft) {
    struct PlaceOf {
        Place operator()(const ir::Step&) const { return on_step; }
        Place operator()(const ir::Wait&) const { return on_wait; }
        Place operator()(const ir::Queue&) const { return on_queue; }
        Place operator()(const ir::Stage&) const { return on_stage; }
        Place operator()(const ir::Parallel&) const { return on_parallel; }
        Place operator()(const ir::Choose&) const { return on_choose; }
        Place operator()(const ir::Branch&) const { return on_branch; }
    };
    return ir::visit(PlaceOf{}, *draft.element);
}

void Editor::settle_timings(ir::Timings& now, const ast::Block& block) {
    const auto given = [&](const std::optional<ir::Time>& time) {
        return time && time->range.file == block.range.file && time->range.begin >= block.range.begin &&
               time->range.end <= block.range.end;
    };
    const bool process = given(now.process), wait = given(now.wait), lead = given(now.lead);
    if (lead && !wait) now.wait.reset();
    if (wait && !lead) now.lead.reset();
    if (lead && wait && !process) now.process.reset();
    if (process && !wait && !lead && now.wait) now.lead.reset();
}

void Editor::put_rework(Draft& draft, DraftRework rework) {
    const auto same = [&](const DraftRework& old) {
        if (old.to.has_value() != rework.to.has_value()) return false;
        return !old.to || lower_case(old.to->text) == lower_case(rework.to->text);
    };
    const auto found = std::find_if(draft.reworks.begin(), draft.reworks.end(), same);
    const bool none = rework.rework.rate.parts == 0;
    if (found != draft.reworks.end()) {
        if (none) {
            draft.reworks.erase(found);
        } else {
            *found = std::move(rework);
        }
    } else if (!none) {
        draft.reworks.push_back(std::move(rework));
    }
}

void apply_edits(const ast::Future& future, DraftStream& stream, Scope& scope, const std::function<void()>& made) {
    Editor(stream, scope).run(future, made);
}

void apply_change(const ast::Change& change, DraftStream& stream, Scope& scope) {
    Editor(stream, scope).change(change);
}

}  // namespace vsm::lower
