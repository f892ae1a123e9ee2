// A map produced by a fuzzer, compiled in memory.
#pragma once

#include <optional>
#include <string>

#include "compiler/compile.h"
#include "compiler/lint/lint.h"

namespace vsm::fuzz {

/// Serves two files: the map itself, and one with teams and a stream. Refuses paths outside the folder.
class MapReader final : public SourceReader {
public:
    explicit MapReader(std::string map) : map_(std::move(map)) {}
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    std::string map_;
};

/// A map compiled as `map.vsm`. Not movable: its results refer to it.
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
    /// Findings of parsing and checking; after lint(), also of the rules.
    Diagnostics& diagnostics() { return diagnostics_; }
    /// Adds the findings of the rules to the diagnostics.
    void lint();
    std::vector<Diagnostic> sorted_findings() const { return sorted(diagnostics_, sources()); }
    /// The streams and futures that the map declares itself.
    std::vector<ir::StreamId> streams() const;
    /// The model as JSON without source locations; empty for a map with errors.
    std::optional<std::string> ir() const;
    /// The codes of all errors, sorted, with repetitions.
    std::string errors() const;

private:
    MapReader reader_;
    Workspace workspace_;
    Diagnostics diagnostics_;
    std::optional<ir::CheckedModel> model_;
};

/// All rules, as of a fixed day.
lint::RuleSet all_rules_on();

}  // namespace vsm::fuzz
