#include "compiler/parse/repair/as_written.h"

#include <algorithm>

#include "compiler/parse/repair/value_shapes.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

const ast::Block* block_of(const ast::Statement& statement) {
    return std::visit(
        [](const auto& one) -> const ast::Block* {
            if constexpr (requires { one.block; })
                return &one.block;
            else
                return nullptr;
        },
        statement);
}

const std::vector<ast::Item>* added_by(const ast::Statement& statement) {
    if (const auto* add = std::get_if<ast::Add>(&statement)) return &add->added;
    if (const auto* replace = std::get_if<ast::Replace>(&statement)) return &replace->added;
    return nullptr;
}

/// Whether a statement ends without its optional block, so that the properties after it may be meant for that block.
bool may_lack_braces(const ast::Statement& statement) {
    if (const auto* added = added_by(statement)) {
        const auto* last = added->empty() ? nullptr : added->back().statement();
        return last != nullptr && may_lack_braces(*last);
    }
    const auto* element = std::get_if<ast::Element>(&statement);
    const bool kind = (element != nullptr && element->kind == ast::ElementKind::step) ||
                      std::holds_alternative<ast::Kaizen>(statement) || std::holds_alternative<ast::Team>(statement);
    return kind && !block_of(statement)->given();
}

/// `parallel: true`, `queue: 12`.
bool is_named_as_a_statement(const ast::Property& property) {
    const auto keyword = keyword_kind(property.name.text);
    return keyword && begins_statement(*keyword) && !properties::has_property(~0u, property.name.text);
}

bool looks_foreign(const std::vector<ast::Item>& items) {
    bool open = false;  // the previous statement could have a block, but has none
    for (const ast::Item& item : items) {
        const auto* statement = item.statement();
        if (statement == nullptr) {
            if (open || is_named_as_a_statement(*item.property())) return true;
            continue;
        }
        const ast::Block* block = block_of(*statement);
        const std::vector<ast::Item>* added = added_by(*statement);
        open = may_lack_braces(*statement);
        if ((block != nullptr && looks_foreign(block->items)) || (added != nullptr && looks_foreign(*added)))
            return true;
    }
    return false;
}

}  // namespace

bool looks_foreign(const ast::File& file) {
    const auto is_property = [](const ast::Item& item) { return std::holds_alternative<ast::Property>(item.what); };
    return file.block.items.empty() || std::any_of(file.block.items.begin(), file.block.items.end(), is_property) ||
           looks_foreign(file.block.items);
}

}  // namespace vsm::parse
