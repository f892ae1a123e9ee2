#include "cli/args/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"

namespace vsm::cli {
namespace {

std::string_view without_blanks_around(std::string_view text) {
    constexpr std::string_view blanks = " \t\n\r\f\v";
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks) + 1;
    return text.substr(begin, end > begin ? end - begin : 0);
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string guess = did_you_mean(word, views);
    return guess.empty() ? std::string() : "; " + guess;
}

std::string suggestion_or_list(std::string_view word, const std::vector<std::string>& known) {
    const std::string guess = suggestion(word, known);
    return !guess.empty() ? guess : fmt::format("; there are {}", fmt::join(known, ", "));
}

std::string listed(const std::vector<std::string>& words) {
    std::string list = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) list += (i + 1 == words.size() ? " or " : ", ") + words[i];
    return list;
}

std::string not_one_of(std::string_view flag, std::string_view found, const std::vector<std::string>& words) {
    return fmt::format("{} takes {}, found `{}`{}", flag, listed(words), found, suggestion(found, words));
}

UsageError read_list(std::string_view flag, std::string_view example, const std::vector<std::string>& given,
                     std::vector<std::string>& words) {
    for (const std::string& list : given) {
        std::istringstream parts(list + ',');
        for (std::string part; std::getline(parts, part, ',');) {
            const std::string word(without_blanks_around(part));
            if (word.empty())
                return fmt::format("{} takes one or several with commas, such as `{}`, found an empty one in `{}`",
                                   flag, example, list);
            if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
        }
    }
    return std::nullopt;
}

std::optional<Severity> read_level(const std::string& word, bool& off) {
    off = word == "off" || word == "never";
    if (word == "error") return Severity::error;
    if (word == "warning") return Severity::warning;
    if (word == "note") return Severity::note;
    return std::nullopt;
}

std::vector<std::string> output_names() {
    std::vector<std::string> names;
    for (const backends::Backend& backend : backends::all_backends()) names.emplace_back(backend.name);
    return names;
}

UsageError read_outputs(const std::vector<std::string>& given, Backends& outputs) {
    std::vector<std::string> names;
    if (const UsageError wrong = read_list("-t", "mermaid,svg", given, names)) return wrong;
    for (const std::string& name : names) {
        const backends::Backend* backend = backends::find_backend(name);
        if (backend == nullptr)
            return fmt::format("no output is called `{}`{}", name, suggestion_or_list(name, output_names()));
        if (std::find(outputs.begin(), outputs.end(), backend) == outputs.end()) outputs.push_back(backend);
    }
    return std::nullopt;
}

std::vector<std::string> diagnostic_names(bool rules_only) {
    std::vector<std::string> names;
    for (const DiagnosticInfo& info : all_diagnostics())
        if (!rules_only || info.rule_class != RuleClass::none) names.emplace_back(info.name);
    return names;
}

}  // namespace vsm::cli
