// Statements to drafts: one function a kind of statement. Private to compiler/lower.
#pragma once

#include <functional>

#include "compiler/lower/properties.h"

namespace vsm::lower {

/// What a block is the block of, while its items are lowered.
struct BlockTarget {
    PropertyTarget properties;
    Drafts* elements = nullptr;              ///< null: elements cannot stand here
    bool branches_only = false;              ///< choose
    bool each_a_branch = false;              ///< parallel
    std::vector<DraftRework>* reworks = nullptr;
    DraftRemarks* remarks = nullptr;
    std::vector<ast::Goal>* goals = nullptr;
    Names<ir::TeamId>* teams = nullptr;  ///< of a stream: teams declared in it
    std::string_view where{};            ///< `a step`, for messages
};

/// Lowers the items of a block that are not edits; `edit` is called for each edit when edits may stand here.
void lower_items(const ast::Block& block, BlockTarget& target, const std::function<void(const ast::Item&)>* edit = nullptr);

/// An element with its block. Nothing when it cannot stand in the place that `where` names (reported).
Draft lower_element(const ast::Element& element, const ast::Item& item, Scope& scope, ValueReader& values);

/// Wraps an element that stands directly in a parallel.
Draft implicit_branch(Draft element, Scope& scope);

ir::TeamId lower_team(const ast::Team& team, Scope& scope, ValueReader& values, Names<ir::TeamId>& names, ir::StreamId local_to);

DraftRework lower_rework(const ast::Rework& rework, const ast::Item& item, Scope& scope, ValueReader& values);

void report_misplaced(const ast::Item& item, std::string_view where, Diagnostics& diagnostics, std::string help = {});

ir::Kaizen lower_kaizen_head(const ast::Kaizen& kaizen, const ast::Item& item);

}  // namespace vsm::lower
