#include "compiler/ast/nodes.h"

namespace vsm::ast {

std::string_view keyword_of(ElementKind kind) {
    switch (kind) {
        case ElementKind::stage: return "stage";
        case ElementKind::step: return "step";
        case ElementKind::parallel: return "parallel";
        case ElementKind::choose: return "choose";
        case ElementKind::branch: return "branch";
        case ElementKind::wait: return "wait";
        case ElementKind::queue: return "queue";
    }
    return "";
}

}  // namespace vsm::ast
