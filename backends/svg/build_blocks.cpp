#include "backends/svg/build_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "backends/support/facts.h"
#include "backends/svg/tags.h"
#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double empty_width = 56;
constexpr double narrowest_wait = 56;
constexpr double longest_caption = 260;

}  // namespace

double lane_top(const Block& block) {
    return block.above + (block.caption.empty() ? 0 : caption_height) +
           static_cast<double>(block.channel.levels) * channel_height + 4;
}
double left_zone(bool choose) { return choose ? 66 : 46; }
double right_zone(bool choose) { return choose ? 46 : 40; }

double box_height(const Content& content) {
    const std::size_t second = content.second_kind.empty() ? 0 : 1 + content.second_title.size();
    const double lines = static_cast<double>(std::max<std::size_t>(content.title.size(), 1) +
                                             (content.team.empty() ? 0 : 1) + (content.kind.empty() ? 0 : 1) + second);
    return 14 + lines * line_height + flow(content.tags, box_width - 2 * tag_margin).height;
}
double data_height(const Content& content) {
    return content.data.empty() ? 0 : 8 + static_cast<double>(content.data.size()) * line_height;
}

std::vector<RowItem> BlockBuilder::run() {
    std::vector<RowItem> items;
    items.push_back({add_terminal(contents_.beginning()), {}});
    std::vector<ElementId> stages;
    add_items(stream_.body, stages, items);
    items.push_back({add_terminal(contents_.end()), {}});
    return items;
}

std::size_t BlockBuilder::keep(Block block) {
    for (const std::size_t child : block.children) blocks_[child].parent = blocks_.size();
    blocks_.push_back(std::move(block));
    return blocks_.size() - 1;
}

bool BlockBuilder::is_chain(const ir::Body& body) const {
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        const std::vector<ElementId>& before = stream_.elements[body.elements[i]].predecessors;
        if (i == 0 ? !before.empty() : before.size() != 1 || before.front() != body.elements[i - 1]) return false;
    }
    return true;
}

void BlockBuilder::add_items(const ir::Body& body, std::vector<ElementId>& stages, std::vector<RowItem>& items) {
    if (body.elements.empty() || !is_chain(body)) {
        items.push_back({add_body(body), stages});
        return;
    }
    for (const ElementId id : body.elements) {
        if (const auto* stage = std::get_if<ir::Stage>(&stream_.elements[id].what)) {
            stages.push_back(id);
            add_items(stage->body, stages, items);
            stages.pop_back();
        } else {
            items.push_back({add_element(id), stages});
        }
    }
}

std::size_t BlockBuilder::add_body(const ir::Body& body) {
    if (!is_chain(body)) return add_graph(body);
    Block sequence;
    for (const ElementId id : body.elements) sequence.children.push_back(add_element(id));
    double x = 0;
    for (const std::size_t child : sequence.children) {
        blocks_[child].x = x;
        x += blocks_[child].width + gap;
    }
    sequence.width = sequence.children.empty() ? empty_width : x - gap;
    return keep(std::move(sequence));
}

/// Column: length of the longest path from the start. Row: the first successor of an element shares its row, others
/// open one.
std::size_t BlockBuilder::add_graph(const ir::Body& body) {
    Block graph;
    graph.kind = Block::Kind::graph;
    std::map<ElementId, std::size_t> place;
    std::map<ElementId, bool> continued;
    const auto reduced = ir::reduced_predecessors(stream_, body);
    std::map<ElementId, std::vector<ElementId>> before;
    for (std::size_t i = 0; i < body.elements.size(); ++i) before[body.elements[i]] = reduced[i];
    std::size_t rows = 0, columns = 0;
    for (const ElementId id : ir::topological_order(stream_, body)) {
        std::size_t column = 0, row = rows;
        for (const ElementId one : before[id]) column = std::max(column, graph.column[place[one]] + 1);
        if (!before[id].empty() && !continued[before[id].front()]) {
            continued[before[id].front()] = true;
            row = graph.row[place[before[id].front()]];
        } else {
            ++rows;
        }
        columns = std::max(columns, column + 1);
        place[id] = graph.children.size();
        graph.children.push_back(add_element(id));
        Block& lane = blocks_[graph.children.back()];
        begin_lane(lane, id, false);
        if (lane.kind == Block::Kind::wait)
            lane.width = std::max(lane.width, text_width(lane.caption, data_size, Weight::bold));
        graph.column.push_back(column);
        graph.row.push_back(row);
    }
    std::vector<double> widths(columns, 0);
    for (std::size_t i = 0; i < graph.children.size(); ++i)
        widths[graph.column[i]] = std::max(widths[graph.column[i]], blocks_[graph.children[i]].width);
    double x = 0;
    for (const double width : widths) {
        graph.column_x.push_back(x);
        x += width + column_gap;
    }
    graph.column_x.push_back(x);
    graph.width = x - column_gap;
    for (std::size_t i = 0; i < graph.children.size(); ++i)
        blocks_[graph.children[i]].x = graph.column_x[graph.column[i]];
    return keep(std::move(graph));
}

std::size_t BlockBuilder::add_element(ElementId id) {
    const ir::Element& element = stream_.elements[id];
    if (const auto* parallel = std::get_if<ir::Parallel>(&element.what))
        return add_lanes(id, parallel->branches, false);
    if (const auto* choose = std::get_if<ir::Choose>(&element.what)) return add_lanes(id, choose->branches, true);
    Block block;
    block.element = id;
    if (const auto* stage = std::get_if<ir::Stage>(&element.what)) {
        block.kind = Block::Kind::band;
        const std::size_t inner = add_body(stage->body);
        block.children = {inner};
        const double title = std::min(text_width(called(element), title_size, Weight::bold), box_width);
        blocks_[inner].x = band_padding;
        block.content.tags = contents_.tags(id);
        const double tags = flow(block.content.tags, std::numeric_limits<double>::max()).width;
        block.width = std::max(blocks_[inner].width, title + tags) + 2 * band_padding;
        block.content.full = called(element);
        block.content.title = {fitted(block.content.full, block.width - 18 - tags, title_size, Weight::bold)};
        return keep(std::move(block));
    }
    block.kind = ir::is_step(element) ? Block::Kind::step : Block::Kind::wait;
    block.content = contents_.of(id);
    block.width = measure_leaf(block);
    return keep(std::move(block));
}

double BlockBuilder::measure_leaf(Block& block) const {
    const Content& content = block.content;
    if (block.kind == Block::Kind::step) {
        block.zone =
            content.wait.empty() ? 0 : std::max(narrowest_wait, text_width(content.wait, data_size, Weight::bold) + 10);
        return block.zone + box_width;
    }
    double widest = std::max(text_width(content.wait, data_size, Weight::bold), text_width(content.team, data_size));
    for (const std::string& line : content.title) widest = std::max(widest, text_width(line, data_size));
    return std::max({narrowest_wait, widest + 8, svg::widest(content.tags) + 8});
}

std::size_t BlockBuilder::add_lanes(ElementId id, const std::vector<ElementId>& branches, bool choose) {
    Block lanes;
    lanes.kind = Block::Kind::lanes;
    lanes.choose = choose;
    lanes.element = id;
    for (const Tag& tag : contents_.tags(id))
        if (tag.burst > 0) lanes.content.tags.push_back(tag);
    for (const ElementId branch : branches) {
        const std::size_t lane = add_body(std::get_if<ir::Branch>(&stream_.elements[branch].what)->body);
        Block& block = blocks_[lane];
        begin_lane(block, branch, choose);
        block.caption_tags = contents_.tags(branch);
        // the lane's elements show the other tags themselves
        if (!block.children.empty()) std::erase_if(block.caption_tags, [](const Tag& tag) { return tag.burst == 0; });
        const double tags = flow(block.caption_tags, std::numeric_limits<double>::max()).width;
        block.width = std::max(block.width, text_width(block.caption, data_size, Weight::bold) + tags + 12);
        block.x = left_zone(choose);
        lanes.children.push_back(lane);
        lanes.width = std::max(lanes.width, block.width);
    }
    lanes.width += left_zone(choose) + right_zone(choose);
    return keep(std::move(lanes));
}

void BlockBuilder::begin_lane(Block& block, ElementId id, bool choose) const {
    block.lane = true;
    block.caption_full = contents_.caption(id, choose);
    block.caption = fitted(block.caption_full, longest_caption, data_size, Weight::bold);
}

std::size_t BlockBuilder::add_terminal(Content content) {
    Block block;
    block.kind = Block::Kind::terminal;
    block.content = std::move(content);
    block.width = std::max(terminal_box, block.content.width);
    return keep(std::move(block));
}

}  // namespace vsm::backends::svg
