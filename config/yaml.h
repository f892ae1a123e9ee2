// YAML as a tree with places, read strictly: what somebody could misread is refused. Knows no key of any file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace vsm::config {

/// What a scalar is by the core schema of YAML 1.2; text in quotes is text.
enum class YamlKind { nothing, truth, number, decimal, text, list, map };

struct YamlNode {
    YamlKind kind = YamlKind::nothing;
    SourceRange range;             ///< of a scalar what is written; of a list or map its first character
    std::string text;              ///< of a scalar, without quotes
    std::vector<YamlNode> items;   ///< of a list; the values of a map
    std::vector<YamlNode> keys;    ///< of a map, beside its values
};

struct YamlLimits {
    std::size_t bytes;
    std::size_t depth;
};

/// The one document of a file. Refuses what is no YAML, what is too large or too deep, anchors, aliases, merge keys, tags, directives,
/// several documents, keys that are no text, and a key given twice; then there is nothing. An empty file is `nothing`.
std::optional<YamlNode> read_yaml(const SourceFile& file, YamlLimits limits, Diagnostics& diagnostics);

}  // namespace vsm::config
