#include "compiler/ast/property_table.h"

#include <algorithm>

namespace vsm::ast {

bool has_property(unsigned places, std::string_view name) {
    return std::any_of(property_rows.begin(), property_rows.end(),
                       [&](const PropertyRow& row) { return (row.places & places) != 0 && row.name == name; });
}

std::size_t property_rank(std::string_view name) {
    const auto found = std::find_if(property_rows.begin(), property_rows.end(),
                                    [&](const PropertyRow& row) { return row.name == name; });
    return static_cast<std::size_t>(found - property_rows.begin());
}

}  // namespace vsm::ast
