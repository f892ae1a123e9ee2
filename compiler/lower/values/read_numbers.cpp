// Reads percentages, numbers and rates.
#include <algorithm>

#include "base/text.h"
#include "base/unit_words.h"
#include "compiler/lower/values/typed_values.h"
#include "compiler/lower/values/value_kinds.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {

std::optional<Ratio> ValueReader::ratio(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (is_phrase(amount)) {
        wrong(what, amount, "a percentage", share_meant(amount.text, false));
        return std::nullopt;
    }
    if (amount.kind != ast::Amount::Kind::percent) {
        const auto number = amount.kind == ast::Amount::Kind::number ? parse_decimal(amount.text) : std::nullopt;
        std::string help = "write a percentage such as `85%`";
        if (number && number->value() > 1 && number->value() <= 100) help = fmt::format("write `{}%`", amount.text);
        if (number && number->value() > 0 && number->value() < 1)
            help = fmt::format("write `{}%`", format_number(number->value() * 100));
        diagnostics_
            .report(diag::wrong_value, amount.range, what, "a percentage",
                    fmt::format("{}`{}`", number ? "the plain number " : "", amount.text))
            .help(help);
        return std::nullopt;
    }
    const auto number = parse_decimal(std::string_view(amount.text).substr(0, amount.text.size() - 1));
    if (number && number->value() <= 100) {
        const auto parts = scale_exactly(*number, Ratio::whole / 100);
        if (parts) return Ratio{*parts};
        diagnostics_.report(diag::too_precise, amount.range, amount.text, "nine decimals of a percent")
            .help("round it: nobody measures that finely");
        return std::nullopt;
    }
    diagnostics_.report(diag::percent_out_of_range, amount.range, amount.text)
        .help("a share of all items is between 0% and 100%");
    return std::nullopt;
}

std::optional<Ratio> ValueReader::ratio(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    if (const auto* span = single_span(value); span != nullptr && !span->guess) return ratio(what, span->parts[0]);
    wrong(what, value, "a percentage such as `70%`", share_meant(written(value), false));
    return std::nullopt;
}

std::optional<ir::Quality> ValueReader::quality(std::string_view what, const ast::Value& value) {
    using State = ir::Quality::State;
    if (silent(value) || std::holds_alternative<ast::Unknown>(value.what))
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    if (std::holds_alternative<ast::NotApplicable>(value.what))
        return ir::Quality{State::not_applicable, {}, {}, false, value.range};
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (span == nullptr || span->parts.size() > 2 || holds_phrase(*span)) {
        wrong(what, value, "a percentage such as `85%` or `80%..90%`, `?` or `n/a`", share_meant(written(value), true));
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    }
    const auto low = ratio(what, span->parts.front());
    const auto high = span->parts.size() == 1 ? low : ratio(what, span->parts.back());
    if (!low || !high) return ir::Quality{State::unknown, {}, {}, false, value.range};
    if (*low > *high) {
        diagnostics_.report(diag::bad_range, value.range, text_of(*span))
            .help(fmt::format("write the smaller end first: `{}..{}`", span->parts[1].text, span->parts[0].text));
        return ir::Quality{State::unknown, {}, {}, false, value.range};
    }
    return ir::Quality{State::known, *low, *high, span->guess, value.range};
}

std::optional<Decimal> ValueReader::number(std::string_view what, const ast::Amount& amount) {
    if (amount.text.empty()) return std::nullopt;
    if (amount.kind != ast::Amount::Kind::number) {
        if (what == "queue" && amount.kind == ast::Amount::Kind::quantity &&
            parse_time_unit(amount.text.substr(amount.text.find_first_not_of("0123456789.")))) {
            diagnostics_.report(diag::wrong_value, amount.range, what, "a number", fmt::format("`{}`", amount.text))
                .help(fmt::format("a queue counts items; for a time write `wait {}`", amount.text));
        } else {
            wrong(what, amount, "a number", count_meant(what, amount.text));
        }
        return std::nullopt;
    }
    if (what == "queue" && may_be_thousands(amount.text, amount.range, "")) return std::nullopt;
    const auto number = parse_decimal(amount.text);
    if (!number || number->value() > 1e12) {
        diagnostics_.report(diag::out_of_range, amount.range, fmt::format("`{}`", amount.text), "the allowed range")
            .help("numbers have at most 18 digits and go up to 1000000000000");
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> ValueReader::count(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* span = single_span(value);
    if (span == nullptr || span->guess || span->parts[0].kind != ast::Amount::Kind::number) {
        wrong(what, value, "a whole number from 1", count_meant(what, written(value)));
        return std::nullopt;
    }
    if (may_be_thousands(span->parts[0].text, value.range, "")) return std::nullopt;
    const auto number = parse_decimal(span->parts[0].text);
    if (number && !number->whole()) {
        wrong(what, value, "a whole number from 1",
              what == "people"
                  ? std::string("for people who work here part of their time, add `available: 50%` to the team")
                  : fmt::format("round it: `{0}: {1}` or `{0}: {2}`", what,
                                std::max<std::int64_t>(1, static_cast<std::int64_t>(number->value())),
                                static_cast<std::int64_t>(number->value()) + 1));
        return std::nullopt;
    }
    if (!number || number->value() < 1 || number->value() > 1e9) {
        diagnostics_
            .report(diag::out_of_range, value.range, fmt::format("`{}`", span->parts[0].text), "1 to 1000000000")
            .help(fmt::format("omit `{}` if it is not known", what));
        return std::nullopt;
    }
    return static_cast<std::int64_t>(number->value());
}

std::optional<Rate> ValueReader::rate(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* rate = std::get_if<ast::RateValue>(&value.what);
    if (rate == nullptr || rate->parts.size() != 1 || rate->parts[0].amount.kind != ast::Amount::Kind::number) {
        wrong(what, value, "a rate such as `40/w`", rate_meant(what, written(value)));
        return std::nullopt;
    }
    const auto& part = rate->parts[0];
    const auto unit = parse_time_unit(part.unit.text);
    if (!unit) {
        const std::string_view meant = unit_called(part.unit.text);
        auto report = diagnostics_.report(diag::unknown_unit, part.unit.range, part.unit.text);
        report.help(
            meant == "month" || part.unit.text == "m" || part.unit.text == "M"
                ? "months and years have no fixed length: multiply a number per month by 12 / 52 to get it per week"
            : parse_time_unit(meant) ? fmt::format("write `{}/{}`", part.amount.text, meant)
                                     : std::string("the units are `s`, `min`, `h`, `d` and `w`"));
        if (parse_time_unit(meant) && lower_case(part.unit.text) != "m")
            report.fix(part.unit.range, std::string(meant));
        return std::nullopt;
    }
    if (may_be_thousands(part.amount.text, part.amount.range, "/" + part.unit.text)) return std::nullopt;
    const auto number = parse_decimal(part.amount.text);
    if (!number || number->mantissa == 0 || number->value() > 1e12) {
        diagnostics_
            .report(diag::out_of_range, part.amount.range, fmt::format("`{}`", part.amount.text), "the allowed range")
            .help(fmt::format("a rate is above zero; omit `{}` if it is not known", what));
        return std::nullopt;
    }
    return Rate{number->value(), *unit, length_of(*unit, calendar_)};
}

std::optional<Calendar> ValueReader::calendar(const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    const auto* rate = std::get_if<ast::RateValue>(&value.what);
    if (rate == nullptr || rate->parts.size() != 2 || rate->parts[0].unit.text != "d" ||
        rate->parts[1].unit.text != "w") {
        wrong("calendar", value, "working hours a day and days a week, such as `8h/d 5d/w`",
              calendar_meant(written(value)));
        return std::nullopt;
    }
    static constexpr Calendar clock = round_the_clock;
    const auto day = ValueReader(diagnostics_, clock).duration("calendar", rate->parts[0].amount);
    if (!day) return std::nullopt;
    constexpr Duration shortest_day{60'000'000};
    constexpr double shortest_week = 0.1;
    if (*day < shortest_day || *day > clock.day ||
        rate->parts[0].amount.text.find_first_of("dw") != std::string::npos) {
        diagnostics_
            .report(
                diag::bad_calendar, rate->parts[0].amount.range,
                fmt::format("a working day of `{}` is not between 1 minute and 24 hours", rate->parts[0].amount.text))
            .help("write hours or minutes: `8h/d`, `920min/d`");
        return std::nullopt;
    }
    const std::string& week_text = rate->parts[1].amount.text;
    const auto days = week_text.ends_with("d")
                          ? parse_decimal(std::string_view(week_text).substr(0, week_text.size() - 1))
                          : std::nullopt;
    const auto week = days ? scale_exactly(*days, day->microseconds) : std::nullopt;
    if (!week || days->value() < shortest_week || days->value() > 7) {
        diagnostics_
            .report(diag::bad_calendar, rate->parts[1].amount.range,
                    fmt::format("a working week of `{}` is not between 0.1 and 7 days", week_text))
            .help("write days: `5d/w`");
        return std::nullopt;
    }
    return Calendar{*day, {*week}};
}

}  // namespace vsm::lower
