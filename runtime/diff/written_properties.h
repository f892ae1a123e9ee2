// Lists the properties of an element, a stream or a team as the map writes them. Does not depend on figures or order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ir/model.h"

namespace vsm::runtime {

/// A property or statement; repeatable ones (notes, rework) yield one each.
struct Property {
    std::string name;   ///< `lead`, `rework to review`, `note`
    std::string text;   ///< the value in source form; user text is not escaped
    std::string exact;  ///< independent of the calendar
    bool operator==(const Property&) const = default;
};

/// The name of an element in the text of a property.
using NameOf = std::function<std::string(ir::ElementId)>;

/// All properties of an element except name and place: keyword, title, times, rework, remarks. Empty for an implicit
/// branch.
std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, ir::ElementId element,
                                    const NameOf& name_of);

/// The properties of the stream itself, including goals and edits.
std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, const NameOf& name_of);

std::vector<Property> properties_of(const ir::Model& model, const ir::Team& team);

/// `lead_time <= 3d by 2027-03-31`.
std::string written(const ir::Target& target, const NameOf& name_of);

}  // namespace vsm::runtime
