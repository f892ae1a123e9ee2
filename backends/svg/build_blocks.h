// From elements to blocks, and how wide each is. Private to backends/svg.
#pragma once

#include <vector>

#include "backends/svg/blocks.h"

namespace vsm::backends::svg {

/// What stands in a row by itself: a block, and the stages it is in, outermost first.
struct RowItem {
    std::size_t block = no_block;
    std::vector<ir::ElementId> stages;
};

/// Makes the blocks of a stream, the elements of its own body and of the stages in it as items of their own.
class BlockBuilder {
public:
    BlockBuilder(const ir::Stream& stream, const Contents& contents, Blocks& blocks) : stream_(stream), contents_(contents), blocks_(blocks) {}

    std::vector<RowItem> run();

private:
    void add_items(const ir::Body& body, std::vector<ir::ElementId>& stages, std::vector<RowItem>& items);
    std::size_t add_body(const ir::Body& body);
    std::size_t add_graph(const ir::Body& body);
    std::size_t add_element(ir::ElementId id);
    std::size_t add_lanes(ir::ElementId id, const std::vector<ir::ElementId>& branches, bool choose);
    std::size_t add_terminal(Content content);
    void begin_lane(Block& block, ir::ElementId id, bool choose) const;
    std::size_t keep(Block block);
    double measure_leaf(Block& block) const;
    bool is_chain(const ir::Body& body) const;

    const ir::Stream& stream_;
    const Contents& contents_;
    Blocks& blocks_;
};

}  // namespace vsm::backends::svg
