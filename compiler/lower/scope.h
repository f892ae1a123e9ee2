// The meaning of a file's names while it is lowered. Private to compiler/lower.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "compiler/lower/draft.h"
#include "compiler/lower/values/typed_values.h"
#include "diag/lower.h"
#include "ir/model.h"

namespace vsm::lower {

/// A declared name: its id, its place and its spelling.
template <class IdType>
struct Declared {
    IdType id;
    SourceRange range;
    std::string name;
};

template <class IdType>
using Names =
    std::map<std::string, Declared<IdType>>;  ///< by name in lower case: names that differ only in case are the same

/// The names of a scope, as written.
template <class IdType>
std::vector<std::string_view> written(const Names<IdType>& names) {
    std::vector<std::string_view> all;
    for (const auto& [key, declared] : names) all.push_back(declared.name);
    return all;
}

/// Adds a name; reports a duplicate at the later place, with the first one labelled. Returns false only for a
/// duplicate; the same declaration seen twice is none.
template <class IdType>
bool declare(Names<IdType>& names, const std::string& name, SourceRange range, IdType id, Diagnostics& diagnostics) {
    const auto [found, added] = names.try_emplace(lower_case(name), Declared<IdType>{id, range, name});
    if (added || found->second.range == range) return true;
    SourceRange first = found->second.range, second = range;
    std::string_view first_name = found->second.name, second_name = name;
    // An edit may put the later text before the earlier one.
    if (first.file == second.file && second < first) {
        std::swap(first, second);
        std::swap(first_name, second_name);
    }
    diagnostics.report(diag::duplicate_name, second, second_name)
        .label(first,
               first_name == second_name ? "first used here" : fmt::format("`{}` differs only in case", first_name))
        .help("rename one of them");
    return false;
}

/// Limit for elements of one map and everything that it imports, not counting those that a future shares with its base.
/// The first element beyond the limit is reported.
inline constexpr std::size_t most_elements = 100'000;
/// Limit for streams and futures, likewise: each is measured, compared with its targets and reported separately.
inline constexpr std::size_t most_streams = 4'000;

/// The state shared while one file is lowered.
struct Scope {
    ir::Model& model;
    Diagnostics& diagnostics;
    Names<ir::TeamId> teams;
    Names<ir::StreamId> streams;
    bool teams_declared = false;
    bool imported = false;  ///< the file is an import of the map
    bool incomplete =
        false;              ///< part of the file or of an import could not be parsed: teams and streams may be missing
    DraftKey next_key = 1;  ///< one more than the number of elements created before
    bool crowded = false;   ///< more streams than a map may have (reported)
    /// Whether the map has more than it may (reported): the rest is not lowered.
    bool full() const { return crowded || next_key > most_elements + 1; }
};

/// What may explain a name that is not found.
struct Namesakes {
    bool incomplete =
        false;  ///< a declaration could not be parsed (already reported), so an unknown name may be declared
    struct Nameless {
        std::string title;
        SourceRange range;
    };
    std::vector<Nameless> nameless;  ///< elements with a title but no name
};

/// Help for a name that is not found and is not similar to any of `known`: lists these names, or shows how to declare
/// it.
std::string other_names(std::string_view kind, std::string_view name, const std::vector<std::string_view>& known);

constexpr std::size_t most_guesses = 300;

/// Returns the id of a name. Reports an unknown name, calling it a `kind`, and returns the most similar one except
/// `itself`; a name that differs only in case counts as that one. Reports nothing if none is similar and declarations
/// may be missing. After `most_guesses` errors it no longer searches for similar names, which takes time.
template <class IdType>
IdType find(const Names<IdType>& names, const ast::Word& name, std::string_view kind, Diagnostics& diagnostics,
            const Namesakes& others = {}, std::string_view itself = {}) {
    if (!name.given()) return {};
    const auto found = names.find(lower_case(name.text));
    if (found != names.end() && found->second.name == name.text) return found->second.id;
    if (found == names.end() && diagnostics.error_count() >= most_guesses) {
        diagnostics.report(diag::unknown_name, name.range, kind, name.text);
        return {};
    }
    std::vector<std::string_view> candidates = written(names);
    std::erase(candidates, itself);
    auto near = nearest(name.text, candidates);
    if (found != names.end()) near = found->second.name;
    // A title that contains the word is a better guess than a much longer name that begins with it.
    const auto titled =
        std::find_if(others.nameless.begin(), others.nameless.end(), [&](const Namesakes::Nameless& one) {
            return lower_case(one.title).find(lower_case(name.text)) != std::string::npos;
        });
    if (titled != others.nameless.end() && near && near->size() > name.text.size() + 2) near.reset();
    if (!near && others.incomplete) return {};
    auto report = diagnostics.report(diag::unknown_name, name.range, kind, name.text);
    if (!near) {
        report.help(other_names(kind, name.text, candidates));
        if (titled != others.nameless.end())
            report.label(titled->range, "this has a title but no name")
                .help(fmt::format("give it the name `{}` before its title", name.text));
        return {};
    }
    const auto& meant = names.at(lower_case(*near));
    report.help(fmt::format("did you mean `{}`?", *near)).label(meant.range, "declared here");
    if (found != names.end() || is_misspelling(name.text, *near, candidates))
        report.fix(name.range, std::string(*near));
    return meant.id;
}

}  // namespace vsm::lower
