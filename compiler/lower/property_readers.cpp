#include "compiler/lower/property_readers.h"

#include <algorithm>
#include <array>
#include <span>
#include <type_traits>

#include "base/check.h"
#include "compiler/lower/property_words.h"
#include "compiler/lower/unknown_properties.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

using properties::Kind;
using Target = PropertyContext;
using Value = ast::Value;

/// A property as written, and its target.
struct Written {
    Target& target;
    std::string_view name;
    const Value& value;
    ValueReader& values() const { return target.values; }
};

/// A word from a closed list; reports any other word with the nearest one.
template <class Enum>
std::optional<Enum> one_of(const Written& written, std::span<const std::string_view> words,
                           std::string_view help = {}) {
    const auto& [target, property, value] = written;
    const auto row_of = [&](const ast::Word& word) { return std::find(words.begin(), words.end(), word.text); };
    const auto* written_word = std::get_if<ast::Word>(&value.what);
    if (written_word != nullptr && !value.repaired && row_of(*written_word) != words.end())
        return static_cast<Enum>(row_of(*written_word) - words.begin());
    std::string takes;
    for (std::size_t i = 0; i < words.size(); ++i)
        takes += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
    const auto word = target.values.name(property, value, takes);
    if (!word) return std::nullopt;
    std::optional<std::string_view> near = nearest(word->text, words);
    // Accept the beginning of a longer word: `auto` for `automated`.
    for (const std::string_view one : words)
        if (!near && word->text.size() >= 3 && one.starts_with(word->text)) near = one;
    auto report = target.scope.diagnostics.report(diag::unknown_word, word->range, property, takes, word->text);
    if (!near)
        report.help(help.empty() ? fmt::format("write one of these, such as `{}: {}`", property, words.front())
                                 : std::string(help));
    if (!near) return std::nullopt;
    if (!report.did_you_mean(word->range, word->text, words))
        report.help(fmt::format("did you mean `{}`?", *near)).fix(word->range, std::string(*near));
    return static_cast<Enum>(std::find(words.begin(), words.end(), *near) - words.begin());
}

// ---- one reader for each kind of value; without a result, the value was reported ----

template <Kind kind>
using Is = std::integral_constant<Kind, kind>;

auto read(Is<Kind::text>, const Written& w) { return w.values().text(w.name, w.value); }
auto read(Is<Kind::text_or_name>, const Written& w) { return w.values().text_or_name(w.name, w.value); }
auto read(Is<Kind::link>, const Written& w) { return w.values().link(w.name, w.value); }
auto read(Is<Kind::count>, const Written& w) { return w.values().count(w.name, w.value); }
auto read(Is<Kind::batch>, const Written& w) { return w.values().count(w.name, w.value); }
auto read(Is<Kind::date>, const Written& w) { return w.values().date(w.name, w.value); }
auto read(Is<Kind::rate>, const Written& w) { return w.values().rate(w.name, w.value); }
auto read(Is<Kind::share>, const Written& w) { return w.values().ratio(w.name, w.value); }
auto read(Is<Kind::time>, const Written& w) { return w.values().time(w.name, w.value); }
auto read(Is<Kind::quality>, const Written& w) { return w.values().quality(w.name, w.value); }
auto read(Is<Kind::evidence>, const Written& w) { return w.values().evidence(w.name, w.value); }
auto read(Is<Kind::texts>, const Written& w) { return w.values().texts(w.name, w.value); }
auto read(Is<Kind::teams>, const Written& w) {
    return w.values().names(w.name, w.value, "a team's name or a list of them");
}
auto read(Is<Kind::stream>, const Written& w) { return w.values().name(w.name, w.value, "the name of a stream"); }

auto read(Is<Kind::milestone>, const Written& w) { return one_of<ir::Milestone>(w, words_of(Kind::milestone)); }

auto read(Is<Kind::value_class>, const Written& w) {
    return one_of<ir::ValueClass>(w, words_of(Kind::value_class),
                                  "`va` adds value, `nnva` does not but is necessary, `nva` is waste");
}

auto read(Is<Kind::step_kind>, const Written& w) {
    const auto kind = one_of<ir::StepKind>(w, words_of(Kind::step_kind));
    // It may have been `external`, which needs no process time.
    if (!kind) w.target.draft->element.change().damaged = true;
    return kind;
}

auto read(Is<Kind::untimed>, const Written& w) {
    // Only one value is possible; a wrong one is reported and read as that value.
    constexpr std::array<std::string_view, 1> unknown{"unknown"};
    one_of<int>(w, unknown);
    return std::optional(true);
}

auto read(Is<Kind::calendar>, const Written& w) {
    const auto calendar = w.values().calendar(w.value);
    if (calendar) w.target.stream->calendar_given = true;
    return calendar;
}

auto read(Is<Kind::demand>, const Written& w) {
    const auto rate = w.values().rate(w.name, w.value);
    // A demand was intended, so its absence is not reported.
    if (!rate) w.target.stream->damaged = true;
    return rate;
}

auto read(Is<Kind::due_date>, const Written& w) {
    const auto date = w.values().date(w.name, w.value);
    if (date) w.target.kaizen->due_range = w.value.range;
    return date;
}

auto read(Is<Kind::after>, const Written& w) {
    std::vector<After> after;
    for (ast::Word& name : w.values().names(w.name, w.value, "the name of an element, a list of them, or `start`"))
        after.push_back({name, std::nullopt, name.text == "start"});
    w.target.draft->after_range = w.value.range;
    return after;
}

std::optional<Ratio> read(Is<Kind::branch_share>, const Written& w) {
    ir::Element& element = w.target.draft->element.change();
    auto* branch = std::get_if<ir::Branch>(&element.what);
    VSM_CHECK(branch != nullptr);
    if (branch->share && !w.target.change) {
        w.target.scope.diagnostics.report(diag::duplicate_property, w.value.range, w.name)
            .label(branch->share_range, "first given here")
            .help("keep one of them");
        return std::nullopt;
    }
    const auto share = w.values().ratio(w.name, w.value);
    if (share)
        branch->share_range = w.value.range;
    else
        element.damaged = true;
    return share;
}

std::optional<Ratio> read(Is<Kind::availability>, const Written& w) {
    const auto share = w.values().ratio(w.name, w.value);
    if (!share || share->parts > 0) return share;
    w.target.scope.diagnostics.report(diag::never_available, w.value.range, "0%")
        .help("write the part of its working time that the team has for this, or omit `available` if it is "
              "not known");
    return std::nullopt;
}

std::optional<Rate> read(Is<Kind::cost>, const Written& w) {
    const auto* rate = std::get_if<ast::RateValue>(&w.value.what);
    if (rate == nullptr || rate->parts.size() != 1 || rate->parts[0].unit.text == "h" || w.value.repaired)
        return w.values().rate(w.name, w.value);
    w.values().wrong(w.name, w.value, "money per hour of work, such as `90/h`",
                     Meaning{"write the money for one hour of work: `90/h`", {}});
    return std::nullopt;
}

std::optional<ir::Text> read(Is<Kind::capability>, const Written& w) {
    const auto word = w.values().name(w.name, w.value, "the name of a DORA capability");
    if (!word) return std::nullopt;
    if (std::find(capabilities.begin(), capabilities.end(), word->text) == capabilities.end()) {
        auto report = w.target.scope.diagnostics.report(diag::unknown_capability, word->range, word->text);
        if (!report.did_you_mean(word->range, word->text, capabilities))
            report.help("docs/language.md lists them, for example `test_automation`");
    }
    return ir::Text{word->text, word->range};
}

// ---- where a value is written ----

ir::Stream& object(Target& target, ir::Stream*) { return *target.stream; }
ir::Element& object(Target& target, ir::Element*) { return target.draft->element.change(); }
ir::Timings& object(Target& target, ir::Timings*) { return *target.timings; }
[[maybe_unused]] ir::Repair& object(Target& target, ir::Repair*) { return *target.repair; }
ir::Team& object(Target& target, ir::Team*) { return *target.team; }
ir::Kaizen& object(Target& target, ir::Kaizen*) { return *target.kaizen; }
ir::Step& object(Target& target, ir::Step*) { return *ir::change_step(target.draft->element.change()); }
ir::Branch& object(Target& target, ir::Branch*) { return std::get<ir::Branch>(target.draft->element.change().what); }

/// References are kept as names until they are resolved; all other values in the member of the model.
template <Kind kind, class Object, class Member>
auto& storage(Target& target, Member Object::* member) {
    if constexpr (kind == Kind::teams)
        return *target.teams;
    else if constexpr (kind == Kind::after)
        return target.draft->after;
    else if constexpr (kind == Kind::stream)
        return *target.recovers;
    else
        return object(target, static_cast<Object*>(nullptr)).*member;
}

template <class T>
void assign(T& to, T read) {
    to = std::move(read);
}
template <class T>
void assign(T& to, std::optional<T> read) {
    if (read) to = std::move(*read);
}
template <class T>
void assign(std::optional<T>& to, T read) {
    to = std::move(read);
}
template <class T>
void assign(std::optional<T>& to, std::optional<T> read) {
    if (read) to = std::move(read);
}

template <Kind kind, auto member>
void set(const Written& written) {
    auto value = read(Is<kind>{}, written);
    assign(storage<kind>(written.target, member), std::move(value));
}

template <class Object, class Member>
Member unwritten(Member Object::* member) {
    return Object{}.*member;
}

template <Kind kind, auto member>
void unset(Target& target) {
    auto& kept = storage<kind>(target, member);
    if constexpr (std::is_same_v<std::remove_reference_t<decltype(kept)>, decltype(unwritten(member))>)
        kept = unwritten(member);
    else
        kept = {};
}

struct Writer {
    void (*set)(const Written&);
    void (*unset)(Target&);
};

constexpr std::array<Writer, properties::rows.size()> writers{{
#define VSM_PROPERTY(name, places, kind, owner, member, ...) \
    {set<Kind::kind, &ir::owner::member>, unset<Kind::kind, &ir::owner::member>},
#include "ir/properties/properties.def"
#undef VSM_PROPERTY
}};

bool is_none(const Value& value) {
    const auto* word = std::get_if<ast::Word>(&value.what);
    return word != nullptr && word->text == "none";
}

void add_extra(Target& target, const ast::Property& property) {
    ir::Extra extra{{property.name.text, property.name.range}, {}, false};
    if (target.values.refuses_phrase(property.name.text, property.value)) return;
    const auto shown = [](const Value& value) {
        const auto* text = std::get_if<ast::Text>(&value.what);
        return text != nullptr ? text->value : text_of(value);
    };
    if (const auto* list = std::get_if<ast::ListValue>(&property.value.what)) {
        extra.list = true;
        for (const Value& value : list->values) extra.values.push_back(shown(value));
    } else {
        extra.values.push_back(shown(property.value));
    }
    // A block has each only once, but a change may replace an existing one.
    if (target.change)
        std::erase_if(*target.extras, [&](const ir::Extra& old) { return old.name.value == extra.name.value; });
    if (!(target.change && is_none(property.value))) target.extras->push_back(std::move(extra));
}

}  // namespace

void set_property(PropertyContext& target, const ast::Property& property, GivenProperties& given) {
    if (!property.name.given()) return;
    const auto [first, fresh] = given.try_emplace(property.name.text, property.name.range);
    if (!fresh) {
        target.scope.diagnostics.report(diag::duplicate_property, property.name.range, property.name.text)
            .label(first->second, "first given here")
            .help("keep one of them");
        return;
    }
    if (is_own_name(property.name.text) && target.extras != nullptr) return add_extra(target, property);
    const properties::Row* row = properties::find_row(target.place, property.name.text);
    if (row == nullptr) row = report_unknown(target, property);
    if (row == nullptr) return;
    const Writer& writer = writers[static_cast<std::size_t>(row - properties::rows.data())];
    if (target.change && is_none(property.value) && row->unset) return writer.unset(target);
    writer.set({target, row->name, property.value});
}

}  // namespace vsm::lower
