// Strict YAML reader: a tree with source ranges; rejects ambiguous constructs. Independent of any schema.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace vsm::config {

/// The kind of a scalar in the core schema of YAML 1.2; quoted scalars are text.
enum class YamlKind { nothing, truth, number, decimal, text, list, map };

struct YamlNode {
    YamlKind kind = YamlKind::nothing;
    SourceRange range;            ///< of a scalar, as written; of a list or map, its first character
    std::string text;             ///< of a scalar, without quotes
    std::vector<YamlNode> items;  ///< of a list; the values of a map
    std::vector<YamlNode> keys;   ///< of a map, beside its values
};

struct YamlLimits {
    std::size_t bytes;
    std::size_t depth;
};

/// Reads the single document of a file; an empty file is `nothing`. Reports and rejects invalid YAML or UTF-8,
/// invisible characters, conflict markers, files over the limits, anchors, aliases, merge keys, tags, directives,
/// several documents, keys that are not text, and duplicate keys; then returns nothing.
std::optional<YamlNode> read_yaml(const SourceFile& file, YamlLimits limits, Diagnostics& diagnostics);

}  // namespace vsm::config
