// Applies edits to a draft: finds the elements that they name, changes and moves them. Does not depend on how a future
// is made from its base. Private to compiler/lower.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "compiler/lower/elements.h"

namespace vsm::lower {

/// The position of an element: its siblings and its index among them.
struct Spot {
    Drafts* siblings = nullptr;
    std::size_t at = 0;
    Draft* holder = nullptr;  ///< null for the stream itself
    explicit operator bool() const { return siblings != nullptr; }
    Draft& draft() const { return (*siblings)[at].change(); }
};

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

/// Applies edits in the order in which they are written.
class Editor {
public:
    Editor(DraftStream& stream, Scope& scope)
        : stream_(stream), scope_(scope), values_(scope.diagnostics, stream.stream.calendar) {}

    void run(const ast::Future& future, const std::function<void()>& made);

    void change(const ast::Change& change) { apply_change(change, {}); }

private:
    void apply(const ast::Item& item);
    void apply_kaizen(const ast::Kaizen& kaizen, const ast::Item& item);
    void record(ir::EditKind kind, const ast::Word& element, const ast::Item& item);

    /// The element that an edit names. If there is none, reports it and marks the stream as damaged: the future is then
    /// unknown.
    Spot find_element(const ast::Word& name);

    /// Reports a misspelt name, but does not edit the element that was probably meant: errors that follow from such an
    /// edit would be reported as well.
    Spot look_up(const ast::Word& name);

    void apply_change(const ast::Change& change, const ast::Item& item);
    static bool holds_repaired(const ast::Block& block);
    static Place place_of(const Draft& draft);

    /// Keeps two of the three timings: `lead` or `wait` drops the other of the two, both drop `process`; `process`
    /// keeps the time written beside it, and of two the wait, because work done faster is handed on sooner.
    static void settle_timings(ir::Timings& now, const ast::Block& block);

    /// Replaces the rework with the same target; a rate of zero removes it.
    static void put_rework(Draft& draft, DraftRework rework);

    // ---- removing and inserting ----

    /// Replaces an element in the `after` of its siblings with others (none: the beginning).
    static void redirect(Drafts& siblings, const Draft& gone, const std::vector<After>& instead);

    static After after_key(DraftKey key, SourceRange range) { return {{"", range}, key, false}; }

    /// The predecessors of an element: its `after`, or else the element written before it.
    static std::vector<After> predecessors(const Drafts& siblings, std::size_t at);

    /// Removes an element; its followers then follow its predecessors. Also removes a parallel or choose that `edit`
    /// leaves without a branch.
    Draft take_out(Spot spot, SourceRange edit);

    void forget(const Draft& gone, SourceRange edit);
    void apply_remove(const ast::Remove& remove, const ast::Item& item);

    /// Inserts an element beside another. Returns false if that is not allowed (reported).
    bool put_beside(Spot spot, ast::Side side, Draft made, SourceRange where);

    /// Lowers the element of `add` or `replace`; nothing if it is not an element (reported).
    std::optional<Draft> lower_added(const std::vector<ast::Item>& added);

    void apply_add(const ast::Add& add, const ast::Item& item);
    void apply_replace(const ast::Replace& replace, const ast::Item& item);
    void apply_move(const ast::Move& move, const ast::Item& item);

    DraftStream& stream_;
    Scope& scope_;
    ValueReader values_;
    std::optional<std::size_t> kaizen_;
};

}  // namespace vsm::lower
