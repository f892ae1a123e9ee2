// Lowers statements to drafts: one function for each kind of statement. Private to compiler/lower.
#pragma once

#include <functional>

#include "compiler/lower/property_readers.h"

namespace vsm::lower {

/// The owner of a block, while its items are lowered.
struct BlockContext {
    PropertyContext properties;
    Drafts* elements = nullptr;      ///< null: elements are not allowed here
    bool branches_only = false;      ///< for a choose
    bool wraps_in_branches = false;  ///< for a parallel: each direct element becomes a branch
    std::vector<DraftRework>* reworks = nullptr;
    DraftRemarks* remarks = nullptr;
    std::vector<ast::Goal>* goals = nullptr;
    Names<ir::TeamId>* teams = nullptr;  ///< for a stream: the teams declared in it
    std::string_view where{};            ///< `a step`, for messages
};

/// Lowers an item. `given` are the properties of its block so far; edits as in `lower_items`.
void lower_item(const ast::Item& item, BlockContext& target, GivenProperties& given,
                const std::function<void(const ast::Item&)>* edit = nullptr);

/// Lowers the items of a block. Edits, and kaizens of a future, go to `edit`; without it, edits are not allowed.
void lower_items(const ast::Block& block, BlockContext& target,
                 const std::function<void(const ast::Item&)>* edit = nullptr);

/// Lowers an element with its block. Beyond the limit of elements, returns an empty draft.
Draft lower_element(const ast::Element& element, const ast::Item& item, Scope& scope, ValueReader& values);

/// Wraps a direct element of a parallel in a branch.
Draft implicit_branch(Draft element, Scope& scope);

ir::TeamId lower_team(const ast::Team& team, Scope& scope, ValueReader& values, Names<ir::TeamId>& names,
                      ir::StreamId local_to);

DraftRework lower_rework(const ast::Rework& rework, const ast::Item& item, Scope& scope, ValueReader& values);

void report_misplaced(const ast::Item& item, std::string_view where, Diagnostics& diagnostics, std::string help = {});

ir::Kaizen lower_kaizen_head(const ast::Kaizen& kaizen, const ast::Item& item);

}  // namespace vsm::lower
