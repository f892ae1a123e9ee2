#include "backends/svg/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/svg/tags.h"

namespace vsm::backends::svg {
namespace {

using Kind = Block::Kind;

/// Vertically stacked lanes or graph rows: the base line of each, relative to the first.
struct Stack {
    std::vector<double> base;
    double below = 0;  ///< below the last base line
};

/// The extent of a graph row, that of its tallest child.
struct RowRoom {
    double above = 0, below = 0;
};

std::vector<RowRoom> rooms_of(const Blocks& blocks, const Block& graph) {
    std::vector<RowRoom> rooms;
    for (std::size_t i = 0; i < graph.children.size(); ++i) {
        if (rooms.size() <= graph.row[i]) rooms.resize(graph.row[i] + 1);
        const Block& child = blocks[graph.children[i]];
        rooms[graph.row[i]].above = std::max(rooms[graph.row[i]].above, lane_top(child));
        rooms[graph.row[i]].below = std::max(rooms[graph.row[i]].below, child.below);
    }
    return rooms;
}

std::vector<RowRoom> rooms_of_lanes(const Blocks& blocks, const Block& lanes) {
    std::vector<RowRoom> rooms;
    for (const std::size_t child : lanes.children) rooms.push_back({lane_top(blocks[child]), blocks[child].below});
    return rooms;
}

std::vector<double> stacked(const std::vector<RowRoom>& rooms) {
    std::vector<double> base;
    double y = 0;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        if (i > 0) y += rooms[i - 1].below + lane_gap + rooms[i].above;
        base.push_back(y);
    }
    return base;
}

double height_of_wait(const Content& content) {
    const std::size_t lines = content.title.size() + 1 + (content.team.empty() ? 0 : 1);
    return triangle_height / 2 + 4 + static_cast<double>(lines) * line_height;
}

/// Height of the bursts stacked below a fork or diamond.
double room_of_bursts(const Block& lanes) { return static_cast<double>(lanes.content.tags.size()) * burst_room; }

void measure_leaf(Block& block) {
    const Content& content = block.content;
    if (block.kind == Kind::wait) {
        block.above = triangle_height / 2;
        block.below = height_of_wait(content) + flow(content.tags, widest(content.tags)).height;
        return;
    }
    const double loops = block.loops == 0 ? 0 : 12 + loop_height * static_cast<double>(block.loops);
    block.above = box_height(content) / 2 + loops;
    block.below = box_height(content) / 2 + data_height(content);
    if (block.zone > 0) block.below = std::max(block.below, triangle_height / 2 + 4 + line_height);
}

double bus_room(const Block& graph) {
    return graph.kind == Kind::graph ? bus_height * static_cast<double>(graph.children.size()) / 2 : 0;
}

}  // namespace

void place_x(Blocks& blocks, std::size_t block, double x) {
    blocks[block].x = x;
    for (const std::size_t child : blocks[block].children) place_x(blocks, child, x + blocks[child].x);
}

void measure_y(Blocks& blocks, std::size_t number) {
    for (const std::size_t child : blocks[number].children) measure_y(blocks, child);
    Block& block = blocks[number];
    switch (block.kind) {
        case Kind::step:
        case Kind::wait:
        case Kind::terminal: measure_leaf(block); return;
        case Kind::sequence:
            block.above = block.below = 10;
            for (const std::size_t child : block.children) {
                block.above = std::max(block.above, blocks[child].above);
                block.below = std::max(block.below, blocks[child].below);
            }
            return;
        case Kind::band:
            block.above = blocks[block.children.front()].above + band_title + 4;
            block.below = blocks[block.children.front()].below + 8;
            return;
        case Kind::lanes: {
            const std::vector<RowRoom> rooms = rooms_of_lanes(blocks, block);
            const double middle = stacked(rooms).back() / 2;
            block.above = middle + std::max(rooms.front().above, 16.0);
            block.below = std::max(middle + std::max(rooms.back().below, 16.0),
                                   (block.choose ? diamond_width / 2 : middle + 14) + room_of_bursts(block));
            return;
        }
        case Kind::graph: {
            const std::vector<RowRoom> rooms = rooms_of(blocks, block);
            block.above = rooms.front().above;
            block.below = stacked(rooms).back() + rooms.back().below + bus_room(block);
            return;
        }
    }
}

void place_y(Blocks& blocks, std::size_t number, double y) {
    Block& block = blocks[number];
    block.y = y;
    if (block.kind == Kind::lanes) {
        const std::vector<double> base = stacked(rooms_of_lanes(blocks, block));
        for (std::size_t i = 0; i < block.children.size(); ++i)
            place_y(blocks, block.children[i], y - base.back() / 2 + base[i]);
    } else if (block.kind == Kind::graph) {
        const std::vector<double> base = stacked(rooms_of(blocks, block));
        for (std::size_t i = 0; i < block.children.size(); ++i)
            place_y(blocks, block.children[i], y + base[block.row[i]]);
    } else {
        for (const std::size_t child : block.children) place_y(blocks, child, y);
    }
}

void Drawing::draw(std::size_t number) {
    const Block& block = blocks_[number];
    if (block.lane && !block.caption.empty()) {
        const double y = block.y - block.above - 5;
        picture_.captions.push_back({{block.x, y}, block.caption, block.caption_full, block.caption_tags});
    }
    switch (block.kind) {
        case Kind::step: draw_step(block); return;
        case Kind::wait: {
            const Rect triangle{block.x + (block.width - triangle_width) / 2, block.y - triangle_height / 2,
                                triangle_width, triangle_height};
            picture_.shapes.push_back({Shape::Kind::wait, block.element, triangle, {}, block.content});
            return;
        }
        case Kind::terminal: {
            const double height = box_height(block.content);
            picture_.shapes.push_back(
                {Shape::Kind::terminal, {}, {block.x, block.y - height / 2, block.width, height}, {}, block.content});
            return;
        }
        case Kind::band: {
            const Rect rect{block.x, block.y - block.above, block.width, block.above + block.below};
            picture_.bands.push_back(
                {block.element, rect, block.content.title.front(), block.content.full, block.content.tags});
            break;
        }
        case Kind::lanes: return draw_lanes(block);
        case Kind::graph: return draw_graph(block);
        case Kind::sequence: break;
    }
    std::vector<Point> from;
    for (const std::size_t child : block.children) {
        draw(child);
        if (!from.empty()) connect(from, entries(child));
        const std::vector<Point> out = exits(child);
        if (!out.empty()) from = out;
    }
}

void Drawing::draw_step(const Block& block) {
    const double height = box_height(block.content);
    const Rect box{block.x + block.zone, block.y - height / 2, block.width - block.zone, height};
    const Rect data{box.x, box.bottom(), box.width, data_height(block.content)};
    if (block.zone > 0) {
        const Rect triangle{block.x + (block.zone - triangle_width) / 2, block.y - triangle_height / 2, triangle_width,
                            triangle_height};
        picture_.shapes.push_back({Shape::Kind::delay, block.element, triangle, {}, block.content});
        picture_.arrows.push_back({{{triangle.right() - triangle_width / 4, block.y}, {box.x, block.y}}, true});
    }
    picture_.shapes.push_back({Shape::Kind::step, block.element, box, data, block.content});
}

void Drawing::draw_lanes(const Block& block) {
    const double right = block.x + block.width;
    const double first = blocks_[block.children.front()].y, last = blocks_[block.children.back()].y;
    const double size = diamond_width / 2;
    if (block.choose) {
        picture_.shapes.push_back({Shape::Kind::diamond,
                                   block.element,
                                   {block.x, block.y - size, diamond_width, diamond_width},
                                   {},
                                   block.content});
        picture_.shapes.push_back(
            {Shape::Kind::merge, block.element, {right - size, block.y - size / 2, size, size}, {}, {}});
    } else {
        picture_.shapes.push_back(
            {Shape::Kind::fork, block.element, {block.x, first - 14, bar_width, last - first + 28}, {}, block.content});
        picture_.shapes.push_back(
            {Shape::Kind::join, block.element, {right - bar_width, first - 14, bar_width, last - first + 28}, {}, {}});
    }
    for (const std::size_t child : block.children) {
        const Block& lane = blocks_[child];
        draw(child);
        const Point begin = block.choose ? Point{block.x + diamond_width, block.y} : Point{block.x + bar_width, lane.y};
        const Point end = block.choose ? Point{right - size, block.y} : Point{right - bar_width, lane.y};
        std::vector<Point> in = entries(child), out = exits(child);
        if (in.empty()) {
            const double turn = block.x + diamond_width + 12, back = right - size - 14;
            if (block.choose && std::abs(lane.y - block.y) >= 0.5) {
                picture_.arrows.push_back(
                    {{begin, {turn, begin.y}, {turn, lane.y}, {back, lane.y}, {back, end.y}, end}, true});
            } else {
                picture_.arrows.push_back({{begin, end}, true});
            }
            continue;
        }
        for (const Point& to : in) elbow(begin, to, block.x + (block.choose ? diamond_width : bar_width) + 12);
        for (const Point& from : out) elbow(from, end, right - (block.choose ? size : bar_width) - 14);
    }
}

void Drawing::draw_graph(const Block& block) {
    std::vector<std::size_t> place(stream_.elements.size(), no_block);
    for (std::size_t i = 0; i < block.children.size(); ++i) place[blocks_[block.children[i]].element.index] = i;
    const auto crosses = [&](std::size_t row, std::size_t first, std::size_t last) {
        for (std::size_t i = 0; i < block.children.size(); ++i)
            if (block.row[i] == row && block.column[i] >= first && block.column[i] <= last) return true;
        return false;
    };
    const auto room = rooms_of(blocks_, block);
    double bus = block.y + stacked(room).back() + room.back().below + 4;
    const auto reduced = ir::reduced_predecessors(
        stream_, ir::body_of(stream_, stream_.elements[blocks_[block.children.front()].element].parent));
    const ir::Body& body = ir::body_of(stream_, stream_.elements[blocks_[block.children.front()].element].parent);
    for (const std::size_t child : block.children) draw(child);
    for (std::size_t e = 0; e < body.elements.size(); ++e) {
        const std::size_t to = place[body.elements[e].index];
        for (const ir::ElementId before : reduced[e]) {
            const std::size_t from = place[before.index];
            const double after_source = block.x + block.column_x[block.column[from] + 1] - column_gap / 2;
            const double before_target = block.x + block.column_x[block.column[to]] - column_gap / 2;
            const bool next = block.column[to] == block.column[from] + 1;
            const bool along_target = !next && !crosses(block.row[to], block.column[from] + 1, block.column[to] - 1);
            const bool along_source = !next && !crosses(block.row[from], block.column[from] + 1, block.column[to] - 1);
            for (const Point& out : exits(block.children[from])) {
                for (const Point& in : entries(block.children[to])) {
                    if (next || along_source) {
                        elbow(out, in, before_target);
                    } else if (along_target) {
                        elbow(out, in, after_source);
                    } else {
                        picture_.arrows.push_back({{out,
                                                    {after_source, out.y},
                                                    {after_source, bus},
                                                    {before_target, bus},
                                                    {before_target, in.y},
                                                    in},
                                                   true});
                    }
                }
            }
            if (!next && !along_source && !along_target) bus += bus_height / 2;
        }
    }
}

std::vector<Point> Drawing::entries(std::size_t number) const {
    const Block& block = blocks_[number];
    switch (block.kind) {
        case Kind::step:
            return {
                {block.zone > 0 ? block.x + (block.zone - triangle_width) / 2 + triangle_width / 4 : block.x, block.y}};
        case Kind::wait: return {{block.x + (block.width - triangle_width) / 2 + triangle_width / 4, block.y}};
        case Kind::terminal:
        case Kind::lanes: return {{block.x, block.y}};
        case Kind::sequence:
        case Kind::band:
            for (const std::size_t child : block.children)
                if (std::vector<Point> found = entries(child); !found.empty()) return found;
            return {};
        case Kind::graph: break;
    }
    std::vector<Point> all;
    for (std::size_t i = 0; i < block.children.size(); ++i) {
        if (!stream_.elements[blocks_[block.children[i]].element].predecessors.empty()) continue;
        for (const Point& one : entries(block.children[i])) all.push_back(one);
    }
    return all;
}

std::vector<Point> Drawing::exits(std::size_t number) const {
    const Block& block = blocks_[number];
    switch (block.kind) {
        case Kind::wait: return {{block.x + (block.width + triangle_width) / 2 - triangle_width / 4, block.y}};
        case Kind::step:
        case Kind::terminal:
        case Kind::lanes: return {{block.x + block.width, block.y}};
        case Kind::sequence:
        case Kind::band:
            for (std::size_t i = block.children.size(); i-- > 0;)
                if (std::vector<Point> found = exits(block.children[i]); !found.empty()) return found;
            return {};
        case Kind::graph: break;
    }
    std::vector<Point> all;
    const ir::Body& body = ir::body_of(stream_, stream_.elements[blocks_[block.children.front()].element].parent);
    for (const ir::ElementId end : ir::ends_of(stream_, body)) {
        for (const std::size_t child : block.children) {
            if (blocks_[child].element != end) continue;
            for (const Point& one : exits(child)) all.push_back(one);
        }
    }
    return all;
}

void Drawing::connect(const std::vector<Point>& from, const std::vector<Point>& to) {
    for (const Point& out : from)
        for (const Point& in : to) elbow(out, in, in.x - 14);
}

void Drawing::elbow(Point from, Point to, double turn) {
    if (std::abs(from.y - to.y) < 0.5) {
        picture_.arrows.push_back({{from, to}, true});
    } else {
        picture_.arrows.push_back({{from, {turn, from.y}, {turn, to.y}, to}, true});
    }
}

}  // namespace vsm::backends::svg
