// Waits, queues, branches and imports, and the lists and tables of other languages.
#include "compiler/parse/repair/statements.h"

#include "base/unit_words.h"
#include "diag/parse.h"

namespace vsm::parse {

bool Statements::bullet() {
    if (!token(0).first_on_line || ends_line(1)) return false;
    const bool sign = kind(0) == TokenKind::minus ||
                      (kind(0) == TokenKind::unexpected && (text(0) == "*" || text(0) == "+" || text(0) == "•"));
    const bool number =
        kind(0) == TokenKind::number && (kind(1) == TokenKind::dot || kind(1) == TokenKind::close_arguments);
    const std::size_t count = number ? 2 : 1;
    if ((!sign && !number) || ends_line(count) || !is_word(kind(count))) return false;
    if (!std::exchange(bullets_, true)) {
        diagnostics_
            .report(diag::unexpected_word, range(0, count - 1), "a property or a statement",
                    fmt::format("`{}`", text(0, count - 1)))
            .help("an item has nothing before it: remove this, here and on the lines below");
    }
    change();
    at_ += count;
    items_[at_].first_on_line = true;
    return true;
}

bool Statements::csv_rows() {
    const auto row_at = [&](std::size_t from) -> std::size_t {
        std::size_t commas = 0, end = from;
        for (; end == from || !ends_line(end); ++end) {
            if (at_ + end >= items_.size() || kind(end) == TokenKind::colon || kind(end) == TokenKind::open ||
                kind(end) == TokenKind::close)
                return 0;
            if (kind(end) == TokenKind::comma) ++commas;
        }
        return commas >= 2 ? end : 0;
    };
    if (!token(0).first_on_line || kind(0) != TokenKind::name || kind(1) != TokenKind::comma ||
        owner() == TokenKind::step)
        return false;
    std::size_t end = row_at(0);
    if (end == 0) return false;
    const SourceRange first = range(0, end - 1);
    while (at_ + end < items_.size() && kind(end + 1) == TokenKind::comma) {
        const std::size_t next = row_at(end);
        if (next == 0) break;
        end = next;
    }
    diagnostics_.report(diag::foreign_document, first, "a table with commas (CSV)")
        .help("write each row as a step, such as `step review \"Review\" { process: 45min, lead: 1d, ca: "
              "85% }`");
    return hole(end);
}

/// The end of the time of a wait, or of the number of a queue, that begins at `from`; `from` if there is none.
std::size_t Statements::end_of_amount(std::size_t from, TokenKind keyword) const {
    const TokenKind wanted = keyword == TokenKind::wait ? TokenKind::quantity : TokenKind::number;
    std::size_t at = from + (kind(from) == TokenKind::guess ? 1 : 0);
    if (kind(from) == TokenKind::unknown) return from + 1;
    const bool apart = keyword == TokenKind::wait && kind(at) == TokenKind::number && is_word(kind(at + 1)) &&
                       !ends_line(at + 1) && !unit_called(text(at + 1)).empty();  // `2 days`, reported later
    if (apart) return at + 2;
    if (kind(at) != wanted || token(at).phrase) return from;
    for (++at; kind(at) == TokenKind::range && kind(at + 1) == wanted;) at += 2;
    return at;
}

bool Statements::put_timed(const Token& keyword, const Token* name, std::size_t amount, std::size_t amount_end,
                           const Token* title, std::size_t count) {
    change();
    const auto put_behind = [&](Token made) {
        made.first_on_line = false;
        out_.push_back(made);
    };
    out_.push_back(keyword);
    if (name != nullptr) put_behind(*name);
    for (std::size_t i = amount; i < amount_end; ++i) put_behind(token(i));
    if (title != nullptr) put_behind(*title);
    at_ += count;
    return true;
}

/// `wait "Review" 2d`, `wait review "Review": 2d`, `wait 2d review "Review"`, `wait review { time: 2d }`.
bool Statements::amount_out_of_place() {
    const TokenKind keyword = kind(0);
    std::size_t at = 1, name = 0, title = 0, colon = 0, amount = 0, amount_end = 0;
    const auto is_name = [&] { return kind(at) == TokenKind::name && !token(at).phrase && name == 0; };
    for (; !ends_line(at); ++at) {
        if (is_name() &&
            (amount == 0 ? title == 0 : title == 0 && kind(at + 1) == TokenKind::string && !ends_line(at + 1))) {
            name = at;
        } else if (kind(at) == TokenKind::string && title == 0) {
            title = at;
        } else if (kind(at) == TokenKind::colon && title > 0 && amount == 0 && colon == 0) {
            colon = at;
        } else if (amount == 0 && end_of_amount(at, keyword) > at) {
            amount = at;
            amount_end = end_of_amount(at, keyword);
            at = amount_end - 1;
        } else {
            break;
        }
    }
    const bool block =
        amount == 0 && kind(at) == TokenKind::open && is_word(kind(at + 1)) && kind(at + 2) == TokenKind::colon;
    if (block) {
        amount = at + 3;
        amount_end = end_of_amount(amount, keyword);
        if (amount_end == amount || kind(amount_end) != TokenKind::close) return false;
        at = amount_end + 1;
    }
    const bool ordered = !block && name < amount && (title == 0 || title > amount);
    if (amount == 0 || ordered) return false;
    const std::size_t place = name == 1 ? 2 : 1, wrong = place == amount ? name : place;
    const bool wait = keyword == TokenKind::wait;
    std::string head(text(0));
    if (name > 0) head += fmt::format(" {}", text(name));
    const std::string_view said = text(amount, amount_end - 1);
    const std::string whole = fmt::format("{} {}{}{}", head, said, title > 0 ? " " : "", title > 0 ? text(title) : "");
    auto report = diagnostics_.report(diag::unexpected_word, range(wrong, wrong),
                                      wrong == name ? fmt::format("the name before `{}`", said)
                                                    : fmt::format("{} after `{}`",
                                                                  wait ? "a time such as `1d`" : "a number of items",
                                                                  name == 1 ? head : text(0)),
                                      describe(token(wrong), source_));
    report.help(fmt::format("write `{}`", whole));
    if (!block) report.fix(range(0, at - 1), whole);
    return put_timed(token(0), name > 0 ? &token(name) : nullptr, amount, amount_end,
                     title > 0 ? &token(title) : nullptr, at);
}

/// `wait review: 2d` between elements.
bool Statements::wait_as_property() {
    const std::string_view words = text(0);
    const bool wait = words.starts_with("wait "), queue = words.starts_with("queue ");
    const bool holds = owner() == TokenKind::stream || owner() == TokenKind::stage || owner() == TokenKind::branch;
    if (!token(0).phrase || !holds || (!wait && !queue)) return false;
    const TokenKind keyword = wait ? TokenKind::wait : TokenKind::queue;
    const std::size_t end = end_of_amount(2, keyword);
    if (end == 2 || ends_line(2)) return false;
    Token head = token(0), named = token(0);
    head.phrase = named.phrase = false;
    head.kind = keyword;
    head.end = head.begin + (wait ? 4 : 5);
    named.begin = static_cast<std::uint32_t>(named.end - (words.size() - words.find_last_of(' ') - 1));
    const bool title = text(named).front() == '"';
    named.kind = title ? TokenKind::string : TokenKind::name;
    const std::string_view said = text(2, end - 1), word = text(named);
    const std::string whole = fmt::format("{} {} {}", text(head), title ? said : word, title ? word : said);
    diagnostics_.report(diag::unwanted_colon, range(1, 1), words)
        .help(fmt::format("write `{}`", whole))
        .fix(range(0, end - 1), whole);
    return put_timed(head, title ? nullptr : &named, 2, end, title ? &named : nullptr, end);
}

bool Statements::without_amount() {
    if (amount_in_braces() || amount_out_of_place()) return true;
    if (!is_word(kind(1)) || ends_line(1) || token(1).phrase ||
        !(ends_line(2) || kind(2) == TokenKind::string || kind(2) == TokenKind::close || kind(2) == TokenKind::comma))
        return false;
    if (is_amount(kind(2)) || kind(2) == TokenKind::unknown || kind(2) == TokenKind::guess ||
        kind(2) == TokenKind::open_arguments || (is_word(kind(2)) && kind(3) == TokenKind::open_arguments))
        return false;  // on the next line
    const bool wait = kind(0) == TokenKind::wait;
    diagnostics_
        .report(diag::unexpected_word, range(1, 1),
                fmt::format("{} after `{}`", wait ? "a time such as `1d`" : "a number of items", text(0)),
                fmt::format("`{}` alone", text(1)))
        .help(wait ? fmt::format("write `wait {0} 1d`, or `wait {0} ?` if nobody knows yet", text(1))
                   : fmt::format("write `queue {} 12`, with the number of items that wait", text(1)));
    if (!wait) return hole(kind(2) == TokenKind::string ? 3 : 2);
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    put_in(TokenKind::unknown);
    at_ += 2;
    return true;
}

bool Statements::branch_without_block() {
    std::size_t end = 1;
    if (kind(end) == TokenKind::percent && !ends_line(end)) ++end;
    if (is_word(kind(end)) && !ends_line(end) && !begins_statement(kind(end))) ++end;
    if (kind(end) == TokenKind::string && !ends_line(end)) ++end;
    if (end == 1 || (kind(end) != TokenKind::branch && kind(end) != TokenKind::close)) return false;
    const std::uint32_t place = token(end - 1).end;
    diagnostics_.report(diag::missing_brace, range(0, end - 1), text(0, end - 1))
        .help(fmt::format("write `{} {{ }}` if nothing happens there", text(0, end - 1)))
        .fix({source_.id(), place, place}, " { }");
    change();
    for (std::size_t i = 0; i < end; ++i) out_.push_back(token(i));
    put_in(TokenKind::open);
    put_in(TokenKind::close);
    at_ += end;
    return true;
}

bool Statements::share_of_branch() {
    if (kind(1) == TokenKind::percent || (kind(1) == TokenKind::number && kind(2) == TokenKind::percent_sign))
        return false;
    const std::size_t count = length();
    std::size_t share = 0, name = 0, title = 0, words = 0;
    for (std::size_t at = 1; at < count; ++at) {
        if (is_amount(kind(at))) share = at;
        if (kind(at) == TokenKind::string) title = at;
        if (is_word(kind(at)) && !among(" about approx around ca with at for of percent pct ", text(at))) {
            name = at;
            ++words;
        }
    }
    if (share == 0 || kind(share) == TokenKind::quantity || words > 1 || kind(count) != TokenKind::open) return false;
    const std::string percent =
        kind(share) == TokenKind::percent ? std::string(text(share)) : percent_of(text(share), "70%");
    const std::string ours = fmt::format("branch {}{}{}{}{}", percent, name > 0 ? " " : "", name > 0 ? text(name) : "",
                                         title > 0 ? " " : "", title > 0 ? text(title) : "");
    auto report = diagnostics_.report(diag::unexpected_word, range(1, 1), "a share such as `70%` right after `branch`",
                                      describe(token(1), source_));
    report.help(fmt::format("write `{} {{`", ours));
    const bool whole = kind(share) == TokenKind::percent && count == 2 + (name > 0 ? 1u : 0u) + (title > 0 ? 1u : 0u);
    if (whole) report.fix(range(0, count - 1), ours);
    change();
    out_.push_back(token(0));
    if (kind(share) == TokenKind::percent) {
        put(TokenKind::percent, token(share));
        out_.back().repaired = false;
    } else {
        put_in(TokenKind::percent);
    }
    if (name > 0) out_.push_back(token(name));
    if (title > 0) out_.push_back(token(title));
    at_ += count;
    return true;
}

bool Statements::path_without_quotes() {
    const std::size_t count = length();
    if (owner() != TokenKind::end || count < 2 ||
        (kind(1) != TokenKind::name && kind(1) != TokenKind::dot && kind(1) != TokenKind::per))
        return false;
    for (std::size_t at = 1; at < count; ++at)
        if (token(at).end != (at + 1 < count ? token(at + 1).begin : token(at).end)) return false;
    const std::string path(text(1, count - 1));
    if (path.find_first_of("\"\\") != std::string::npos) return false;
    const std::string quoted = fmt::format("\"{}\"", path);
    diagnostics_
        .report(diag::unexpected_word, range(1, count - 1), "a file's name in quotes after `import`",
                fmt::format("`{}`", path))
        .help(fmt::format("write `import {}`", quoted))
        .fix(range(1, count - 1), quoted);
    return hole(count);
}

bool Statements::step_without_block() {
    if (!is_element(kind(1)) || !is_word(kind(2)) || ends_line(1)) return false;
    std::size_t block = 2;
    while (!ends_line(block) && kind(block) != TokenKind::open) ++block;
    const auto end = kind(block) == TokenKind::open ? end_of_block(block) : std::nullopt;
    if (!end) return false;
    diagnostics_.report(diag::missing_brace, range(0, 0), text(0))
        .help(fmt::format("write `{0} {{ {1} {{ … }} {1} … }}`, with everything that runs at the same time", text(0),
                          text(1)));
    change();
    out_.push_back(token(0));
    put_in(TokenKind::open);
    for (std::size_t i = 1; i < *end; ++i) out_.push_back(token(i));
    put_in(TokenKind::close);
    at_ += *end;
    return true;
}

}  // namespace vsm::parse
