#include "compiler/parse/repair/value_shapes.h"

#include <algorithm>

#include "base/unit_words.h"
#include "compiler/parse/repair/broken_item.h"

namespace vsm::parse {

bool ValueShapes::is_value(const Shape& shape) {
    std::size_t at = 0;
    const auto next = [&](TokenKind wanted) { return at < shape.size() && shape[at] == wanted && (++at, true); };
    const auto amount = [&] { return at < shape.size() && is_amount(shape[at]) && (++at, true); };
    const auto word = [&] { return at < shape.size() && is_word(shape[at]) && (++at, true); };
    const bool guess = next(TokenKind::guess);
    if (amount()) {
        if (!guess && next(TokenKind::per)) {
            if (!word()) return false;
            return at == shape.size() || (amount() && next(TokenKind::per) && word() && at == shape.size());
        }
        for (int more = 0; more < 2 && next(TokenKind::range); ++more)
            if (!amount()) return false;
        return at == shape.size();
    }
    if (guess) return false;
    if (next(TokenKind::date)) return at == shape.size() || (next(TokenKind::string) && at == shape.size());
    return (word() || next(TokenKind::string) || next(TokenKind::unknown) || next(TokenKind::not_applicable)) &&
           at == shape.size();
}

bool ValueShapes::statement_at(std::size_t at) const {
    const TokenKind next = kind(at + 1);
    switch (kind(at)) {
        case TokenKind::rework:
            return next == TokenKind::to || is_amount(next) || next == TokenKind::open || next == TokenKind::guess ||
                   next == TokenKind::once;
        case TokenKind::branch:
            if (next == TokenKind::percent) return true;
            break;
        case TokenKind::import_:
        case TokenKind::note:
        case TokenKind::kaizen: return next == TokenKind::string;
        case TokenKind::wait:
        case TokenKind::queue: return begins_time(at + 1) || (is_word(next) && begins_time(at + 2));
        case TokenKind::add: return next == TokenKind::after || next == TokenKind::before;
        case TokenKind::replace: return is_word(next) && kind(at + 2) == TokenKind::with;
        case TokenKind::move:
            return is_word(next) && (kind(at + 2) == TokenKind::before || kind(at + 2) == TokenKind::after);
        case TokenKind::target:
        case TokenKind::expect:
            return is_word(next) &&
                   (is_relation(kind(at + 2)) || kind(at + 2) == TokenKind::dot || kind(at + 2) == TokenKind::from);
        case TokenKind::allow: return is_word(next) && kind(at + 2) == TokenKind::string;
        default: break;
    }
    const TokenKind second = kind(at + 2);
    const bool ends = ends_line(at + 2) || second == TokenKind::string || second == TokenKind::open ||
                      second == TokenKind::comma || second == TokenKind::close || begins_statement(second) ||
                      kind(at + 3) == TokenKind::colon;
    const bool headed = second == TokenKind::string || second == TokenKind::open;
    return begins_statement(kind(at)) && (next == TokenKind::string || next == TokenKind::open ||
                                          (is_word(next) && (ends_line(at + 1) ? headed : ends)));
}

bool ValueShapes::begins_time(std::size_t at) const {
    return is_amount(kind(at)) || kind(at) == TokenKind::unknown || kind(at) == TokenKind::guess ||
           (is_word(kind(at)) && kind(at + 1) == TokenKind::open_arguments);
}

std::pair<ValueShapes::Shape, std::size_t> ValueShapes::repaired(std::size_t from, std::size_t end) const {
    Shape shape;
    std::size_t repairs = 0;
    for (std::size_t at = from; at < end;) {
        const bool comma = kind(at) == TokenKind::number && at + 2 < end && kind(at + 1) == TokenKind::comma &&
                           decimal_comma(at + 1) && !may_be_thousands(at) &&
                           text(at).find('.') == std::string_view::npos;
        if (comma) {
            shape.push_back(kind(at + 2));
            at += 3;
            ++repairs;
        } else if (const bool percent = kind(at + 1) == TokenKind::percent_sign;
                   kind(at) == TokenKind::number && at + 1 < end && (percent || spaced_unit(at + 1))) {
            shape.push_back(percent ? TokenKind::percent : TokenKind::quantity);
            at += 2;
            ++repairs;
        } else {
            shape.push_back(kind(at++));
        }
    }
    return {std::move(shape), repairs};
}

bool ValueShapes::is_time(std::size_t from, std::size_t end) const {
    const TokenKind first = kind(from);
    if (is_word(first))
        return kind(from + 1) == TokenKind::open_arguments && kind(end - 1) == TokenKind::close_arguments;
    if (!is_amount(first) && first != TokenKind::guess && first != TokenKind::unknown) return false;
    Shape shape;
    for (std::size_t at = from; at < end; ++at) shape.push_back(kind(at));
    return is_value(shape) && std::ranges::find(shape, TokenKind::per) == shape.end();
}

bool ValueShapes::spaced_unit(std::size_t at) const {
    return is_word(kind(at)) && !touching(at - 1) && !unit_called(text(at)).empty() && unit_called(text(at)) != "ms";
}

bool ValueShapes::may_be_thousands(std::size_t at) const {
    const std::string_view rest = text(at + 2);
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    return digits == 3 && text(at) != "0" && text(at).find('.') == std::string_view::npos;
}

bool ValueShapes::is_repaired_later(std::size_t from, std::size_t end) const {
    const std::size_t count = end - from;
    const auto [shape, repairs] = repaired(from, end);
    // `30..90 minutes`: the first end also lacks its unit
    const bool bare_end = std::find(shape.begin(), shape.end(), TokenKind::range) != shape.end() &&
                          std::find(shape.begin(), shape.end(), TokenKind::number) != shape.end();
    if (repairs == 1 && is_value(shape)) return !bare_end;
    if (repairs > 0) return false;
    if (text(from).starts_with("lognormal") || text(from).starts_with("exponential")) return true;
    const TokenKind first = kind(from), second = kind(from + 1), third = kind(from + 2);
    if (count == 2) {
        if (first == TokenKind::quantity && second == TokenKind::quantity)
            return unit_rank(text(from)) > unit_rank(text(from + 1)) && unit_rank(text(from + 1)) > 0;
        if (first == TokenKind::dot && is_amount(second) && touching(from)) return true;
        return first == TokenKind::minus && is_amount(second);
    }
    // a text may follow a date: `31.3.2027 "the survey"`
    const std::size_t numbers = kind(end - 1) == TokenKind::string ? count - 1 : count;
    const bool date = first == TokenKind::number && touching(from) && touching(from + 1) &&
                      (numbers == 3 ? second == TokenKind::dot : numbers == 5 && second == TokenKind::per);
    return date && third == TokenKind::number && kind(from + numbers - 1) == TokenKind::number;
}

std::size_t ValueShapes::end_of_value(std::size_t from, bool texts) const {
    std::size_t depth = 0, at = from;
    for (; at < items_.size() && at < from + longest_value; ++at) {
        const TokenKind here = kind(at);
        if (here == TokenKind::open || here == TokenKind::close ||
            (at > from && items_[at].first_on_line && !goes_on_below(at)))
            break;
        if (is_closing(here) && depth == 0) break;
        if (is_opening(here)) ++depth;
        if (is_closing(here)) --depth;
        if (depth > 0) continue;
        if (here == TokenKind::comma && !decimal_comma(at) && !ends_of_decimals(at) && !amount_goes_on(from, at)) break;
        if (here == TokenKind::unexpected && text(at).front() == ';') break;
        if (here == TokenKind::string && !texts) break;
        const bool before_colon =
            kind(at + 1) == TokenKind::colon && !items_[at + 1].first_on_line && kind(at + 2) != TokenKind::per;
        if (before_colon && (is_word(here) || here == TokenKind::string)) break;
        if (here == TokenKind::percent_sign && at > from && !touching(at - 1) && is_word(kind(at + 1))) break;
        if (at > from && statement_at(at)) break;
    }
    return at;
}

bool ValueShapes::ends_of_decimals(std::size_t comma) const {
    return comma > 0 && kind(comma - 1) == TokenKind::number && kind(comma + 1) == TokenKind::date &&
           touching(comma - 1) && touching(comma);
}

bool ValueShapes::goes_on_below(std::size_t at) const {
    const auto joins = [](TokenKind kind) {
        return kind == TokenKind::per || kind == TokenKind::range || kind == TokenKind::guess;
    };
    return joins(kind(at - 1)) || (joins(kind(at)) && kind(at) != TokenKind::guess);
}

bool ValueShapes::amount_goes_on(std::size_t from, std::size_t comma) const {
    const TokenKind first = kind(from), next = kind(comma + 1);
    const bool amount = next == TokenKind::number || next == TokenKind::quantity;
    // `25min, ca 90%` is the next property without its colon
    const bool property =
        text(comma + 1) == "ca" && kind(comma + 2) == TokenKind::percent && first != TokenKind::percent;
    const bool bound =
        is_word(next) && hedges(text(comma + 1)) && is_amount(kind(comma + 2)) && !ends_line(comma + 2) && !property;
    return comma > from && (amount || bound) && !ends_line(comma + 1) && first != TokenKind::string &&
           (is_amount(first) || comma - from > 1) && kind(comma + 2) != TokenKind::open;
}

bool ValueShapes::is_bracketed(std::size_t from, std::size_t end) const {
    if (kind(from) == TokenKind::open_list) return true;
    const bool shape = touching(from) || text(from) == "lognormal" || text(from) == "exponential";
    return shape && is_word(kind(from)) && kind(from + 1) == TokenKind::open_arguments &&
           (kind(end - 1) == TokenKind::close_arguments || kind(end) != TokenKind::close_arguments);
}

std::size_t ValueShapes::end_of_set(std::size_t from) const {
    if (kind(from) != TokenKind::open) return from;
    std::size_t at = from;
    do {
        if (kind(at + 1) != TokenKind::name || ends_line(at + 1)) return from;
        at += 2;
    } while (kind(at) == TokenKind::comma && !ends_line(at));
    return kind(at) == TokenKind::close && !ends_line(at) ? at + 1 : from;
}

}  // namespace vsm::parse
