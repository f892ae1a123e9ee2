#include "compiler/lint/traverse.h"

namespace vsm::lint {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
    return text;
}

std::string teams_called(const ir::Model& model, const std::vector<ir::TeamId>& teams) {
    std::vector<std::string> names;
    for (const ir::TeamId team : teams) names.push_back(model.teams[team].name.value);
    return (names.size() == 1 ? "team " : "teams ") + listed(names);
}

bool is_pause(const ir::Element& element) {
    return std::holds_alternative<ir::Wait>(element.what) || std::holds_alternative<ir::Queue>(element.what);
}

std::vector<ir::ElementId> first_inside(const ir::Stream& stream, ir::ElementId element) {
    const auto* stage = std::get_if<ir::Stage>(&stream.elements[element].what);
    if (stage == nullptr) return {element};
    std::vector<ir::ElementId> all;
    for (const ir::ElementId inside : stage->body.elements)
        if (stream.elements[inside].predecessors.empty())
            for (const ir::ElementId one : first_inside(stream, inside)) all.push_back(one);
    return all;
}

}  // namespace vsm::lint
