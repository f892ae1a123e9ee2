#include "compiler/lower/values/value_texts.h"

#include <fmt/format.h>

#include "base/text.h"

namespace vsm::lower {

std::string text_of(const ast::SpanValue& span) {
    std::string text = span.guess ? "~" : "";
    for (std::size_t i = 0; i < span.parts.size(); ++i) text += (i == 0 ? "" : "..") + span.parts[i].text;
    return text;
}

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        if (c == '\n') {
            made += "\\n";
        } else {
            made += c;
        }
    }
    return made + "\"";
}

std::string written(const ast::Value& value) {
    const auto* text = std::get_if<ast::Text>(&value.what);
    return text != nullptr ? text->value : lower::text_of(value);
}

std::string describe(const ast::Value& value) {
    struct Describe {
        std::string operator()(const ast::Hole&) const { return "nothing"; }
        std::string operator()(const ast::SpanValue& v) const {
            const bool number = v.parts.size() == 1 && v.parts[0].kind == ast::Amount::Kind::number && !v.guess;
            return fmt::format("{}`{}`", number ? "the plain number " : "", text_of(v));
        }
        std::string operator()(const ast::RateValue& v) const {
            return fmt::format("`{}`", lower::text_of(ast::Value{v, {}, false}));
        }
        std::string operator()(const ast::DistributionValue& v) const { return fmt::format("`{}(…)`", v->name.text); }
        std::string operator()(const ast::DateValue& v) const { return fmt::format("the date `{}`", v->day.text); }
        std::string operator()(const ast::Text&) const { return "a text in quotes"; }
        std::string operator()(const ast::Word& v) const { return fmt::format("`{}`", v.text); }
        std::string operator()(const ast::ListValue& v) const { return v.values.empty() ? "an empty list" : "a list"; }
        std::string operator()(const ast::Unknown&) const { return "`?`"; }
        std::string operator()(const ast::NotApplicable&) const { return "`n/a`"; }
    };
    return std::visit(Describe{}, value.what);
}

std::string unless_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        const char32_t c = found ? found->character : U'?';
        const bool space = c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
                           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
        if (!space && !is_invisible(c)) return std::string(text);
        at += found ? found->length : 1;
    }
    return {};
}

std::string text_of(const ast::Value& value) {
    struct Write {
        std::string operator()(const ast::Hole&) const { return {}; }
        std::string operator()(const ast::SpanValue& v) const { return text_of(v); }
        std::string operator()(const ast::RateValue& v) const {
            std::string text;
            for (const auto& part : v.parts)
                text += fmt::format("{}{}/{}", text.empty() ? "" : " ", part.amount.text, part.unit.text);
            return text;
        }
        std::string operator()(const ast::DistributionValue& v) const {
            std::string text = v->name.text + "(";
            for (const auto& argument : v->arguments)
                text += fmt::format("{}{}{}{}", text.back() == '(' ? "" : ", ", argument.name.text,
                                    argument.name.given() ? " " : "", argument.size.text);
            return text + ")";
        }
        std::string operator()(const ast::DateValue& v) const {
            return v->day.text + (v->source.given() ? " " + quoted(v->source.value) : "");
        }
        std::string operator()(const ast::Text& v) const { return quoted(v.value); }
        std::string operator()(const ast::Word& v) const { return v.text; }
        std::string operator()(const ast::ListValue& v) const {
            std::string text = "[";
            for (const ast::Value& item : v.values) text += (text.size() == 1 ? "" : ", ") + lower::text_of(item);
            return text + "]";
        }
        std::string operator()(const ast::Unknown&) const { return "?"; }
        std::string operator()(const ast::NotApplicable&) const { return "n/a"; }
    };
    return std::visit(Write{}, value.what);
}

}  // namespace vsm::lower
