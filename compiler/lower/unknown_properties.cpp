#include "compiler/lower/unknown_properties.h"

#include <algorithm>

#include "compiler/lower/meanings/other_names.h"
#include "compiler/lower/property_words.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

using Target = PropertyContext;
using Value = ast::Value;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// A name of its own for a fact that has none here: `x_size_of_batch`.
std::string own_name(std::string_view name) {
    std::string own = name.starts_with("x_") ? "" : "x_";
    for (const char c : name) {
        if (is_name_character(c))
            own += c;
        else if (!own.ends_with('_'))
            own += '_';
    }
    return own;
}

std::string places_of(std::string_view name) {
    std::vector<std::string_view> found;
    for (const Place place : properties::all_places)
        if (has_property(place, name)) found.push_back(article_name(place));
    std::string text;
    for (std::size_t i = 0; i < found.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? "" : i + 1 == found.size() ? " or " : ", ", found[i]);
    return text;
}

bool holds_time(const Value& value) {
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (span != nullptr) return span->parts.front().kind == ast::Amount::Kind::quantity;
    return std::holds_alternative<ast::Unknown>(value.what) ||
           std::holds_alternative<ast::DistributionValue>(value.what);
}

/// Whether a property of a wait or queue may be meant for its amount, which is no property.
bool holds_amount(Place place, const ast::Property& property) {
    if (has_property(on_step, property.name.text)) return true;
    if (place == on_wait) return holds_time(property.value);
    const auto* span = std::get_if<ast::SpanValue>(&property.value.what);
    return span != nullptr && span->parts.front().kind == ast::Amount::Kind::number;
}

/// `automated: true`: a value of another property, written as a property.
struct Flag {
    std::string_view property;
    std::string_view word;
};
std::optional<Flag> flag_called(Place place, std::string_view bare) {
    for (const properties::Row& row : properties::rows) {
        if ((row.places & place) == 0) continue;
        const auto words = words_of(row.kind);
        const auto found = std::find(words.begin(), words.end(), bare);
        if (found != words.end()) return Flag{row.name, *found};
    }
    return std::nullopt;
}

bool is_yes(const Value& value) {
    const auto* word = std::get_if<ast::Word>(&value.what);
    return word != nullptr &&
           (word->text == "true" || word->text == "yes" || word->text == "on" || word->text == "True" ||
            word->text == "TRUE" || word->text == "Yes" || word->text == "YES");
}

struct Meant {
    std::string_view property;
    bool sure = true;  ///< certain enough for a fix
};
/// The property of this place that a name means; if it could mean several, `help` lists them.
std::optional<Meant> property_meant(Place place, std::string_view name, const std::vector<std::string_view>& known,
                                    std::string& help) {
    const std::string bare = bare_name(name);
    for (const std::string_view one : known)
        if (bare_name(one) == bare) return Meant{one};
    std::vector<std::string_view> same = properties_called(bare);
    std::erase_if(same, [&](std::string_view one) { return !has_property(place, one); });
    if (same.size() == 1) return Meant{same.front()};
    for (const std::string_view one : same) help += fmt::format("{}`{}`", help.empty() ? "" : " or ", one);
    if (!help.empty()) {
        help = fmt::format("did you mean {}?{}", help,
                           same.front() == "process" ? " `process` is hands-on time, `lead` is wait + process" : "");
        return std::nullopt;
    }
    const auto near = nearest(name, known);
    return near ? std::optional(Meant{*near, is_misspelling(name, *near, known)}) : std::nullopt;
}

/// Help for a name that matches no property of this place.
std::string help_for_unknown(Target& target, const ast::Property& property,
                             const std::vector<std::string_view>& known) {
    const std::string& name = property.name.text;
    const std::string bare = bare_name(name);
    if (target.place == on_future && (bare == "by" || bare == "due" || bare == "date" || bare == "until"))
        return "it follows the stream: `future NAME of STREAM by 2027-03-31 {`";
    if (target.place == on_kaizen && name == "team") return "the person responsible for a kaizen is its `owner`";
    if (target.place == on_kaizen && has_property(on_step, name))
        return fmt::format("a kaizen of a future changes it with an edit: `change NAME {{ {}: … }}`", name);
    if (const std::string elsewhere = places_of(name); !elsewhere.empty())
        return fmt::format("it belongs to {}{}", elsewhere,
                           name == "owner" && target.place == on_step ? "; the people who do a step are its `team`"
                                                                      : "");
    if (const std::string_view statement = statement_for(bare);
        !statement.empty() && target.place != on_team && target.place != on_kaizen) {
        if (target.stream != nullptr) target.stream->damaged = true;  // its steps may be written this way
        return std::string(statement);
    }
    if (name.starts_with("x_") && target.extras != nullptr) {
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        const std::string first(name.begin(), std::find_if_not(name.begin(), name.end(), is_name_character));
        return fmt::format("the name of a fact of your own is one word: `{}: VALUE`, or `{}`", first, own_name(name));
    }
    if (target.place == on_future) return "a future contains edits, such as `change NAME { lead: 1h }`";
    if (target.timings != nullptr && holds_time(property.value)) {
        // It may be the missing time.
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        return "the times are `process` (hands-on), `wait` (before it starts) and `lead` (their sum)";
    }
    if ((target.place & (on_stream | on_stage | on_step)) != 0) {
        return fmt::format("to show a fact of your own, name it `{}`", own_name(name));
    }
    std::string list;
    for (const std::string_view one : known) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", one);
    return list.empty() ? list : fmt::format("it takes {}", list);
}

bool is_given(const Target& target, std::string_view name) {
    return target.block != nullptr &&
           std::any_of(target.block->items.begin(), target.block->items.end(), [&](const ast::Item& item) {
               const auto* property = item.property();
               return property != nullptr && property->name.text == name;
           });
}

}  // namespace

bool is_own_name(std::string_view name) {
    return name.starts_with("x_") && std::all_of(name.begin(), name.end(), [](char c) {
               return is_name_character(c) || static_cast<unsigned char>(c) >= 0x80;  // reported by the parser
           });
}

const properties::Row* report_unknown(Target& target, const ast::Property& property) {
    const ast::Word& name = property.name;
    if (property.without_colon)
        if (const auto* row = properties::find_row(target.place, properties::misspelt_property(name.text)))
            return is_given(target, row->name) ? nullptr : row;  // reported with the colon
    const std::vector<std::string_view> known = properties::names_in_order(target.place);
    auto report =
        target.scope.diagnostics.report(diag::unknown_property, name.range, article_name(target.place), name.text);
    if (const auto flag = flag_called(target.place, bare_name(name.text))) {
        report.help(fmt::format("write `{}: {}`{}", flag->property, flag->word,
                                is_yes(property.value) ? "" : ", or remove it"));
        if (is_yes(property.value)) report.fix(property.range, fmt::format("{}: {}", flag->property, flag->word));
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        return nullptr;
    }
    if (const std::size_t bracket = name.text.find_first_of("(["); bracket != std::string::npos) {
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        std::string plain = name.text.substr(0, bracket);
        while (!plain.empty() && plain.back() == ' ') plain.pop_back();
        report.help(fmt::format("a name has no brackets; a unit follows its number, as in `{}: 3h`", plain));
        return nullptr;
    }
    std::string choice;
    const auto near =
        places_of(name.text).empty() ? property_meant(target.place, name.text, known, choice) : std::nullopt;
    if (near) {
        report.help(fmt::format("did you mean `{}`?", near->property));
        if (near->sure) report.fix(name.range, std::string(near->property));
        return is_given(target, near->property) ? nullptr : properties::find_row(target.place, near->property);
    }
    if (!choice.empty()) {
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        report.help(choice);
        return nullptr;
    }
    if ((target.place & (on_wait | on_queue)) != 0 && holds_amount(target.place, property)) {
        // a future changes the amount by replacing the element
        const bool wait = target.place == on_wait;
        report.help(
            fmt::format("{0} follows the name, `{1} NAME {2}`; in a future, write `replace NAME with {1} NAME {2}`",
                        wait ? "the time of a wait" : "the number of items of a queue", wait ? "wait" : "queue",
                        wait ? "1w" : "12"));
        return nullptr;
    }
    if (std::string help = help_for_unknown(target, property, known); !help.empty()) report.help(std::move(help));
    return nullptr;
}

}  // namespace vsm::lower
