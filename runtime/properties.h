// What a map says of an element, a stream or a team, property by property, as the map writes it. Knows no figures, and nothing of order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ir/model.h"

namespace vsm::runtime {

/// A property or statement. Of those that may stand several times (notes, rework) each is one.
struct Property {
    std::string name;   ///< `lead`, `rework to review`, `note`
    std::string text;   ///< the value as it would be written; user text as it is
    std::string exact;  ///< the same whatever the calendar
    bool operator==(const Property&) const = default;
};

/// What an element is called in the text of a property.
using NameOf = std::function<std::string(ir::ElementId)>;

/// All that the map says of an element but its name and its place: keyword, title, times, rework, remarks.
std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, ir::ElementId element, const NameOf& name_of);

/// Of the stream itself, goals and edits included.
std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, const NameOf& name_of);

std::vector<Property> properties_of(const ir::Team& team);

/// `lead_time <= 3d by 2027-03-31`.
std::string written(const ir::Target& target, const NameOf& name_of);

}  // namespace vsm::runtime
