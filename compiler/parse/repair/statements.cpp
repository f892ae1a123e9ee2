#include "compiler/parse/repair/statements.h"

#include <algorithm>

#include "compiler/parse/repair/broken_item.h"
#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {

void Statements::run() {
    while (at_ < items_.size()) {
        if (diagnostics_.error_count() > most_mistakes) return;
        if (repair()) continue;
        if (kind(0) == TokenKind::open_list || kind(0) == TokenKind::open_arguments) ++lists_;
        if ((kind(0) == TokenKind::close_list || kind(0) == TokenKind::close_arguments) && lists_ > 0) --lists_;
        if (kind(0) == TokenKind::open || kind(0) == TokenKind::close) lists_ = 0;
        if (kind(0) == TokenKind::open) owners_.push_back(head_);
        if (kind(0) == TokenKind::close && !owners_.empty()) owners_.pop_back();
        take();
    }
    if (changed_) items_ = std::move(out_);
}

bool Statements::begins_item() const {
    if (lists_ > 0) return false;
    const TokenKind last = before();
    return at_ == 0 || items_[at_].first_on_line || last == TokenKind::open || last == TokenKind::close ||
           last == TokenKind::comma || (kind(0) == TokenKind::rework && is_amount(kind(1)) && is_amount(last));
}

void Statements::change() {
    if (changed_) return;
    changed_ = true;
    out_.reserve(items_.size() + 8);
    out_.assign(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(at_));
}

void Statements::take() {
    if (changed_) out_.push_back(items_[at_]);
    ++at_;
}

void Statements::put(TokenKind kind, const Token& like) {
    Token made = like;
    made.kind = kind;
    made.repaired = true;
    out_.push_back(made);
}

void Statements::put_in(TokenKind kind, bool first_on_line) {
    const std::uint32_t place = out_.empty() ? 0 : out_.back().end;
    out_.push_back({kind, true, first_on_line, place, place});
}

bool Statements::hole(std::size_t count) {
    change();
    Token made = token(0);
    made.kind = TokenKind::name;
    made.repaired = true;
    made.end = made.begin;
    made.first_on_line = true;
    out_.push_back(made);
    at_ += count;
    if (at_ < items_.size() && items_[at_].kind != TokenKind::comma && items_[at_].kind != TokenKind::close)
        items_[at_].first_on_line = true;
    return true;
}

std::size_t Statements::length() const {
    std::size_t count = 1, depth = 0;
    for (; count < longest && !ends_line(count) && kind(count) != TokenKind::open && kind(count) != TokenKind::close;
         ++count) {
        if (kind(count) == TokenKind::open_list || kind(count) == TokenKind::open_arguments) ++depth;
        if ((kind(count) == TokenKind::close_list || kind(count) == TokenKind::close_arguments) && depth > 0) --depth;
        if (depth == 0 && kind(count) == TokenKind::comma) break;
        if (depth == 0 && is_word(kind(count)) && kind(count + 1) == TokenKind::colon) break;
    }
    return count;
}

std::optional<std::size_t> Statements::end_of_block(std::size_t ahead) const {
    std::size_t depth = 0;
    for (; at_ + ahead < items_.size(); ++ahead) {
        if (kind(ahead) == TokenKind::open) ++depth;
        if (kind(ahead) == TokenKind::close && --depth == 0) return ahead + 1;
    }
    return std::nullopt;
}

bool Statements::repair() {
    const bool begins = begins_item();
    if (begins) start_ = at_;
    if (!begins && kind(0) == TokenKind::string && title_for_name()) return true;
    if (!begins && (reference() || named_arguments())) return true;
    if (kind(0) == TokenKind::unexpected) return (begins && bullet()) || stray();
    if (!begins) {
        if (before() == TokenKind::with || is_edit_anchor()) head_ = kind(0);
        return false;
    }
    if (bullet() || csv_rows()) return true;
    if (kind(1) == TokenKind::colon)
        return flag() || rework_fact() || leading_word() || block_without_keyword() || wait_as_property() ||
               after_as_label() || share_without_branch();
    if (assigned()) return true;
    if (may_have_block(kind(0)) || kind(0) == TokenKind::add || kind(0) == TokenKind::replace) head_ = kind(0);
    switch (kind(0)) {
        case TokenKind::rework: return rework();
        case TokenKind::target:
        case TokenKind::expect: return goal();
        case TokenKind::note:
        case TokenKind::kaizen: return remark();
        case TokenKind::allow: return reason();
        case TokenKind::import_: return path_without_quotes();
        case TokenKind::wait:
        case TokenKind::queue: return without_amount();
        case TokenKind::future: return future() || declared_name();
        case TokenKind::team:
        case TokenKind::stream:
        case TokenKind::stage:
        case TokenKind::step:
        case TokenKind::choose: return declared_name();
        case TokenKind::parallel: return step_without_block() || declared_name();
        case TokenKind::branch:
            return branch_without_block() || share_with_space() || share_of_branch() || declared_name();
        case TokenKind::change: return change_edit();
        case TokenKind::remove: return remove_edit();
        case TokenKind::add: return add_edit();
        case TokenKind::replace: return replace_edit();
        case TokenKind::before:
        case TokenKind::after: return after_without_colon();
        case TokenKind::string: return block_without_keyword();
        case TokenKind::number:
        case TokenKind::quantity:
        case TokenKind::percent: return bare_amounts();
        case TokenKind::name: return other_word();
        default: return false;
    }
}

bool Statements::stray() {
    const std::string_view sign = text(0);
    if (sign == "→") return false;
    report_unexpected(source_, range(0, 0), diagnostics_);
    change();
    if (items_[at_].first_on_line && at_ + 1 < items_.size()) items_[at_ + 1].first_on_line = true;
    ++at_;
    return true;
}

std::size_t Statements::colon_meant() const {
    if (kind(1) == TokenKind::unexpected && text(1) == "→") return 1;
    if (kind(1) == TokenKind::equal && (kind(2) == TokenKind::above || kind(2) == TokenKind::equal)) return 2;
    if (kind(1) != TokenKind::minus) return 0;
    std::size_t dashes = 1;
    while (kind(1 + dashes) == TokenKind::minus) ++dashes;
    return dashes + (kind(1 + dashes) == TokenKind::above ? 1 : 0);
}

bool Statements::assigned() {
    const bool name = kind(0) == TokenKind::name || kind(0) == TokenKind::team || kind(0) == TokenKind::wait;
    const std::size_t signs = name && !ends_line(1) ? colon_meant() : 0;
    if (signs == 0 || ends_line(1 + signs) || !begins_value(kind(1 + signs))) return false;
    const bool goals = owner() == TokenKind::stream || owner() == TokenKind::future || owner() == TokenKind::end;
    if (goals && kind(2 + signs) != TokenKind::per && kind(1 + signs) != TokenKind::string) return false;
    const std::size_t count = length();
    const std::string_view value = text(1 + signs, std::max(count, 2 + signs) - 1);
    report_missing_colon(diagnostics_, source_, {range(0, signs), range(0, 0), value, token(1 + signs).begin, ": "});
    change();
    out_.push_back(token(0));
    put_in(TokenKind::colon);
    at_ += 1 + signs;
    return true;
}

bool Statements::flag() {
    const bool statement = begins_statement(kind(0)) && kind(0) != TokenKind::team && kind(0) != TokenKind::wait;
    if (!statement || !among(" true false yes no True False TRUE FALSE Yes No ", text(2))) return false;
    auto report = diagnostics_.report(diag::unwanted_colon, range(1, 1), text(0));
    if (kind(0) == TokenKind::parallel) {
        report.help("elements that run at the same time go in a block: `parallel { step … step … }`");
    } else if (kind(0) == TokenKind::rework) {
        report.help("write what share goes back, and where to: `rework 15% to NAME`");
    } else {
        report.help(fmt::format("`{}` begins a statement; it is not a fact that is true or false", text(0)));
    }
    return hole(3);
}

bool Statements::rework_fact() {
    if (kind(0) != TokenKind::rework || ends_line(2)) return false;
    const bool whole = kind(2) == TokenKind::percent &&
                       (kind(3) == TokenKind::to || kind(3) == TokenKind::once || kind(3) == TokenKind::open);
    if (whole || kind(2) == TokenKind::open) return false;
    std::size_t count = 2;
    while (!ends_line(count) && kind(count) != TokenKind::open && kind(count) != TokenKind::close &&
           kind(count) != TokenKind::comma)
        ++count;
    const Rework said = read_rework(count);
    diagnostics_.report(diag::unwanted_colon, range(1, 1), text(0))
        .help(fmt::format("write `rework {} to {}`", said.percent > 0 ? text(said.percent) : "15%",
                          said.target > 0 && said.one_target ? text(said.target) : "NAME"));
    return hole(count);
}

/// `after build: step review { … }`.
bool Statements::after_as_label() {
    const std::string_view words = text(0);
    if (!token(0).phrase || !words.starts_with("after ") || !begins_statement(kind(2)) || ends_line(2)) return false;
    const bool named = is_word(kind(3)) && !ends_line(3);
    diagnostics_
        .report(diag::unexpected_word, range(0, 1), fmt::format("`{}`", text(2)), fmt::format("`{}`", text(0, 1)))
        .help(fmt::format("write `{} {{ after: {}, … }}`", named ? text(2, 3) : text(2),
                          words.substr(words.find_last_of(' ') + 1)));
    change();
    at_ += 2;
    items_[at_].first_on_line = true;
    return true;
}

bool Statements::after_without_colon() {
    if (in_edits() || owner() == TokenKind::end || owner() == TokenKind::stream || !is_word(kind(1)) || ends_line(1) ||
        kind(0) != TokenKind::after)
        return false;
    diagnostics_.report(diag::missing_colon, range(0, 0), text(0))
        .help(fmt::format("write `after: {}`", text(1)))
        .fix({source_.id(), token(0).end, token(0).end}, ":");
    change();
    out_.push_back(token(0));
    put_in(TokenKind::colon);
    out_.push_back(token(1));
    at_ += 2;
    return true;
}

/// `1h process, 2h lead`.
bool Statements::amounts_before_names() {
    std::size_t end = 0;
    std::string ours;
    const unsigned place = owner() == TokenKind::team ? properties::on_team : properties::on_step;
    const auto is_pair = [&](std::size_t at) {
        return is_amount(kind(at)) && is_word(kind(at + 1)) && !ends_line(at + 1) && kind(at + 2) != TokenKind::colon &&
               properties::has_property(place, text(at + 1));
    };
    std::vector<std::size_t> pairs;
    while (is_pair(end) && (end == 0 || !ends_line(end))) {  // a fix across lines would lose their comments
        ours += fmt::format("{}{}: {}", ours.empty() ? "" : ", ", text(end + 1), text(end));
        pairs.push_back(end);
        end += 2;
        if (kind(end) == TokenKind::comma && is_pair(end + 1)) ++end;
    }
    if (pairs.empty()) return false;
    diagnostics_.report(diag::unexpected_word, range(0, 0), "the name of a property", fmt::format("`{}`", text(0)))
        .help(fmt::format("the name comes first: `{}`", ours))
        .fix(range(0, end - 1), ours);
    change();
    for (const std::size_t at : pairs) {
        put(kind(at + 1), token(at + 1));
        out_.back().first_on_line = at == 0 && token(0).first_on_line;
        put_in(TokenKind::colon);
        out_.push_back(token(at));
        out_.back().first_on_line = false;
        put_in(TokenKind::comma);
    }
    at_ += end + (kind(end) == TokenKind::comma ? 1 : 0);
    return true;
}

/// `70%: step review { … }`, `70% urgent { … }` in a choose.
bool Statements::share_without_branch() {
    const std::size_t first = kind(1) == TokenKind::colon ? 2 : 1;
    if (owner() != TokenKind::choose || kind(0) != TokenKind::percent || ends_line(first)) return false;
    std::size_t end = first;
    while (!ends_line(end) && kind(end) != TokenKind::open && kind(end) != TokenKind::close) ++end;
    const auto block = kind(end) == TokenKind::open ? end_of_block(end) : std::nullopt;
    if (!block) return false;
    auto report = diagnostics_.report(diag::unexpected_word, range(0, 0), "`branch` before its share",
                                      fmt::format("`{}`", text(0)));
    if (begins_statement(kind(first))) {
        report.help(fmt::format("write `branch {} {{ … }}`, with the steps of these items in it", text(0)));
        return hole(*block);
    }
    report.help(fmt::format("write `branch {} {}`", text(0), text(first, end)))
        .fix(range(0, first - 1), fmt::format("branch {}", text(0)));
    change();
    put_in(TokenKind::branch, true);
    out_.push_back(token(0));
    out_.back().first_on_line = false;
    head_ = TokenKind::branch;
    at_ += first;
    return true;
}

bool Statements::bare_amounts() {
    if (share_without_branch()) return true;
    if ((owner() == TokenKind::step || owner() == TokenKind::rework || owner() == TokenKind::team) &&
        amounts_before_names())
        return true;
    if ((owner() != TokenKind::step && owner() != TokenKind::rework) || before() != TokenKind::open ||
        kind(0) != TokenKind::quantity)
        return false;
    std::size_t count = 1;
    while (!ends_line(count) && (is_amount(kind(count)) || kind(count) == TokenKind::comma ||
                                 kind(count) == TokenKind::per || kind(count) == TokenKind::unexpected))
        ++count;
    const std::string second = count > 2 && is_amount(kind(2)) ? std::string(text(2)) : "1d";
    diagnostics_.report(diag::unexpected_word, range(0, 0), "the name of a property", fmt::format("`{}`", text(0)))
        .help(fmt::format("write which time it is: `process: {}, lead: {}`", text(0), second));
    return hole(count);
}

/// `step qa`, `queue 10` on the line before, with its title here.
bool Statements::awaits_title() const {
    constexpr std::size_t longest_head = 16;
    std::size_t depth = 0;
    for (std::size_t at = at_; at > 0 && at_ - at < longest_head; --at) {
        const TokenKind before = items_[at - 1].kind;
        if (before == TokenKind::close_arguments) ++depth;
        if (before == TokenKind::open_arguments && depth > 0) --depth;
        if (before == TokenKind::string || before == TokenKind::open || before == TokenKind::close ||
            before == TokenKind::colon || (before == TokenKind::comma && depth == 0))
            return false;
        if (may_have_block(before)) return true;
    }
    return false;
}

bool Statements::block_without_keyword() {
    const bool title = kind(0) == TokenKind::string && kind(1) == TokenKind::open && !awaits_title();
    const bool name =
        kind(0) == TokenKind::name && kind(1) == TokenKind::colon && kind(2) == TokenKind::open && !ends_line(2);
    const bool element = owner() == TokenKind::stream || owner() == TokenKind::stage || owner() == TokenKind::branch ||
                         owner() == TokenKind::parallel;
    if ((!title && !name) || (!element && !(in_edits() && name) && !(owner() == TokenKind::end && name))) return false;
    const std::size_t block = title ? 1 : 2;
    const bool properties = is_word(kind(block + 1)) && kind(block + 2) == TokenKind::colon;
    if (title && !(properties && properties::has_property(properties::on_step, text(block + 1)))) return false;
    const TokenKind keyword = in_edits()                  ? TokenKind::change
                              : owner() == TokenKind::end ? TokenKind::stream
                              : properties                ? TokenKind::step
                                                          : TokenKind::stage;
    const std::string made = title ? name_for(text(0)) : std::string();
    auto report =
        diagnostics_.report(diag::unexpected_word, range(0, 0),
                            fmt::format("a keyword such as `{}`", keyword_text(keyword)), describe(token(0), source_));
    report.help(fmt::format("write `{} {}{}{} {{`", keyword_text(keyword), title && made.empty() ? "NAME" : made,
                            title ? " " : "", text(0)));
    change();
    put_in(keyword, true);
    if (title) put_in(TokenKind::name);
    out_.push_back(token(0));
    out_.back().first_on_line = false;
    head_ = keyword;
    at_ += block;
    return true;
}

void repair_statements(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    Statements(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
