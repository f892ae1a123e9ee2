#include "compiler/lower/edits.h"

#include <algorithm>

#include "base/diagnostics/codes.h"

namespace vsm::lower {
namespace {

/// The position of an element: its siblings and its index among them.
struct Spot {
    Drafts* siblings = nullptr;
    std::size_t at = 0;
    Draft* holder = nullptr;  ///< null for the stream itself
    explicit operator bool() const { return siblings != nullptr; }
    Draft& draft() const { return (*siblings)[at].change(); }
};

bool is_container(const Draft& draft) {
    return std::holds_alternative<ir::Parallel>(draft.element->what) ||
           std::holds_alternative<ir::Choose>(draft.element->what);
}
bool is_branch(const Draft& draft) { return std::holds_alternative<ir::Branch>(draft.element->what); }
bool is_implicit(const Draft& draft) {
    const auto* branch = std::get_if<ir::Branch>(&draft.element->what);
    return branch != nullptr && branch->implicit;
}

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

/// The index of an element among its siblings, then that of each ancestor, innermost first. Empty if not found.
using Way = std::vector<std::size_t>;

template <class Is>
bool find_way(const Drafts& drafts, const Is& is, Way& way) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (!is(*drafts[i]) && !find_way(drafts[i]->children, is, way)) continue;
        way.push_back(i);
        return true;
    }
    return false;
}

/// Finds an element to change it: elements on the path to it are no longer shared. Does not build a table of all names,
/// because a future may have as many edits as the stream has elements.
template <class Is>
Spot find_spot(Drafts& drafts, const Is& is) {
    Way way;
    if (!find_way(drafts, is, way)) return {};
    Spot spot{&drafts, way.back(), nullptr};
    for (auto at = way.rbegin() + 1; at != way.rend(); ++at) {
        Draft& holder = spot.draft();
        spot = {&holder.children, *at, &holder};
    }
    return spot;
}

Spot find_key(Drafts& drafts, DraftKey key) {
    return find_spot(drafts, [&](const Draft& draft) { return draft.key == key; });
}

Spot find_name(Drafts& drafts, const std::string& name) {
    return find_spot(drafts, [&](const Draft& draft) { return draft.element->name.value == name; });
}

bool contains(const Draft& draft, DraftKey key) {
    return draft.key == key || std::any_of(draft.children.begin(), draft.children.end(),
                                           [&](const Shared<Draft>& child) { return contains(*child, key); });
}

class Editor {
public:
    Editor(DraftStream& stream, Scope& scope)
        : stream_(stream), scope_(scope), values_(scope.diagnostics, stream.stream.calendar) {}

    void run(const ast::Future& future, const std::function<void()>& made) {
        BlockTarget target{PropertyTarget{on_future, scope_, values_}};
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

    void change(const ast::Change& change) { apply_change(change, {}); }

private:
    void apply(const ast::Item& item) {
        const auto& statement = *std::get_if<ast::Statement>(&item.what);
        if (const auto* kaizen = std::get_if<ast::Kaizen>(&statement)) return apply_kaizen(*kaizen, item);
        if (const auto* change = std::get_if<ast::Change>(&statement)) return apply_change(*change, item);
        if (const auto* remove = std::get_if<ast::Remove>(&statement)) return apply_remove(*remove, item);
        if (const auto* add = std::get_if<ast::Add>(&statement)) return apply_add(*add, item);
        if (const auto* replace = std::get_if<ast::Replace>(&statement)) return apply_replace(*replace, item);
        if (const auto* move = std::get_if<ast::Move>(&statement)) return apply_move(*move, item);
    }

    void apply_kaizen(const ast::Kaizen& kaizen, const ast::Item& item) {
        if (kaizen_) return report_misplaced(item, "a kaizen", scope_.diagnostics);
        ir::Kaizen made = lower_kaizen_head(kaizen, item);
        PropertyTarget properties{on_kaizen, scope_, values_};
        properties.kaizen = &made;
        BlockTarget target{properties};
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

    void record(ir::EditKind kind, const ast::Word& element, const ast::Item& item) {
        if (stream_.stream.future) stream_.stream.future->edits.push_back({kind, element.text, kaizen_, item.range});
    }

    /// The element that an edit names. If there is none, reports it and marks the stream as damaged: the future is then
    /// unknown.
    Spot find_element(const ast::Word& name) {
        const Spot spot = look_up(name);
        if (!spot) stream_.stream.damaged = true;
        return spot;
    }

    /// Reports a misspelt name, but does not edit the element that was probably meant: errors that follow from such an
    /// edit would be reported as well.
    Spot look_up(const ast::Word& name) {
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

    void apply_change(const ast::Change& change, const ast::Item& item) {
        const Spot spot = find_element(change.element);
        if (!spot) return;
        record(ir::EditKind::change, change.element, item);
        Draft& draft = spot.draft();
        const Place place = place_of(draft);
        ir::Element& element = draft.element.change();
        auto* step = ir::change_step(element);
        BlockTarget target{PropertyTarget{place, scope_, values_, true}};
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

    static bool holds_repaired(const ast::Block& block) {
        return std::any_of(block.items.begin(), block.items.end(), [](const ast::Item& item) {
            const auto* property = std::get_if<ast::Property>(&item.what);
            return property != nullptr &&
                   (property->value.repaired || std::holds_alternative<ast::Hole>(property->value.what));
        });
    }

    static Place place_of(const Draft& draft) {
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

    /// Keeps two of the three timings: `lead` or `wait` drops the other of the two, both drop `process`; `process`
    /// keeps the time written beside it, and of two the wait, because work done faster is handed on sooner.
    static void settle_timings(ir::Timings& now, const ast::Block& block) {
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

    /// Replaces the rework with the same target; a rate of zero removes it.
    static void put_rework(Draft& draft, DraftRework rework) {
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

    // ---- removing and inserting ----

    /// Replaces an element in the `after` of its siblings with others (none: the beginning).
    static void redirect(Drafts& siblings, const Draft& gone, const std::vector<After>& instead) {
        const auto named = [&](const After& after) {
            return after.key
                       ? *after.key == gone.key
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

    static After after_key(DraftKey key, SourceRange range) { return {{"", range}, key, false}; }

    /// The predecessors of an element: its `after`, or else the element written before it.
    static std::vector<After> predecessors(const Drafts& siblings, std::size_t at) {
        const Draft& draft = *siblings[at];
        if (draft.after) return *draft.after;
        if (at == 0) return {{{}, std::nullopt, true}};
        return {after_key(siblings[at - 1]->key, draft.element->range)};
    }

    /// Removes an element; its followers then follow its predecessors. Also removes a parallel or choose that `edit`
    /// leaves without a branch.
    Draft take_out(Spot spot, SourceRange edit) {
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
        if (spot.siblings->empty() && spot.holder != nullptr &&
            (is_implicit(*spot.holder) || is_container(*spot.holder)))
            forget(take_out(find_key(stream_.elements, spot.holder->key), edit), edit);
        return gone;
    }

    void forget(const Draft& gone, SourceRange edit) {
        if (gone.element->name.given()) stream_.removed[lower_case(gone.element->name.value)] = {edit};
        for (const Shared<Draft>& child : gone.children) forget(*child, edit);
    }

    void apply_remove(const ast::Remove& remove, const ast::Item& item) {
        const Spot spot = find_element(remove.element);
        if (!spot) return;
        record(ir::EditKind::remove, remove.element, item);
        forget(take_out(spot, remove.element.range), remove.element.range);
    }

    /// Inserts an element beside another. Returns false if that is not allowed (reported).
    bool put_beside(Spot spot, ast::Side side, Draft made, SourceRange where) {
        const Draft& anchor = spot.draft();
        const bool among_branches = spot.holder != nullptr && is_container(*spot.holder);
        if (is_branch(made) && !among_branches) {
            scope_.diagnostics
                .report(
                    diag::bad_edit, where,
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

    /// Lowers the element of `add` or `replace`; nothing if it is not an element (reported).
    std::optional<Draft> lower_added(const std::vector<ast::Item>& added) {
        if (added.empty()) return std::nullopt;
        const auto* statement = std::get_if<ast::Statement>(&added.front().what);
        const auto* element = statement == nullptr ? nullptr : std::get_if<ast::Element>(statement);
        if (element == nullptr) {
            if (statement != nullptr) {
                report_misplaced(added.front(), "an edit that adds an element", scope_.diagnostics);
            } else {
                scope_.diagnostics
                    .report(diag::bad_edit, added.front().range, "a property cannot be added, only changed")
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

    void apply_add(const ast::Add& add, const ast::Item& item) {
        auto made = lower_added(add.added);
        const Spot spot = find_element(add.anchor);
        if (!spot || !made) return;
        record(ir::EditKind::add, ast::Word{made->element->name.value, made->element->name.range}, item);
        put_beside(spot, add.side, std::move(*made), add.anchor.range);
    }

    void apply_replace(const ast::Replace& replace, const ast::Item& item) {
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

    void apply_move(const ast::Move& move, const ast::Item& item) {
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
                .report(
                    diag::bad_edit, move.element.range,
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

    DraftStream& stream_;
    Scope& scope_;
    ValueReader values_;
    std::optional<std::size_t> kaizen_;
};

}  // namespace

void apply_edits(const ast::Future& future, DraftStream& stream, Scope& scope, const std::function<void()>& made) {
    Editor(stream, scope).run(future, made);
}

void apply_change(const ast::Change& change, DraftStream& stream, Scope& scope) {
    Editor(stream, scope).change(change);
}

}  // namespace vsm::lower
