#include "tests/fuzz/map.h"

#include <algorithm>

#include "ir/model_json.h"

namespace vsm::fuzz {
namespace {

constexpr const char* teams_file = "team dev { size: 5, available: 80% }\nteam ops\nteam qa\n"
                                   "stream other { step a { process: 1h, lead: 2h, ca: 90% } }\n";

}  // namespace

std::variant<LoadedSource, ImportRefusal> MapReader::read_import(const std::string&, const std::string& written) {
    if (written == "map.vsm") return LoadedSource{written, map_};
    if (written == "teams.vsm") return LoadedSource{written, teams_file};
    if (written.starts_with("../")) return ImportRefusal{true, "the folder"};
    return ImportRefusal{false, "no such file"};
}

void Map::lint() {
    if (model_) lint::lint(*model_, all_rules_on(), diagnostics_);
}

std::vector<ir::StreamId> Map::streams() const {
    std::vector<ir::StreamId> found;
    for (std::size_t i = 0; model_ && i < model_->model().streams.size(); ++i) {
        const ir::StreamId id = model_->model().streams.id_at(i);
        if (!model_->stream(id).imported) found.push_back(id);
    }
    return found;
}

std::optional<std::string> Map::ir() const {
    if (!model_) return std::nullopt;
    return ir::to_json(*model_, nullptr);
}

std::string Map::errors() const {
    std::vector<std::string> codes;
    for (const Diagnostic& one : diagnostics_.all())
        if (one.severity == Severity::error) codes.push_back(text_of(one.code));
    std::sort(codes.begin(), codes.end());
    std::string text;
    for (const std::string& code : codes) text += code + " ";
    return text;
}

lint::RuleSet all_rules_on() {
    lint::RuleSet rules;
    rules.process_rules = true;
    rules.as_of = Date{2031, 5, 17};
    return rules;
}

}  // namespace vsm::fuzz
