// A map that a fuzzer made, compiled in memory.
#pragma once

#include <optional>
#include <string>

#include "compiler/compile.h"
#include "compiler/lint/lint.h"

namespace vsm::fuzz {

/// Knows three files: the map itself, one with teams and a stream, and one outside the folder.
class MapReader final : public SourceReader {
public:
    explicit MapReader(std::string map) : map_(std::move(map)) {}
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    std::string map_;
};

/// A map read and compiled as `map.vsm`. Stays where it is: what it made refers to it.
class Map {
public:
    explicit Map(const std::string& text) : reader_(text), workspace_(reader_) {
        model_ = workspace_.compile("map.vsm", text, diagnostics_).checked;
    }
    Map(const Map&) = delete;
    Map& operator=(const Map&) = delete;

    bool compiles() const { return model_.has_value(); }
    const ir::CheckedModel& model() const { return *model_; }
    const SourceSet& sources() const { return workspace_.sources(); }
    /// Of reading and checking; of the rules too once it was linted.
    Diagnostics& diagnostics() { return diagnostics_; }
    /// The rules' findings are added to the diagnostics.
    void lint();
    std::vector<Diagnostic> sorted_findings() const { return sorted(diagnostics_, sources()); }
    /// The streams and futures that the map itself declares.
    std::vector<ir::StreamId> streams() const;
    /// The model as text, without places; nothing of a map with errors.
    std::optional<std::string> ir() const;
    /// The errors by code, in order, each as often as it was reported.
    std::string errors() const;

private:
    MapReader reader_;
    Workspace workspace_;
    Diagnostics diagnostics_;
    std::optional<ir::CheckedModel> model_;
};

/// All rules, at a day that is said.
lint::RuleSet all_rules_on();

}  // namespace vsm::fuzz
