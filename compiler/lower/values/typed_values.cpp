#include "compiler/lower/values/typed_values.h"

#include <algorithm>

#include "compiler/lower/meanings/phrases.h"
#include "compiler/lower/values/value_kinds.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {

void ValueReader::wrong(std::string_view what, const ast::Value& value, std::string_view takes, std::string help) {
    if (silent(value)) return;
    auto report = diagnostics_.report(diag::wrong_value, value.range, what, takes, describe(value));
    if (!help.empty()) report.help(std::move(help));
}

void ValueReader::wrong(std::string_view what, const ast::Value& value, std::string_view takes, Meaning meant) {
    if (silent(value)) return;
    auto report = diagnostics_.report(diag::wrong_value, value.range, what, takes, describe(value));
    if (!meant.help.empty()) report.help(std::move(meant.help));
    if (!meant.instead.empty()) report.fix(value.range, std::move(meant.instead));
}

void ValueReader::wrong(std::string_view what, const ast::Amount& amount, std::string_view takes, Meaning meant) {
    auto report = diagnostics_.report(diag::wrong_value, amount.range, what, takes, fmt::format("`{}`", amount.text));
    report.help(std::move(meant.help));
    if (!meant.instead.empty()) report.fix(amount.range, std::move(meant.instead));
}

bool ValueReader::may_be_thousands(std::string_view number, SourceRange range, std::string_view more) {
    const std::string whole = as_thousands(number);
    if (whole.empty()) return false;
    const std::string fraction = format_number(parse_decimal(number).value_or(Decimal{}).value());
    diagnostics_.report(diag::two_readings, range, number)
        .help(fmt::format("write `{0}{2}` or `{1}{2}`: use a decimal point, and no separator between thousands", whole,
                          fraction, more));
    return true;
}

bool ValueReader::refuses_phrase(std::string_view what, const ast::Value& value) {
    if (const auto* list = std::get_if<ast::ListValue>(&value.what))
        return std::any_of(list->values.begin(), list->values.end(),
                           [&](const ast::Value& one) { return refuses_phrase(what, one); });
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    if (span == nullptr || !holds_phrase(*span)) return false;
    const std::string text = quoted(written(value));
    wrong(what, value, "one value", Meaning{fmt::format("words are written in quotes: `{}`", text), text});
    return true;
}

}  // namespace vsm::lower
