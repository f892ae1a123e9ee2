#include "compiler/format/apply.h"

#include <algorithm>

#include "compiler/format/edit_tree.h"
#include "compiler/format/format.h"
#include "compiler/format/text_layout.h"
#include "ir/model_json.h"

namespace vsm::format {
namespace {

std::vector<Node*> elements_of(Block& block) {
    std::vector<Node*> found;
    for (Node& node : block.items)
        if (is_element(node)) found.push_back(&node);
    return found;
}

void collect_names(const Block& block, std::set<std::string>& names) {
    for (const Node& node : block.items) {
        if (const ast::Element* element = element_of(node); element != nullptr && element->name.given())
            names.insert(element->name.text);
        if (is_element(node)) collect_names(node.block, names);
    }
}

/// Removes notes and kaizens on elements that the edits removed.
void drop_remarks_of_others(Block& block, const std::set<std::string>& names) {
    std::erase_if(block.items, [&](const Node& node) {
        const auto* note = statement_of<ast::Note>(node);
        const auto* kaizen = statement_of<ast::Kaizen>(node);
        const std::optional<ast::Word>* on = note != nullptr ? &note->on : kaizen != nullptr ? &kaizen->on : nullptr;
        return on != nullptr && on->has_value() && !names.contains((*on)->text);
    });
    for (Node& node : block.items) drop_remarks_of_others(node.block, names);
}

/// Adds a future's goals and remarks to the stream, each after the last one of its kind.
void adopt(Block& stream, const Block& future) {
    const auto is_edit = [](const Node& node) {
        return statement_of<ast::Change>(node) != nullptr || statement_of<ast::Remove>(node) != nullptr ||
               statement_of<ast::Add>(node) != nullptr || statement_of<ast::Replace>(node) != nullptr ||
               statement_of<ast::Move>(node) != nullptr;
    };
    for (const Node& node : future.items) {
        const bool done = statement_of<ast::Kaizen>(node) != nullptr &&
                          std::any_of(node.block.items.begin(), node.block.items.end(), is_edit);
        if (node.item == nullptr || is_edit(node) || done) continue;
        const auto kind = node.item->statement()->index();
        const auto alike = std::find_if(stream.items.rbegin(), stream.items.rend(), [&](const Node& other) {
            const auto* statement = other.item == nullptr ? nullptr : other.item->statement();
            return statement != nullptr && statement->index() == kind;
        });
        Node made = node;
        made.blank_before = alike == stream.items.rend();
        stream.items.insert(alike == stream.items.rend() ? stream.items.end() : alike.base(), std::move(made));
    }
}

/// Writes `after` for each element that does not simply follow the one written before it.
class OrderWriter {
public:
    OrderWriter(Tree& tree, const ir::Stream& stream) : tree_(tree), stream_(stream) {}

    /// Fails if an order cannot be expressed.
    std::optional<Failure> write(Block& block, const std::vector<ir::ElementId>& ids, const Node* holder) {
        const std::vector<Node*> nodes = elements_of(block);
        VSM_CHECK(nodes.size() == ids.size());
        const bool graph = holder == nullptr || !is_container(*holder);
        for (std::size_t i = 0; graph && i < nodes.size(); ++i)
            if (auto failed = write_after(*nodes[i], ids, i, holder != nullptr && holder->implicit)) return failed;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (auto failed = write(nodes[i]->block, ir::children_of(stream_.elements[ids[i]]), nodes[i]))
                return failed;
        return std::nullopt;
    }

private:
    using Ids = std::vector<ir::ElementId>;

    std::optional<Failure> write_after(Node& node, const Ids& siblings, std::size_t at, bool alone) {
        const Ids& wanted = stream_.elements[siblings[at]].predecessors;
        const Ids implied = at == 0 ? Ids() : Ids{siblings[at - 1]};
        const auto old = find_property(node.block, "after");
        const bool there = old != node.block.items.end();
        if (there && !alone && written(*old, siblings) == wanted) return std::nullopt;
        if (wanted == implied) {
            if (there) node.block.items.erase(old);
            return std::nullopt;
        }
        auto made = after(node, wanted);
        if (!made) return Failure{made.error()};
        if (!node.block.given) node.block.given = node.block.one_line = true;
        if (!there) {
            add_property(node.block, std::move(made.value()));
        } else {
            old->head = made.value().head;
        }
        return std::nullopt;
    }

    /// The elements that a written `after` names.
    Ids written(const Node& property, const Ids& siblings) const {
        Ids ids;
        const ast::Value& value = property.item->property()->value;
        const auto add = [&](const ast::Value& one) {
            const auto* word = std::get_if<ast::Word>(&one.what);
            const auto named = [&](ir::ElementId id) {
                return word != nullptr && stream_.elements[id].name.value == word->text;
            };
            if (word != nullptr && word->text == "start") return;
            const auto found = std::find_if(siblings.begin(), siblings.end(), named);
            ids.push_back(found == siblings.end() ? ir::ElementId() : *found);
        };
        const auto* list = std::get_if<ast::ListValue>(&value.what);
        if (list == nullptr) add(value);
        for (std::size_t i = 0; list != nullptr && i < list->values.size(); ++i) add(list->values[i]);
        return ids;
    }

    Result<Node> after(const Node& of, const Ids& wanted) {
        std::vector<Word> head{{parse::TokenKind::name, "after"}, {parse::TokenKind::colon, ":"}};
        if (wanted.size() > 1) head.push_back({parse::TokenKind::open_list, "["});
        for (const ir::ElementId id : wanted) {
            const ir::Element& element = stream_.elements[id];
            if (element.name.value.empty()) {
                const std::string follower =
                    element_of(of)->name.given() ? "`" + element_of(of)->name.text + "`" : "the next element";
                return Failure{fmt::format(
                    "{} would follow `{}`, which has no name to refer to; give the {} a name and apply again", follower,
                    element.label, ir::keyword_of(element))};
            }
            if (id != wanted.front()) head.push_back({parse::TokenKind::comma, ","});
            head.push_back({parse::TokenKind::name, tree_.texts.emplace_back(element.name.value)});
        }
        if (wanted.empty()) head.push_back({parse::TokenKind::name, "start"});
        if (wanted.size() > 1) head.push_back({parse::TokenKind::close_list, "]"});
        Node made;
        made.item = &tree_.items.emplace_back(ast::Item{ast::Property{{"after", {}}, {}, {}}, {}, {}});
        made.head = tree_.put_in.emplace_back(std::move(head));
        return made;
    }

    Tree& tree_;
    const ir::Stream& stream_;
};

/// Writes implicit branches that now contain more than one element; unwraps the others.
void write_branches(Tree& tree, Block& block) {
    for (Node& node : block.items) {
        write_branches(tree, node.block);
        if (!node.implicit) continue;
        node.implicit = false;
        if (node.block.items.size() == 1) {
            const bool blank_before = node.blank_before;
            Node alone = std::move(node.block.items.front());
            node = std::move(alone);
            node.blank_before = blank_before;
            continue;
        }
        ast::Element branch;
        branch.kind = ast::ElementKind::branch;
        node.item = &tree.items.emplace_back(ast::Item{std::make_unique<ast::Statement>(std::move(branch)), {}, {}});
        node.head = tree.put_in.emplace_back(std::vector<Word>{{parse::TokenKind::branch, "branch"}});
        node.block.given = true;
    }
}

/// Rebases futures of the applied future on the stream.
void name_base(Tree& tree, const SourceFile& source, const std::string& old_base, const std::string& new_base) {
    for (Node& node : tree.file.items) {
        const auto* future = statement_of<ast::Future>(node);
        if (future == nullptr || future->base.text != old_base) continue;
        std::vector<Word> head(node.head.begin(), node.head.end());
        for (Word& word : head)
            if (word.text.data() == source.text().data() + future->base.range.begin)
                word.text = tree.texts.emplace_back(new_base);
        node.head = tree.put_in.emplace_back(std::move(head));
    }
}

template <class Declaration>
std::vector<Node>::iterator find_declaration(Tree& tree, const std::string& name) {
    const auto found = std::find_if(tree.file.items.begin(), tree.file.items.end(), [&](const Node& node) {
        const auto* declared = statement_of<Declaration>(node);
        return declared != nullptr && declared->name.text == name;
    });
    VSM_CHECK(found != tree.file.items.end());
    return found;
}

/// Formats the result again: properties become neighbours if an edit removes the text between them, and only then can
/// be sorted.
std::string in_form(const SourceFile& source, std::string text) {
    Diagnostics ignored;
    const SourceFile made(FileId{0}, source.path(), text);
    const auto form = format(made, ignored);
    return form && form->sound ? form->text : text;
}

}  // namespace

Result<std::string> apply_future(const SourceFile& source, const ir::CheckedModel& model, ir::StreamId id) {
    const ir::Stream& future = model.stream(id);
    const std::string& base = model.stream(future.future->of).name.value;
    Diagnostics known;
    const parse::Reading reading = parse::read(source, known);
    Tree tree = build_tree(reading, source);
    const auto planned = find_declaration<ast::Future>(tree, future.name.value);
    const Node plan = *planned;
    const auto next = tree.file.items.erase(planned);
    if (next != tree.file.items.end() && next != tree.file.items.begin())
        next->blank_before = next->blank_before || plan.blank_before;
    Block& stream = find_declaration<ast::Stream>(tree, base)->block;
    apply_edits(tree, stream, plan.block);
    std::set<std::string> names;
    collect_names(stream, names);
    drop_remarks_of_others(stream, names);
    adopt(stream, plan.block);
    if (auto failed = OrderWriter(tree, future).write(stream, future.body.elements, nullptr)) return *failed;
    write_branches(tree, stream);
    name_base(tree, source, future.name.value, base);
    Lines lines = lay_out(tree);
    align(lines.all);
    return in_form(source, text_of(lines.all));
}

namespace {

/// `"teams": [0, 2]` by name, because teams are numbered in the order in which they are first named.
std::string named_teams(const ir::CheckedModel& model, std::string_view line) {
    std::string text;
    for (std::size_t at = line.find('['); at < line.size();) {
        const std::size_t digit = line.find_first_of("0123456789", at),
                          end = line.find_first_not_of("0123456789", digit);
        if (digit == std::string_view::npos) break;
        std::uint32_t number = 0;
        for (const char c : line.substr(digit, end - digit)) number = number * 10 + static_cast<std::uint32_t>(c - '0');
        text += ' ' + model.model().teams[ir::TeamId{number}].name.value;
        at = end;
    }
    return text;
}

}  // namespace

std::string elements_text(const ir::CheckedModel& model, ir::StreamId stream) {
    // The document has one line for each member, because text from the map contains no line ends.
    const std::string json = ir::to_json(model, nullptr, stream);
    std::string text;
    bool inside = false;
    std::string until;  ///< the line that ends the skipped part
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t end = json.find('\n', at);
        const std::string line = json.substr(at, end - at);
        at = end + 1;
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        const std::string_view member = std::string_view(line).substr(indent);
        if (indent == 6 && member.starts_with("\"body\"")) inside = true;
        if (indent == 6 && member.starts_with("\"targets\"")) break;
        if (!until.empty()) {
            if (line.starts_with(until)) until.clear();
            continue;
        }
        if (!inside || member.starts_with("\"after_given\"") || member.starts_with("\"implicit\"")) continue;
        if (member.starts_with("\"kaizens\": [")) {
            if (!member.ends_with("]") && !member.ends_with("],")) until = std::string(indent, ' ') + "]";
            continue;
        }
        text += (member.starts_with("\"teams\"") ? "teams" + named_teams(model, member) : line) + '\n';
    }
    return text;
}

}  // namespace vsm::format
