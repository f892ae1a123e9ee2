#include "ir/model.h"

#include "base/check.h"

namespace vsm::ir {

std::string_view name_of(StepKind kind) {
    switch (kind) {
        case StepKind::manual: return "manual";
        case StepKind::automated: return "automated";
        case StepKind::approval: return "approval";
        case StepKind::external: return "external";
    }
    return "";
}

std::string_view name_of(ValueClass value_class) {
    switch (value_class) {
        case ValueClass::va: return "va";
        case ValueClass::nnva: return "nnva";
        case ValueClass::nva: return "nva";
    }
    return "";
}

std::string_view name_of(Milestone milestone) {
    switch (milestone) {
        case Milestone::commit: return "commit";
        case Milestone::production: return "production";
    }
    return "";
}

std::string_view keyword_of(const Element& element) {
    struct Keyword {
        std::string_view operator()(const Step&) const { return "step"; }
        std::string_view operator()(const Wait&) const { return "wait"; }
        std::string_view operator()(const Queue&) const { return "queue"; }
        std::string_view operator()(const Stage&) const { return "stage"; }
        std::string_view operator()(const Parallel&) const { return "parallel"; }
        std::string_view operator()(const Choose&) const { return "choose"; }
        std::string_view operator()(const Branch&) const { return "branch"; }
    };
    return visit(Keyword{}, element);
}

const std::vector<ElementId>& children_of(const Element& element) {
    static const std::vector<ElementId> none;
    struct Children {
        const std::vector<ElementId>& operator()(const Step&) const { return none; }
        const std::vector<ElementId>& operator()(const Wait&) const { return none; }
        const std::vector<ElementId>& operator()(const Queue&) const { return none; }
        const std::vector<ElementId>& operator()(const Stage& stage) const { return stage.body.elements; }
        const std::vector<ElementId>& operator()(const Parallel& parallel) const { return parallel.branches; }
        const std::vector<ElementId>& operator()(const Choose& choose) const { return choose.branches; }
        const std::vector<ElementId>& operator()(const Branch& branch) const { return branch.body.elements; }
    };
    return visit(Children{}, element);
}

std::string_view text_of(Relation relation) {
    switch (relation) {
        case Relation::at_most: return "<=";
        case Relation::at_least: return ">=";
        case Relation::below: return "<";
        case Relation::above: return ">";
        case Relation::equal: return "=";
    }
    return "";
}

}  // namespace vsm::ir
