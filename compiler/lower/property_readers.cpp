#include "compiler/lower/property_readers.h"

#include <algorithm>
#include <array>

#include "base/diagnostics/codes.h"
#include "compiler/lower/meanings/other_names.h"

namespace vsm::lower {
namespace {

using Target = PropertyTarget;
using Value = ast::Value;

template <class T>
void assign(T& member, std::optional<T> read) {
    if (read) member = std::move(*read);
}
template <class T>
void assign(std::optional<T>& member, std::optional<T> read) {
    if (read) member = std::move(read);
}

ir::Step& step_of(Target& target) { return *ir::change_step(target.draft->element.change()); }

/// A word from a closed list; reports any other word with the nearest one.
template <class Enum, std::size_t N>
std::optional<Enum> one_of(Target& target, std::string_view property, const Value& value,
                           const std::array<std::string_view, N>& words, std::string_view help = {}) {
    std::string takes;
    for (std::size_t i = 0; i < N; ++i)
        takes += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == N ? " or " : ", ", words[i]);
    const auto word = target.values.name(property, value, takes);
    if (!word) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), word->text);
    if (found != words.end()) return static_cast<Enum>(found - words.begin());
    auto near = nearest(word->text, words);
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

constexpr std::array<std::string_view, 4> step_kinds{"manual", "automated", "approval", "external"};
constexpr std::array<std::string_view, 3> value_classes{"va", "nnva", "nva"};
constexpr std::array<std::string_view, 2> milestones{"commit", "production"};

/// The capabilities of the DORA Core model (dora.dev/capabilities), in our spelling.
constexpr std::array<std::string_view, 34> capabilities{"ai_accessible_internal_data",
                                                        "clear_and_communicated_ai_stance",
                                                        "code_maintainability",
                                                        "continuous_delivery",
                                                        "continuous_integration",
                                                        "customer_feedback",
                                                        "database_change_management",
                                                        "deployment_automation",
                                                        "documentation_quality",
                                                        "empowering_teams_to_choose_tools",
                                                        "flexible_infrastructure",
                                                        "generative_organizational_culture",
                                                        "healthy_data_ecosystems",
                                                        "job_satisfaction",
                                                        "learning_culture",
                                                        "loosely_coupled_teams",
                                                        "monitoring_and_observability",
                                                        "monitoring_systems_to_inform_business_decisions",
                                                        "pervasive_security",
                                                        "platform_engineering",
                                                        "proactive_failure_notification",
                                                        "streamlining_change_approval",
                                                        "team_experimentation",
                                                        "test_automation",
                                                        "test_data_management",
                                                        "transformational_leadership",
                                                        "trunk_based_development",
                                                        "user_centric_focus",
                                                        "version_control",
                                                        "visibility_of_work_in_the_value_stream",
                                                        "visual_management",
                                                        "well_being",
                                                        "work_in_process_limits",
                                                        "working_in_small_batches"};

void set_calendar(Target& target, const Value& value) {
    if (const auto read = target.values.calendar(value)) {
        target.stream->calendar = *read;
        target.stream->calendar_given = true;
    }
}

void set_demand(Target& target, const Value& value) {
    assign(target.stream->demand, target.values.rate("demand", value));
    // A demand was intended, so its absence is not reported.
    if (!target.stream->demand) target.stream->damaged = true;
}

void set_recovers(Target& target, const Value& value) {
    if (const auto read = target.values.name("recovers", value, "the name of a stream")) *target.recovers = *read;
}

void set_timings_unknown(Target& target, const Value& value) {
    // Only one value is possible; a wrong one is reported and read as that value.
    one_of<int>(target, "timings", value, std::array<std::string_view, 1>{"unknown"});
    target.stream->timings_unknown = true;
}

void set_kind(Target& target, const Value& value) {
    const auto kind = one_of<ir::StepKind>(target, "kind", value, step_kinds);
    assign(step_of(target).kind, kind);
    // It may have been `external`, which needs no process time.
    if (!kind) target.draft->element.change().damaged = true;
}

void set_after(Target& target, const Value& value) {
    std::vector<After> after;
    for (ast::Word& name : target.values.names("after", value, "the name of an element, a list of them, or `start`"))
        after.push_back({name, std::nullopt, name.text == "start"});
    target.draft->after = std::move(after);
    target.draft->after_range = value.range;
}

void set_share(Target& target, const Value& value) {
    auto* branch = std::get_if<ir::Branch>(&target.draft->element.change().what);
    if (branch == nullptr) return;
    if (branch->share && !target.change) {
        target.scope.diagnostics.report(diag::duplicate_property, value.range, "share")
            .label(branch->share_range, "first given here")
            .help("keep one of them");
        return;
    }
    const auto read = target.values.ratio("share", value);
    if (!read) {
        target.draft->element.change().damaged = true;
        return;
    }
    branch->share = read;
    branch->share_range = value.range;
}

void set_capability(Target& target, const Value& value) {
    const auto word = target.values.name("capability", value, "the name of a DORA capability");
    if (!word) return;
    target.kaizen->capability = {word->text, word->range};
    if (std::find(capabilities.begin(), capabilities.end(), word->text) != capabilities.end()) return;
    auto report = target.scope.diagnostics.report(diag::unknown_capability, word->range, word->text);
    if (!report.did_you_mean(word->range, word->text, capabilities))
        report.help("they are listed in docs/language.md, for example `test_automation`");
}

void set_due(Target& target, const Value& value) {
    if (const auto read = target.values.date("due", value)) {
        target.kaizen->due = read;
        target.kaizen->due_range = value.range;
    }
}

void set_link(Target& target, const Value& value) {
    ir::Text& link = target.team != nullptr     ? target.team->link
                     : target.kaizen != nullptr ? target.kaizen->link
                     : target.draft != nullptr  ? target.draft->element.change().link
                                                : target.stream->link;
    assign(link, target.values.link("link", value));
}

void set_cost(Target& target, const Value& value) {
    const auto* rate = std::get_if<ast::RateValue>(&value.what);
    if (rate != nullptr && rate->parts.size() == 1 && rate->parts[0].unit.text != "h" && !value.repaired) {
        target.values.wrong("cost", value, "money per hour of work, such as `90/h`",
                            Meaning{"write the money for one hour of work: `90/h`", {}});
        return;
    }
    assign(target.team->cost, target.values.rate("cost", value));
}

void set_available(Target& target, const Value& value) {
    const auto read = target.values.ratio("available", value);
    if (read && read->parts == 0) {
        target.scope.diagnostics.report(diag::never_available, value.range, "0%")
            .help("write the part of its working time that the team has for this, or leave `available` out if it is "
                  "not known");
        return;
    }
    assign(target.team->available, read);
}

template <class T>
void unset(T& member) {
    member = T{};
}

/// How to write a property, and how `none` in a `change` unsets it (null: not possible).
struct Writer {
    std::string_view name;
    void (*set)(Target&, const Value&);
    void (*clear)(Target&) = nullptr;
};

/// One writer for each row of the table.
constexpr auto writers = std::to_array<Writer>({
    {"outcome", [](Target& t, const Value& v) { assign(t.stream->outcome, t.values.text("outcome", v)); }},
    {"owner", [](Target& t, const Value& v) { assign(t.stream->owner, t.values.text_or_name("owner", v)); }},
    {"trigger", [](Target& t, const Value& v) { assign(t.stream->trigger, t.values.text("trigger", v)); }},
    {"customer", [](Target& t, const Value& v) { assign(t.stream->customer, t.values.text("customer", v)); }},
    {"supplier", [](Target& t, const Value& v) { assign(t.stream->supplier, t.values.text("supplier", v)); }},
    {"calendar", set_calendar},
    {"demand", set_demand},
    {"reviewed", [](Target& t, const Value& v) { assign(t.stream->reviewed, t.values.date("reviewed", v)); }},
    {"recovers", set_recovers},
    {"change_failure", [](Target& t, const Value& v) { assign(t.stream->change_failure, t.values.ratio("change_failure", v)); }},
    {"deploys", [](Target& t, const Value& v) { assign(t.stream->deploys, t.values.rate("deploys", v)); }},
    {"timings", set_timings_unknown},
    {"team", [](Target& t, const Value& v) { *t.teams = t.values.names("team", v, "a team's name or a list of them"); }, [](Target& t) { unset(*t.teams); }},
    {"kind", set_kind, [](Target& t) { unset(step_of(t).kind); }},
    {"process", [](Target& t, const Value& v) { assign(t.timings->process, t.values.time("process", v)); }, [](Target& t) { unset(t.timings->process); }},
    {"wait", [](Target& t, const Value& v) { assign(t.timings->wait, t.values.time("wait", v)); }, [](Target& t) { unset(t.timings->wait); }},
    {"lead", [](Target& t, const Value& v) { assign(t.timings->lead, t.values.time("lead", v)); }, [](Target& t) { unset(t.timings->lead); }},
    {"ca", [](Target& t, const Value& v) { assign(step_of(t).quality, t.values.quality("ca", v)); }, [](Target& t) { unset(step_of(t).quality); }},
    {"class", [](Target& t, const Value& v) { assign(step_of(t).value_class, one_of<ir::ValueClass>(t, "class", v, value_classes, "`va` adds value, `nnva` adds none and is necessary, `nva` is waste")); }, [](Target& t) { unset(step_of(t).value_class); }},
    {"people", [](Target& t, const Value& v) { assign(step_of(t).people, t.values.count("people", v)); }, [](Target& t) { unset(step_of(t).people); }},
    {"batch", [](Target& t, const Value& v) { assign(step_of(t).batch, t.values.count("batch", v)); }, [](Target& t) { step_of(t).batch = 1; }},
    {"wip", [](Target& t, const Value& v) { assign(step_of(t).wip, t.values.count("wip", v)); }, [](Target& t) { unset(step_of(t).wip); }},
    {"tool", [](Target& t, const Value& v) { step_of(t).tools = t.values.texts("tool", v); }, [](Target& t) { unset(step_of(t).tools); }},
    {"milestone", [](Target& t, const Value& v) { assign(step_of(t).milestone, one_of<ir::Milestone>(t, "milestone", v, milestones)); }, [](Target& t) { unset(step_of(t).milestone); }},
    {"measured", [](Target& t, const Value& v) { assign(step_of(t).measured, t.values.evidence("measured", v)); }, [](Target& t) { unset(step_of(t).measured); }},
    {"estimated", [](Target& t, const Value& v) { assign(step_of(t).estimated, t.values.evidence("estimated", v)); }, [](Target& t) { unset(step_of(t).estimated); }},
    {"after", set_after, [](Target& t) { unset(t.draft->after); }},
    {"share", set_share, [](Target& t) { unset(std::get_if<ir::Branch>(&t.draft->element.change().what)->share); }},
    {"people", [](Target& t, const Value& v) { assign(t.team->people, t.values.count("people", v)); }},
    {"available", set_available},
    {"cost", set_cost},
    {"owner", [](Target& t, const Value& v) { assign(t.kaizen->owner, t.values.text_or_name("owner", v)); }},
    {"due", set_due},
    {"capability", set_capability},
    {"link", set_link,
     [](Target& t) { if (t.draft != nullptr) unset(t.draft->element.change().link); }},
});

constexpr bool writers_fit() {
    for (std::size_t i = 0; i < writers.size() && i < ast::property_rows.size(); ++i)
        if (writers[i].name != ast::property_rows[i].name) return false;
    return writers.size() == ast::property_rows.size();
}
static_assert(writers_fit(), "each row of compiler/ast/property_table.h has its writer, in the same order");

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_none(const Value& value) {
    const auto* word = std::get_if<ast::Word>(&value.what);
    return word != nullptr && word->text == "none";
}

const Writer* find_writer(Place place, std::string_view name) {
    for (std::size_t i = 0; i < writers.size(); ++i)
        if ((ast::property_rows[i].places & place) != 0 && writers[i].name == name) return &writers[i];
    return nullptr;
}

std::string places_of(std::string_view name) {
    constexpr std::array all{on_stream, on_stage, on_step,   on_parallel, on_choose, on_branch,
                             on_wait,   on_queue, on_rework, on_team,     on_kaizen};
    std::vector<std::string_view> found;
    for (const Place place : all)
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

/// `automated: true`: a value of another property, written as a property.
struct Flag {
    std::string_view property;
    std::string_view word;
};
std::optional<Flag> flag_called(Place place, std::string_view bare) {
    const auto among = [&](std::string_view property, const auto& words) -> std::optional<Flag> {
        const auto found = std::find(words.begin(), words.end(), bare);
        return found == words.end() || !has_property(place, property) ? std::nullopt
                                                                      : std::optional(Flag{property, *found});
    };
    if (auto kind = among("kind", step_kinds)) return kind;
    if (auto value_class = among("class", value_classes)) return value_class;
    return among("milestone", milestones);
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
        help =
            fmt::format("did you mean {}?{}", help,
                        same.front() == "process" ? " `process` is hands-on time, `lead` all the time it takes" : "");
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
        return "it stands behind the stream: `future NAME of STREAM by 2027-03-31 {`";
    if (target.place == on_kaizen && name == "team") return "who answers for a kaizen is its `owner`";
    if (target.place == on_kaizen && has_property(on_step, name))
        return fmt::format("a kaizen of a future changes it by an edit: `change NAME {{ {}: … }}`", name);
    if (const std::string elsewhere = places_of(name); !elsewhere.empty())
        return fmt::format("it stands on {}{}", elsewhere,
                           name == "owner" && target.place == on_step ? "; who does a step is its `team`" : "");
    if (const std::string_view statement = statement_for(bare);
        !statement.empty() && target.place != on_team && target.place != on_kaizen) {
        if (target.stream != nullptr) target.stream->damaged = true;  // its steps may be written this way
        return std::string(statement);
    }
    if (target.place == on_future) return "a future holds edits, such as `change NAME { lead: 1h }`";
    if (target.timings != nullptr && holds_time(property.value)) {
        // It may be the missing time.
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        return "times are called `process` (hands-on), `wait` (before it starts) and `lead` (elapsed)";
    }
    if ((target.place & (on_stream | on_stage | on_step)) != 0) {
        std::string own = "x_";
        for (const char c : name) own += is_name_character(c) ? c : '_';
        return fmt::format("to show something of your own, call it `{}`", own);
    }
    std::string list;
    for (const std::string_view one : known) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", one);
    return list.empty() ? list : fmt::format("it takes {}", list);
}

bool is_given(const Target& target, std::string_view name) {
    return target.block != nullptr &&
           std::any_of(target.block->items.begin(), target.block->items.end(), [&](const ast::Item& item) {
               const auto* property = std::get_if<ast::Property>(&item.what);
               return property != nullptr && property->name.text == name;
           });
}

/// Reports an unknown property. Returns the writer of the property that was probably meant, unless that is given as
/// well.
const Writer* report_unknown(Target& target, const ast::Property& property) {
    const ast::Word& name = property.name;
    std::vector<std::string_view> known;
    for (const ast::PropertyRow& row : ast::property_rows)
        if ((row.places & target.place) != 0) known.push_back(row.name);
    auto report =
        target.scope.diagnostics.report(diag::unknown_property, name.range, article_name(target.place), name.text);
    if (const auto flag = flag_called(target.place, bare_name(name.text))) {
        report.help(fmt::format("write `{}: {}`{}", flag->property, flag->word,
                                is_yes(property.value) ? "" : ", or take it out"));
        if (is_yes(property.value)) report.fix(property.range, fmt::format("{}: {}", flag->property, flag->word));
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        return nullptr;
    }
    if (const std::size_t bracket = name.text.find_first_of("(["); bracket != std::string::npos) {
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        std::string plain = name.text.substr(0, bracket);
        while (!plain.empty() && plain.back() == ' ') plain.pop_back();
        report.help(fmt::format("a name has no brackets; a unit stands behind its number, as in `{}: 3h`", plain));
        return nullptr;
    }
    std::string choice;
    const auto near =
        places_of(name.text).empty() ? property_meant(target.place, name.text, known, choice) : std::nullopt;
    if (near) {
        report.help(fmt::format("did you mean `{}`?", near->property));
        if (near->sure) report.fix(name.range, std::string(near->property));
        return is_given(target, near->property) ? nullptr : find_writer(target.place, near->property);
    }
    if (!choice.empty()) {
        if (target.draft != nullptr) target.draft->element.change().damaged = true;
        report.help(choice);
        return nullptr;
    }
    if ((target.place & (on_wait | on_queue)) != 0 && has_property(on_step, name.text)) {
        // the amount of a wait or queue is not a property; a future changes it by replacing the element
        const bool wait = target.place == on_wait;
        report.help(
            fmt::format("{0} stands behind its name, `{1} NAME {2}`; a future writes `replace NAME with {1} NAME {2}`",
                        wait ? "the time of a wait" : "the number of items of a queue", wait ? "wait" : "queue",
                        wait ? "1w" : "12"));
        return nullptr;
    }
    if (std::string help = help_for_unknown(target, property, known); !help.empty()) report.help(std::move(help));
    return nullptr;
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

std::string_view article_name(Place place) {
    switch (place) {
        case on_stream: return "a stream";
        case on_stage: return "a stage";
        case on_step: return "a step";
        case on_parallel: return "a parallel";
        case on_choose: return "a choose";
        case on_branch: return "a branch";
        case on_wait: return "a wait";
        case on_queue: return "a queue";
        case on_rework: return "a rework";
        case on_team: return "a team";
        case on_kaizen: return "a kaizen";
        case on_future: return "a future";
    }
    return "";
}

void set_property(PropertyTarget& target, const ast::Property& property, GivenProperties& given) {
    if (!property.name.given()) return;
    const auto [first, fresh] = given.try_emplace(property.name.text, property.name.range);
    if (!fresh) {
        target.scope.diagnostics.report(diag::duplicate_property, property.name.range, property.name.text)
            .label(first->second, "first given here")
            .help("keep one of them");
        return;
    }
    if (property.name.text.starts_with("x_") && target.extras != nullptr) return add_extra(target, property);
    const Writer* writer = find_writer(target.place, property.name.text);
    if (writer == nullptr) writer = report_unknown(target, property);
    if (writer == nullptr) return;
    if (target.change && is_none(property.value) && writer->clear != nullptr) return writer->clear(target);
    writer->set(target, property.value);
}

}  // namespace vsm::lower
