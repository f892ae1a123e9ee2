// Reads texts, links and names.
#include <algorithm>

#include "compiler/lower/values/typed_values.h"
#include "compiler/lower/values/value_kinds.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

/// Suggests quotes for a text without them.
Meaning quotes_meant(std::string_view what, const ast::Value& value) {
    if (std::holds_alternative<ast::Unknown>(value.what) || std::holds_alternative<ast::NotApplicable>(value.what))
        return {fmt::format("omit `{}` if it is not known", what), {}};
    if (std::holds_alternative<ast::ListValue>(value.what))
        return {fmt::format("`{}` takes one text, not a list", what), {}};
    const std::string text = quoted(written(value));
    return {fmt::format("write `{}: {}`", what, text), text};
}

}  // namespace

std::optional<ir::Text> ValueReader::text(std::string_view what, const ast::Value& value) {
    if (silent(value)) return std::nullopt;
    if (const auto* found = std::get_if<ast::Text>(&value.what))
        return ir::Text{unless_blank(found->value), value.range};
    Meaning meant = quotes_meant(what, value);
    if (what == "link" && written(value).starts_with("http:"))
        meant = {fmt::format("links begin with `https://`: `{}: {}`", what, quoted("https" + written(value).substr(4))),
                 {}};
    wrong(what, value, "text in quotes", std::move(meant));
    return std::nullopt;
}

std::optional<ir::Text> ValueReader::text_or_name(std::string_view what, const ast::Value& value) {
    if (const auto* word = std::get_if<ast::Word>(&value.what)) return ir::Text{word->text, value.range};
    return text(what, value);
}

std::optional<ir::Text> ValueReader::link(std::string_view what, const ast::Value& value) {
    auto found = text(what, value);
    if (!found) return std::nullopt;
    const bool good = found->value.starts_with("https://") && found->value.size() > 8 &&
                      std::all_of(found->value.begin(), found->value.end(),
                                  [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
    if (good) return found;
    auto report = diagnostics_.report(diag::bad_link, value.range, found->value);
    if (found->value.size() > 7 && found->value.starts_with("http://"))
        report.help(fmt::format("write `{}`, if the site answers there", quoted("https" + found->value.substr(4))));
    else
        report.help("write the whole address, such as `\"https://example.org/runbook\"`");
    return std::nullopt;
}

std::optional<ast::Word> ValueReader::name(std::string_view what, const ast::Value& value, std::string_view takes) {
    if (const auto* word = std::get_if<ast::Word>(&value.what); word != nullptr && !value.repaired) return *word;
    wrong(what, value, takes, names_meant(what, written(value), false));
    return std::nullopt;
}

std::vector<ast::Word> ValueReader::names(std::string_view what, const ast::Value& value, std::string_view takes) {
    std::vector<ast::Word> found;
    const auto add = [&](const ast::Value& one) {
        if (const auto* word = std::get_if<ast::Word>(&one.what)) {
            if (what == "team" && says_unknown(word->text)) {
                wrong(what, one, takes, Meaning{"omit `team` if it is not known", {}});
            } else if (word->given()) {
                found.push_back(*word);
            }
        } else {
            Meaning meant = names_meant(what, written(one), true);
            const bool in_list = &one != &value;
            if (in_list && meant.instead.starts_with('['))
                meant = {"put a comma between two names", meant.instead.substr(1, meant.instead.size() - 2)};
            wrong(what, one, takes, std::move(meant));
        }
    };
    if (const auto* list = std::get_if<ast::ListValue>(&value.what)) {
        for (const ast::Value& one : list->values) add(one);
        if (list->values.empty())
            wrong(what, value, takes,
                  what == "after"
                      ? std::string(
                            "omit `after`: the element then follows the one before it; `after: start` begins the block")
                      : fmt::format("omit `{}`", what));
    } else {
        add(value);
    }
    return found;
}

std::vector<std::string> ValueReader::texts(std::string_view what, const ast::Value& value) {
    std::vector<std::string> found;
    const auto add = [&](const ast::Value& one) {
        if (const auto read = text_or_name(what, one)) found.push_back(read->value);
    };
    if (const auto* list = std::get_if<ast::ListValue>(&value.what)) {
        if (list->values.empty()) wrong(what, value, "at least one text", "remove the property if there is none");
        for (const ast::Value& one : list->values) add(one);
    } else {
        add(value);
    }
    return found;
}

}  // namespace vsm::lower
