// Converts literals to quantities. Every function reports what is wrong with a value and then returns nothing; values
// that were reported already are ignored silently. `what` is the property or statement to name in the report.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "base/units.h"
#include "compiler/ast/nodes.h"
#include "compiler/lower/meanings/meanings.h"
#include "ir/model.h"

namespace vsm::lower {

class ValueReader {
public:
    ValueReader(Diagnostics& diagnostics, const Calendar& calendar) : diagnostics_(diagnostics), calendar_(calendar) {}

    std::optional<ir::Time> time(std::string_view what, const ast::Value& value);
    /// `wait about 3d`: whether the name of a wait or queue qualifies the amount after it (reported).
    bool hedged(std::string_view what, const ast::Word& name, const ast::Value& value);
    std::optional<Duration> duration(std::string_view what, const ast::Amount& amount);
    std::optional<Ratio> ratio(std::string_view what, const ast::Amount& amount);
    std::optional<Ratio> ratio(std::string_view what, const ast::Value& value);
    std::optional<ir::Quality> quality(std::string_view what, const ast::Value& value);
    /// A whole number of at least 1.
    std::optional<std::int64_t> count(std::string_view what, const ast::Value& value);
    std::optional<Decimal> number(std::string_view what, const ast::Amount& amount);
    /// A count per unit of time.
    std::optional<Rate> rate(std::string_view what, const ast::Value& value);
    std::optional<Calendar> calendar(const ast::Value& value);
    std::optional<Date> date(const ast::Word& day);
    std::optional<Date> date(std::string_view what, const ast::Value& value);
    std::optional<ir::Evidence> evidence(std::string_view what, const ast::Value& value);
    std::optional<ir::Text> text(std::string_view what, const ast::Value& value);
    std::optional<ir::Text> text_or_name(std::string_view what, const ast::Value& value);
    std::optional<ir::Text> link(std::string_view what, const ast::Value& value);
    std::optional<ast::Word> name(std::string_view what, const ast::Value& value, std::string_view takes);
    /// One name, or a list of names.
    std::vector<ast::Word> names(std::string_view what, const ast::Value& value, std::string_view takes);
    /// One text, or a list of texts; names count as texts.
    std::vector<std::string> texts(std::string_view what, const ast::Value& value);

    void wrong(std::string_view what, const ast::Value& value, std::string_view takes, std::string help = {});
    void wrong(std::string_view what, const ast::Value& value, std::string_view takes, Meaning meant);

    /// Reports words that are not a value, where any value is allowed.
    bool refuses_phrase(std::string_view what, const ast::Value& value);

private:
    void wrong(std::string_view what, const ast::Amount& amount, std::string_view takes, Meaning meant);
    /// Reports a number whose point may separate thousands: `1.200`.
    bool may_be_thousands(std::string_view number, SourceRange range, std::string_view more);
    /// Reports an amount that has no unit of time.
    bool refuses_as_time(std::string_view what, const ast::Amount& amount);
    std::optional<ir::Distribution> span(std::string_view what, const ast::SpanValue& span, SourceRange range);
    std::optional<ir::Distribution> distribution(std::string_view what, const ast::Distribution& shape,
                                                 SourceRange range);
    std::optional<ir::Distribution> lognormal(std::string_view what, const ast::Distribution& shape, SourceRange range);
    /// Reports a distribution that cannot be.
    std::optional<ir::Distribution> refuse_shape(std::string_view message, SourceRange at);

    Diagnostics& diagnostics_;
    const Calendar& calendar_;
};

}  // namespace vsm::lower
