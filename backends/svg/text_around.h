// The words around a drawn map: title, subtitles and summary above it, the legend below it. Does not depend on where
// blocks are. Private to backends/svg.
#pragma once

#include "backends/svg/blocks.h"
#include "backends/svg/layout.h"

namespace vsm::backends::svg {

inline constexpr double margin = 24;

/// Adds lines to a picture, whose width and height say where they go.
class TextAround {
public:
    TextAround(const BackendInput& input, const runtime::StreamMetrics& metrics, const Extent& extent,
               const Contents& contents, const Blocks& blocks, Picture& picture)
        : input_(input), stream_(input.stream()), metrics_(metrics), extent_(extent), contents_(contents),
          blocks_(blocks), picture_(picture) {}

    void add_header();
    void add_summary();
    void add_legend();

private:
    /// Explains the abbreviations that occur in the data boxes.
    std::string abbreviations() const;
    void add_subtitle(const std::string& text);
    void add_sentences(std::string_view heading, const std::vector<std::string>& sentences);
    void add_heading(std::string_view heading);
    /// Adds a text, cut to four lines.
    void add_legend_text(const std::string& text, std::size_t burst);

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const Extent extent_;
    const Contents& contents_;
    const Blocks& blocks_;
    Picture& picture_;
};

}  // namespace vsm::backends::svg
