// Builds the blocks of a stream and computes their widths. Private to backends/svg.
#pragma once

#include <vector>

#include "backends/svg/blocks.h"

namespace vsm::backends::svg {

/// A top-level block of a row, and its stages, outermost first.
struct RowItem {
    std::size_t block = no_block;
    std::vector<ir::ElementId> stages;
};

/// Builds the blocks of a stream. The elements of its body, and those of stages in it, become separate items if they
/// form a chain.
class BlockBuilder {
public:
    BlockBuilder(const ir::Stream& stream, const Contents& contents, Blocks& blocks)
        : stream_(stream), contents_(contents), blocks_(blocks) {}

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
