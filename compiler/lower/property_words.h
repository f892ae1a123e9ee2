// The closed lists of words that properties take. Private to compiler/lower.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "ir/properties/property_table.h"

namespace vsm::lower {

/// In the order of ir::StepKind, ir::ValueClass and ir::Milestone.
inline constexpr std::array<std::string_view, 4> step_kinds{"manual", "automated", "approval", "external"};
inline constexpr std::array<std::string_view, 3> value_classes{"va", "nnva", "nva"};
inline constexpr std::array<std::string_view, 2> milestones{"commit", "production"};

/// The words of a kind that takes one of a list; empty for any other kind.
inline std::span<const std::string_view> words_of(properties::Kind kind) {
    if (kind == properties::Kind::step_kind) return step_kinds;
    if (kind == properties::Kind::value_class) return value_classes;
    if (kind == properties::Kind::milestone) return milestones;
    return {};
}

/// The capabilities of the DORA Core model (dora.dev/capabilities), in our spelling.
inline constexpr std::array<std::string_view, 34> capabilities{"ai_accessible_internal_data",
                                                               "clear_and_communicated_ai_stance",
                                                               "code_maintainability",
                                                               "continuous_delivery",
                                                               "continuous_integration",
                                                               "customer_feedback",
                                                               "database_change_management",
                                                               "deployment_automation",
                                                               "documentation_quality",
                                                               "empowering_teams_to_choose_tools",
                                                               "flexible_infrastructure",
                                                               "generative_organizational_culture",
                                                               "healthy_data_ecosystems",
                                                               "job_satisfaction",
                                                               "learning_culture",
                                                               "loosely_coupled_teams",
                                                               "monitoring_and_observability",
                                                               "monitoring_systems_to_inform_business_decisions",
                                                               "pervasive_security",
                                                               "platform_engineering",
                                                               "proactive_failure_notification",
                                                               "streamlining_change_approval",
                                                               "team_experimentation",
                                                               "test_automation",
                                                               "test_data_management",
                                                               "transformational_leadership",
                                                               "trunk_based_development",
                                                               "user_centric_focus",
                                                               "version_control",
                                                               "visibility_of_work_in_the_value_stream",
                                                               "visual_management",
                                                               "well_being",
                                                               "work_in_process_limits",
                                                               "working_in_small_batches"};

}  // namespace vsm::lower
