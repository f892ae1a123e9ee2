#include "runtime/figures/hints.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

template <std::size_t count>
bool is_one_of(std::string_view word, const std::array<std::string_view, count>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words used for software and little else.
constexpr auto software_words = std::to_array<std::string_view>(
    {"api",         "app",         "backend",  "branch",     "ci",         "code",     "coding",
     "commit",      "committed",   "deploy",   "deployed",   "deployment", "deploys",  "develop",
     "developing",  "development", "devops",   "frontend",   "merge",      "merged",   "microservice",
     "programming", "pull",        "refactor", "regression", "repository", "software", "sprint"});
/// Teams found only in software.
constexpr auto software_teams =
    std::to_array<std::string_view>({"backend", "ci", "cicd", "coders", "dev", "developer", "developers", "development",
                                     "devops", "devs", "frontend", "mobile", "programmers", "software", "sre", "web"});
/// Teams found elsewhere too; they count if the stream is about software.
constexpr auto shared_teams = std::to_array<std::string_view>(
    {"architects", "architecture", "board",    "cab",        "engineering", "engineers", "infra", "infrastructure",
     "infosec",    "it",           "ops",      "operations", "platform",    "product",   "qa",    "quality",
     "release",    "sec",          "security", "system",     "systems",     "tech",      "test",  "testers",
     "testing"});
constexpr auto software_tools = std::to_array<std::string_view>(
    {"ansible", "argo", "argocd",     "azure",  "bamboo",   "bitbucket", "circleci", "cypress",  "docker",
     "gerrit",  "git",  "github",     "gitlab", "gradle",   "helm",      "jenkins",  "junit",    "kubernetes",
     "maven",   "npm",  "playwright", "pytest", "selenium", "sonarqube", "teamcity", "terraform"});
constexpr auto test_words = std::to_array<std::string_view>({"qa", "retest", "test", "tested", "testing", "tests"});

/// Whether `is_so` holds for any word of the text, in lower case; words are runs of letters.
template <class Test>
bool any_word(std::string_view text, const Test& is_so) {
    const std::string lower = lower_case(text);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; };
    for (std::size_t at = 0; at < lower.size();) {
        std::size_t end = at;
        while (end < lower.size() && letter(lower[end])) ++end;
        if (end > at && is_so(std::string_view(lower).substr(at, end - at))) return true;
        at = end + 1;
    }
    return false;
}

template <std::size_t count>
bool says(std::string_view text, const std::array<std::string_view, count>& words) {
    return any_word(text, [&](std::string_view word) { return is_one_of(word, words); });
}

bool is_test(const ir::Element& element) {
    return says(element.name.value, test_words) || says(element.title.value, test_words);
}

/// Whether work goes to another team and straight back: the steps before and after it in the same body share a team,
/// and neither shares one with it.
bool passed_to_and_fro(const ir::Stream& stream, ElementId id) {
    const ir::Element& element = stream.elements[id];
    const auto& siblings =
        element.parent.valid() ? ir::children_of(stream.elements[element.parent]) : stream.body.elements;
    const auto place = std::find(siblings.begin(), siblings.end(), id);
    const auto step_at = [&](auto at) { return ir::step_of(stream.elements[*at]); };
    const ir::Step *before = nullptr, *after = nullptr;
    for (auto at = place; at != siblings.begin() && before == nullptr;) before = step_at(--at);
    for (auto at = place + 1; at < siblings.end() && after == nullptr; ++at) after = step_at(at);
    const auto* own = ir::step_of(element);
    if (before == nullptr || after == nullptr || own == nullptr || own->teams.empty()) return false;
    const auto shares = [](const ir::Step& a, const ir::Step& b) {
        return std::any_of(a.teams.begin(), a.teams.end(), [&](ir::TeamId team) {
            return std::find(b.teams.begin(), b.teams.end(), team) != b.teams.end();
        });
    };
    return shares(*before, *after) && !shares(*before, *own) && !shares(*own, *after);
}

class Hints {
public:
    Hints(const ir::Model& model, const ir::Stream& stream) : model_(model), stream_(stream) {}

    std::string_view of(ElementId id, Change change) {
        const std::string_view hint = treats(id, change);
        if (hint.empty()) return hint;
        if (!software_) software_ = speaks_of_software() && has_software_team_or_tool();
        const ir::Step& step = *ir::step_of(stream_.elements[id]);
        return *software_ && (has_team(step, software_teams) || has_team(step, shared_teams) || has_tool(step)) ? hint
                                                                                                                : "";
    }

private:
    /// The capability for this lever, assuming the map is about software.
    std::string_view treats(ElementId id, Change change) const {
        const ir::Element& element = stream_.elements[id];
        const auto* step = ir::step_of(element);
        if (step == nullptr) return "";
        if (step->kind == ir::StepKind::approval && change != Change::all_accurate)
            return "streamlining_change_approval";
        if (step->batch > 1 && change == Change::wait_halved) return "working_in_small_batches";
        if (step->kind == ir::StepKind::manual && is_test(element)) return "test_automation";
        if (change != Change::all_accurate && passed_to_and_fro(stream_, id)) return "loosely_coupled_teams";
        return "";
    }

    static bool speaks_of_software(const ir::Stream& stream) {
        const auto of_software = [](const std::string& text) { return says(text, software_words); };
        for (const ir::Text* text : {&stream.name, &stream.title, &stream.trigger})
            if (of_software(text->value)) return true;
        return std::any_of(stream.elements.begin(), stream.elements.end(), [&](const ir::Element& element) {
            return of_software(element.name.value) || of_software(element.title.value);
        });
    }

    /// For a recovery stream, the words of the stream that it recovers count too.
    bool speaks_of_software() const {
        return speaks_of_software(stream_) ||
               (stream_.recovers.valid() && speaks_of_software(model_.streams[stream_.recovers]));
    }

    bool has_software_team_or_tool() const {
        return std::any_of(stream_.elements.begin(), stream_.elements.end(), [&](const ir::Element& element) {
            const auto* step = ir::step_of(element);
            return step != nullptr && (has_team(*step, software_teams) || has_tool(*step));
        });
    }

    template <std::size_t count>
    bool has_team(const ir::Step& step, const std::array<std::string_view, count>& words) const {
        return std::any_of(step.teams.begin(), step.teams.end(), [&](ir::TeamId id) {
            const ir::Team& team = model_.teams[id];
            return says(team.name.value, words) || says(team.title.value, words);
        });
    }

    static bool has_tool(const ir::Step& step) {
        return std::any_of(step.tools.begin(), step.tools.end(),
                           [](const std::string& tool) { return says(tool, software_tools); });
    }

    const ir::Model& model_;
    const ir::Stream& stream_;
    std::optional<bool> software_;
};

}  // namespace

void add_hints(const ir::Model& model, const ir::Stream& stream, std::vector<Lever>& levers) {
    Hints hints(model, stream);
    for (Lever& lever : levers) lever.hint = hints.of(lever.element, lever.change);
}

}  // namespace vsm::runtime
