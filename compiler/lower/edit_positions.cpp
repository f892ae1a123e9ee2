// Edits that remove, add, replace and move elements, and what then follows what.
#include <algorithm>

#include "compiler/lower/editor.h"
#include "diag/check.h"

namespace vsm::lower {
namespace {

bool is_container(const Draft& draft) {
    return std::holds_alternative<ir::Parallel>(draft.element->what) ||
           std::holds_alternative<ir::Choose>(draft.element->what);
}
bool is_branch(const Draft& draft) { return std::holds_alternative<ir::Branch>(draft.element->what); }
bool is_implicit(const Draft& draft) {
    const auto* branch = std::get_if<ir::Branch>(&draft.element->what);
    return branch != nullptr && branch->implicit;
}

Spot find_key(Drafts& drafts, DraftKey key) {
    return find_spot(drafts, [&](const Draft& draft) { return draft.key == key; });
}

bool contains(const Draft& draft, DraftKey key) {
    return draft.key == key || std::any_of(draft.children.begin(), draft.children.end(),
                                           [&](const Shared<Draft>& child) { return contains(*child, key); });
}

}  // namespace

void Editor::redirect(Drafts& siblings, const Draft& gone, const std::vector<After>& instead) {
    const auto named = [&](const After& after) {
        return after.key ? *after.key == gone.key
                         : !after.start && gone.element->name.given() && after.name.text == gone.element->name.value;
    };
    for (Shared<Draft>& shared : siblings) {
        if (!shared->after || std::none_of(shared->after->begin(), shared->after->end(), named)) continue;
        std::vector<After> kept;
        for (const After& after : *shared->after) {
            if (named(after)) {
                kept.insert(kept.end(), instead.begin(), instead.end());
            } else {
                kept.push_back(after);
            }
        }
        // `start` beside a real predecessor is redundant.
        if (kept.size() > 1) std::erase_if(kept, [](const After& after) { return after.start; });
        if (kept.empty()) kept.push_back({{}, std::nullopt, true});
        shared.change().after = std::move(kept);
    }
}

std::vector<After> Editor::predecessors(const Drafts& siblings, std::size_t at) {
    const Draft& draft = *siblings[at];
    if (draft.after) return *draft.after;
    if (at == 0) return {{{}, std::nullopt, true}};
    return {after_key(siblings[at - 1]->key, draft.element->range)};
}

Draft Editor::take_out(Spot spot, SourceRange edit) {
    Draft gone = std::move(spot.draft());
    const bool flow = spot.holder == nullptr || !is_container(*spot.holder);
    if (flow) {
        Draft left;
        left.key = gone.key;
        left.after = gone.after;
        (*spot.siblings)[spot.at] = std::move(left);
        const std::vector<After> before = predecessors(*spot.siblings, spot.at);
        if (spot.at + 1 < spot.siblings->size()) {
            Shared<Draft>& next = (*spot.siblings)[spot.at + 1];
            if (!next->after && gone.after) next.change().after = before;
        }
        redirect(*spot.siblings, gone, before);
    }
    spot.siblings->erase(spot.siblings->begin() + static_cast<std::ptrdiff_t>(spot.at));
    if (spot.siblings->empty() && spot.holder != nullptr && (is_implicit(*spot.holder) || is_container(*spot.holder)))
        forget(take_out(find_key(stream_.elements, spot.holder->key), edit), edit);
    return gone;
}

void Editor::forget(const Draft& gone, SourceRange edit) {
    if (gone.element->name.given()) stream_.removed[lower_case(gone.element->name.value)] = {edit};
    for (const Shared<Draft>& child : gone.children) forget(*child, edit);
}

void Editor::apply_remove(const ast::Remove& remove, const ast::Item& item) {
    const Spot spot = find_element(remove.element);
    if (!spot) return;
    record(ir::EditKind::remove, remove.element, item);
    forget(take_out(spot, remove.element.range), remove.element.range);
}

bool Editor::put_beside(Spot spot, ast::Side side, Draft made, SourceRange where) {
    const Draft& anchor = spot.draft();
    const bool among_branches = spot.holder != nullptr && is_container(*spot.holder);
    if (is_branch(made) && !among_branches) {
        scope_.diagnostics
            .report(diag::bad_edit, where,
                    fmt::format("a branch cannot be next to `{}`, which is not a branch", anchor.element->name.value))
            .help("name a branch of the same `parallel` or `choose`");
        return false;
    }
    if (among_branches && !is_branch(made)) {
        if (std::holds_alternative<ir::Choose>(spot.holder->element->what)) {
            scope_.diagnostics
                .report(diag::bad_edit, where,
                        fmt::format("only a branch can be next to the branch `{}`", anchor.element->name.value))
                .help("write `add after NAME branch 10% { … }`");
            return false;
        }
        made = implicit_branch(std::move(made), scope_);
    }
    if (side == ast::Side::after) {
        if (!among_branches) {
            made.after.reset();
            redirect(*spot.siblings, anchor, {after_key(made.key, made.element->range)});
        }
        spot.siblings->insert(spot.siblings->begin() + static_cast<std::ptrdiff_t>(spot.at) + 1, std::move(made));
    } else {
        if (!among_branches) {
            made.after = anchor.after;
            if (anchor.after) spot.draft().after = std::vector<After>{after_key(made.key, made.element->range)};
        }
        spot.siblings->insert(spot.siblings->begin() + static_cast<std::ptrdiff_t>(spot.at), std::move(made));
    }
    return true;
}

std::optional<Draft> Editor::lower_added(const std::vector<ast::Item>& added) {
    if (added.empty()) return std::nullopt;
    const auto* statement = added.front().statement();
    const auto* element = statement == nullptr ? nullptr : std::get_if<ast::Element>(statement);
    if (element == nullptr) {
        if (statement != nullptr) {
            report_misplaced(added.front(), "an edit that adds an element", scope_.diagnostics);
        } else {
            scope_.diagnostics.report(diag::bad_edit, added.front().range, "a property cannot be added, only changed")
                .help("write `change NAME { … }`");
        }
        return std::nullopt;
    }
    Draft made = lower_element(*element, added.front(), scope_, values_);
    if (made.after) {
        scope_.diagnostics.report(diag::bad_edit, made.after_range, "the edit already gives the position")
            .help("remove `after`");
        made.after.reset();
    }
    return made;
}

void Editor::apply_add(const ast::Add& add, const ast::Item& item) {
    auto made = lower_added(add.added);
    const Spot spot = find_element(add.anchor);
    if (!spot || !made) return;
    record(ir::EditKind::add, ast::Word{made->element->name.value, made->element->name.range}, item);
    put_beside(spot, add.side, std::move(*made), add.anchor.range);
}

void Editor::apply_replace(const ast::Replace& replace, const ast::Item& item) {
    auto made = lower_added(replace.added);
    const Spot spot = find_element(replace.element);
    if (!spot || !made) return;
    Draft& old = spot.draft();
    if (is_branch(old) != is_branch(*made)) {
        scope_.diagnostics
            .report(diag::bad_edit, replace.element.range,
                    fmt::format("`{}` and what replaces it are not both branches", old.element->name.value))
            .help("replace a branch with a branch, and any other element with an element");
        return;
    }
    record(ir::EditKind::replace, replace.element, item);
    made->after = old.after;
    forget(old, replace.element.range);
    redirect(*spot.siblings, old, {after_key(made->key, made->element->range)});
    spot.draft() = std::move(*made);
}

void Editor::apply_move(const ast::Move& move, const ast::Item& item) {
    const Spot from = find_element(move.element);
    const Spot to = find_element(move.anchor);
    if (!from || !to) return;
    if (contains(from.draft(), to.draft().key)) {
        scope_.diagnostics
            .report(diag::bad_edit, move.anchor.range,
                    fmt::format("`{}` cannot be moved next to {}", from.draft().element->name.value,
                                from.draft().key == to.draft().key ? "itself" : "an element inside it"))
            .help("name the element that it should follow or precede");
        return;
    }
    record(ir::EditKind::move, move.element, item);
    const DraftKey anchor = to.draft().key;
    const bool last_inside = contains(to.draft(), from.draft().key) && to.draft().children.size() == 1;
    if (last_inside && (is_container(to.draft()) || is_implicit(to.draft()))) {
        scope_.diagnostics
            .report(diag::bad_edit, move.element.range,
                    fmt::format("without `{}`, `{}` is empty and has no position", move.element.text, move.anchor.text))
            .help(fmt::format("write `replace {} with …`", move.anchor.text));
        return;
    }
    Draft moved = take_out(from, move.element.range);
    moved.after.reset();
    const Spot place = find_key(stream_.elements, anchor);
    VSM_CHECK(place);
    put_beside(place, move.side, std::move(moved), move.element.range);
}

}  // namespace vsm::lower
