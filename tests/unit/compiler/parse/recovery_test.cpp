// Recovers from one mistake: one error at its exact place, a fix that compiles, and everything else read as written.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/diagnostics/fixes.h"
#include "compiler/parse/parse.h"
#include "tests/support/compile.h"
#include "tests/support/map_text.h"

namespace {

using namespace vsm;
using parse::Token;
using parse::TokenKind;

/// A map with one mistake, marked, and the map that its fix makes; empty: no fix.
struct Mistake {
    std::string_view code, written;
    std::string_view fixed = {};
};

/// Mistakes in an item of a stream.
constexpr auto mistakes = std::to_array<Mistake>(
    {{"unknown-statement", "<<stpe>> a { process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unknown-statement", "<<STEP>> a { process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unknown-statement", "<<stge>> g { step a { process: 1h, lead: 2h } }",
      "stage g { step a { process: 1h, lead: 2h } }"},
     {"unknown-statement", "<<delay>> 2d", "wait 2d"},
     {"unknown-statement", "<<task>> a { process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"missing-colon", "step a { <<process>> 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"missing-colon", "step a { <<process>> = 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"missing-colon", "step a { process: 1h, lead: 2h, <<kind>> manual }",
      "step a { process: 1h, lead: 2h, kind: manual }"},
     {"unwanted-colon", "step<<:>> a { process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unwanted-colon", "step a { process: 1h, lead: 2h, rework<<:>> 5% to a }",
      "step a { process: 1h, lead: 2h, rework 5% to a }"},
     {"missing-brace", "<<step a>> process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"missing-brace", "stage g { <<step a \"A\">> process: 1h, lead: 2h } }",
      "stage g { step a \"A\" { process: 1h, lead: 2h } }"},
     {"unexpected-word", "step a { process: 1h,<<,>> lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unexpected-word", "step a { <<,>>process: 1h, lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unexpected-word", "step a { process: 1h, lead: 2h, rework 5% <<a>> }",
      "step a { process: 1h, lead: 2h, rework 5% to a }"},
     {"unexpected-word", "step a { process: 1h, lead: 2h, rework 5% <<onec>> to a }",
      "step a { process: 1h, lead: 2h, rework 5% once to a }"},
     {"unexpected-word", "step a { process: 1h, lead: 2h, rework 5% <<tpo>> a }"},
     {"unexpected-word", "target lead_time <= 3d <<bz>> 2027-03-31", "target lead_time <= 3d by 2027-03-31"},
     {"unexpected-word", "target lead_time <<=<>> 3d", "target lead_time <= 3d"},
     {"unexpected-word", "wait <<.5d>>", "wait 0.5d"},
     {"unexpected-character", "<<//>> slow", "# slow"},
     {"unexpected-character", "step a { process: 1h<<;>> lead: 2h }", "step a { process: 1h, lead: 2h }"},
     {"unexpected-character", "note <<“Slow”>>", "note \"Slow\""},
     {"list-without-brackets", "step a { process: 1h, lead: 2h, team: <<qa, dev>> }",
      "step a { process: 1h, lead: 2h, team: [qa, dev] }"},
     {"list-without-brackets", "step a { process: 1h, lead: 2h, tool: <<\"Git\", \"Jira\">> }",
      "step a { process: 1h, lead: 2h, tool: [\"Git\", \"Jira\"] }"},
     {"negative-number", "step a { process: 1h, wait: <<-5min>> }"},
     {"unexpected-word", "step <<{>> process: 1h, lead: 2h }"},
     {"unexpected-word", "step a { <<process:>> , lead: 2h }"},
     {"unexpected-word", "wait <<\"Board\">>"},
     {"unclosed-block", "step a { process: 1h, lead: 2h, team: [qa, <<dev>> }"},
     {"unclosed-block", "step a { process: 1h, wait: exponential(2h<<,>> kind: manual }"},
     {"unmatched-closing", "step a { process: 1h, lead: 2h, team: qa<<]>> }"},
     {"unclosed-text", "step a <<\"Build>> { process: 1h, lead: 2h }"},
     {"unknown-statement", "<<frobnicate>> the change"}});

/// Mistakes in an edit of a future.
constexpr auto edit_mistakes =
    std::to_array<Mistake>({{"unknown-statement", "<<delete>> b", "remove b"},
                            {"unknown-statement", "<<modify>> b { lead: 4h }", "change b { lead: 4h }"},
                            {"unknown-statement", "<<chnage>> b { lead: 4h }", "change b { lead: 4h }"},
                            {"unknown-statement", "<<mvoe>> b after z", "move b after z"},
                            {"unwanted-colon", "change b<<:>> { lead: 4h }", "change b { lead: 4h }"},
                            {"missing-colon", "change b { <<lead>> 4h }", "change b { lead: 4h }"},
                            {"unexpected-word", "replace b <<wiht>> wait 1d", "replace b with wait 1d"},
                            {"unexpected-word", "move b <<aftr>> z", "move b after z"}});

/// The text around an item.
struct Frame {
    std::string before, behind;
};

/// A place among the items of a stream. `broken`: a property behind it is misspelt.
Frame in_stream(bool broken = false) {
    return {"stream s {\n  step b { process: 1h, lead: 2h }\n  ",
            fmt::format("\n  step z {{ {}: 1h, lead: 2h }}\n}}\n", broken ? "proces" : "process")};
}

Frame in_future(bool broken = false) {
    return {
        "stream s {\n  step b { process: 1h, lead: 2h }\n  step z { process: 1h, lead: 2h }\n}\nfuture f of s {\n  ",
        fmt::format("\n  change z {{ {}: 30min }}\n}}\n", broken ? "proces" : "process")};
}

std::string framed(const Frame& frame, std::string_view item) {
    return fmt::format("{}{}{}", frame.before, item, frame.behind);
}

/// The line and column of an offset, counted without SourceFile.
std::string place_of(std::string_view text, std::uint32_t offset) {
    std::size_t line = 1, column = 1;
    for (const char c : text.substr(0, offset)) {
        if (c == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
            ++column;
        }
    }
    return fmt::format("{}:{}", line, column);
}

std::string place_of(const SourceFile& source, std::uint32_t offset) {
    const Position at = source.position(offset);
    return fmt::format("{}:{}", at.line, at.column);
}

/// `CODE LINE:COLUMN-LINE:COLUMN` of each error.
std::string errors_of(const SourceFile& source, const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& one : diagnostics.all())
        if (one.severity == Severity::error)
            text += fmt::format("{}{} {}-{}", text.empty() ? "" : ", ", info_of(one.code).name,
                                place_of(source, one.range.begin), place_of(source, one.range.end));
    return text;
}

std::string errors_of(const std::string& text) {
    Diagnostics diagnostics;
    tests::compile_text(text, &diagnostics);
    return errors_of(SourceFile(FileId{0}, "map.vsm", text), diagnostics);
}

std::string expected_error(const Mistake& mistake, const tests::Marked& map) {
    return fmt::format("{} {}-{}", mistake.code, place_of(map.text, map.begin), place_of(map.text, map.end));
}

void check_fix(const Mistake& mistake, const std::string& text, const std::string& fixed) {
    Diagnostics diagnostics;
    tests::compile_text(text, &diagnostics);
    const FixedText made = apply_fixes(SourceFile(FileId{0}, "map.vsm", text), diagnostics.all());
    CHECK(made.count == (mistake.fixed.empty() ? 0 : 1));
    if (mistake.fixed.empty()) return;
    CHECK(made.text == fixed);
    CHECK(tests::compile_text(made.text).has_value());
}

std::string outline(const ast::Block& block);

/// A statement: the name of what it declares or changes, and its block.
struct Outline {
    std::string operator()(const ast::Stream& one) const { return one.name.text + "{" + outline(one.block) + "}"; }
    std::string operator()(const ast::Future& one) const { return one.name.text + "{" + outline(one.block) + "}"; }
    std::string operator()(const ast::Element& one) const { return one.name.text + "{" + outline(one.block) + "}"; }
    std::string operator()(const ast::Change& one) const { return one.element.text + "{" + outline(one.block) + "}"; }
    std::string operator()(const ast::Remove& one) const { return one.element.text; }
    std::string operator()(const ast::Rework&) const { return "rework"; }
    std::string operator()(const auto&) const { return "other"; }
};

/// The properties and statements of a block.
std::string outline(const ast::Block& block) {
    std::string text;
    for (const ast::Item& item : block.items) {
        text += text.empty() ? "" : " ";
        const auto* property = item.property();
        text += property != nullptr ? property->name.text : std::visit(Outline{}, *item.statement());
    }
    return text;
}

struct Parsed {
    std::string outline, errors;
    std::size_t count = 0;
};

Parsed parsed(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics diagnostics;
    const ast::File file = parse::parse(source, diagnostics);
    return {outline(file.block), errors_of(source, diagnostics), diagnostics.error_count()};
}

/// Whether each closing bracket has its opening one before it, and no other between them is open.
bool is_matched(const std::vector<Token>& tokens) {
    std::vector<TokenKind> open;
    for (const Token& token : tokens) {
        const auto opener = static_cast<TokenKind>(static_cast<int>(token.kind) - 1);
        if (token.kind == TokenKind::open || token.kind == TokenKind::open_list ||
            token.kind == TokenKind::open_arguments) {
            open.push_back(token.kind);
        } else if (!open.empty() && open.back() == opener) {
            open.pop_back();
        } else {
            return false;
        }
    }
    return open.empty();
}

/// Whether no `}` comes before its `{`.
bool is_ordered(std::string_view text) {
    int open = 0;
    for (const char c : text) {
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (open < 0) return false;
    }
    return true;
}

const std::string indented = R"(stream s "S" {
  trigger: "T"
  step a "A" { process: 1h, lead: 2h }
  stage g {
    step b {
      process: 1h
      lead: 2h
      rework 5% to a
    }
    parallel {
      step c { process: 1h, lead: 2h, team: [qa, dev] }
      branch d {
        wait 1d
        step e { process: 1h, wait: exponential(2h) }
      }
    }
  }
  step h {
    process: 1h, lead: 2h
  }
}

future f of s {
  change a {
    lead: 3h
  }
  remove h note "N"
}
)";

}  // namespace

TEST_CASE("a mistake is one error at its words, and its fix compiles") {
    const auto check = [](const Mistake& mistake, const Frame& frame) {
        const tests::Marked map = tests::marked(framed(frame, mistake.written));
        CAPTURE(map.text);
        CHECK(errors_of(map.text) == expected_error(mistake, map));
        check_fix(mistake, map.text, framed(frame, mistake.fixed));
    };
    for (const Mistake& mistake : mistakes) check(mistake, in_stream());
    for (const Mistake& mistake : edit_mistakes) check(mistake, in_future());
}

TEST_CASE("another mistake behind the first is reported as well") {
    const auto check = [](const Mistake& mistake, const Frame& frame) {
        const tests::Marked map = tests::marked(framed(frame, mistake.written));
        const auto second = static_cast<std::uint32_t>(map.text.rfind("proces:"));
        CAPTURE(map.text);
        CHECK(errors_of(map.text) == fmt::format("{}, unknown-property {}-{}", expected_error(mistake, map),
                                                 place_of(map.text, second), place_of(map.text, second + 6)));
    };
    for (const Mistake& mistake : mistakes) check(mistake, in_stream(true));
    for (const Mistake& mistake : edit_mistakes) check(mistake, in_future(true));
}

TEST_CASE("a brace left out is put back where the indentation shows it") {
    const Parsed whole = parsed(indented);
    REQUIRE(whole.errors == "");
    for (std::size_t at = 0; at < indented.size(); ++at) {
        if (indented[at] != '{' && indented[at] != '}') continue;
        std::string without = indented;
        without.erase(at, 1);
        const Parsed found = parsed(without);
        CAPTURE(without);
        CAPTURE(found.errors);
        CHECK(found.count == 1);
        CHECK(found.outline == whole.outline);
    }
}

TEST_CASE("a bracket too many is one error, and changes nothing else") {
    const Parsed whole = parsed(indented);
    for (const std::string_view extra : {"}", "]", ")"}) {
        for (std::size_t end = indented.find('\n'); end != std::string::npos; end = indented.find('\n', end + 1)) {
            if (extra == "}" && indented[end - 1] != '}') continue;
            const std::string text = indented.substr(0, end) + std::string(extra) + indented.substr(end);
            const Parsed found = parsed(text);
            CAPTURE(text);
            CAPTURE(found.errors);
            CHECK(found.count == 1);
            if (extra != "}") CHECK(found.outline == whole.outline);
        }
    }
}

TEST_CASE("brackets are matched, and an error says that one was put in or taken out") {
    constexpr std::string_view brackets = "{}[]()";
    constexpr std::size_t longest = 5;
    std::vector<std::string> texts{""};
    for (std::size_t at = 0; at < texts.size(); ++at) {
        const std::string text = texts[at];
        for (const char bracket : brackets)
            if (text.size() < longest) texts.push_back(text + bracket);
        // as many `}` as `{`, in the wrong order, are left to the parser
        const auto opening = std::count(text.begin(), text.end(), '{'),
                   closing = std::count(text.begin(), text.end(), '}');
        if (opening == closing && !is_ordered(text)) continue;
        const SourceFile source(FileId{0}, "map.vsm", text);
        Diagnostics diagnostics;
        parse::Tokens tokens = parse::split(source, diagnostics);
        const bool matched = is_matched(tokens.items);
        parse::balance(tokens, source, diagnostics);
        CAPTURE(text);
        CHECK(is_matched(tokens.items));
        CHECK((matched || diagnostics.has_errors()));
    }
}

TEST_CASE("what a part that cannot be read may have said is not reported as missing") {
    for (const std::string_view item :
         {"step a { process: 1h, (lead) }", "step a { process: 1h, lead: }", "step a { process: 1h, lead = 2h }",
          "step a { process: 1h, rework }", "choose { branch 30% c { wait 1d } brnach 70% e { wait 1d } }",
          "choose { branch 30% c { wait 1d } branch 70 e { wait 1d } }", "demand: 40\n  queue 3",
          "frobnicate a { process: 1h, lead: 2h }\n  note \"Slow\" on a",
          "stage { wait 1d }\n  note \"Slow\" on verify",
          "parallel p { step \"Test\" { process: 1h, lead: 2h } }\n  note \"Slow\" on testing"}) {
        const std::string text = framed(in_stream(), item);
        Diagnostics diagnostics;
        tests::compile_text(text, &diagnostics);
        CAPTURE(text);
        CAPTURE(tests::diagnose(text));
        CHECK(diagnostics.error_count() == 1);
    }
}

TEST_CASE("a file of nothing but mistakes is given up, not read to its end") {
    for (const std::string_view line :
         {"  step a { process: 1 h, lead: 2 h }\n", "  stpe a { process: 1h, lead: 2h }\n"}) {
        std::string text = "stream s {\n";
        for (int i = 0; i < 2'000; ++i) text += line;
        const Parsed found = parsed(text + "}\n");
        CHECK(found.count > 100);
        CHECK(found.count < 2 * parse::most_mistakes);
    }
}

TEST_CASE("a map is none of the documents that it resembles") {
    for (const std::string_view text :
         {"# step,team,process\n# a,qa,1h\nstream s { step b { process: 1h, lead: 2h } }",
          "\n\n  stream gantt \"graph TD\" { step pie { process: 1h, lead: 2h } }",
          "team graph team flowchart\nstream s { step b { process: 1h, lead: 2h, team: graph } }",
          "allow missing-ca \"- a: b\"\nstream s {\n  x_a: 1\n  x_b: 2\n  step b { process: 1h, lead: 2h }\n}"}) {
        const SourceFile source(FileId{0}, "map.vsm", std::string(text));
        CAPTURE(text);
        CHECK_FALSE(parse::foreign_document(source).has_value());
        CHECK(tests::compile_text(text).has_value());
    }
    for (const std::string_view before : {"---\n", "- ", "title: S\n", "pie\n", "// S\n"}) {
        const std::string text = fmt::format("{}stream s {{\n  step b {{ process: 1h, lead: 2h }}\n}}\n", before);
        const Parsed found = parsed(text);
        CAPTURE(text);
        CHECK(found.errors.find("foreign-document") == std::string::npos);
        CHECK(found.outline.find("s{b{process lead}}") != std::string::npos);
    }
}

TEST_CASE("a document of another kind is named at its first line") {
    for (const std::string_view written :
         {"<<graph TD>>\n  A --> B\n", "\n# a comment\n\n  <<stream: checkout>>\n  title: Checkout\n",
          "\xEF\xBB\xBF<<{ \"stream\": 1 }>>\r\n", "# é\n<<a;b;c>>\nd;e;f\n"}) {
        const tests::Marked document = tests::marked(written);
        const SourceFile source(FileId{0}, "map.vsm", document.text);
        const auto found = parse::foreign_document(source);
        CAPTURE(document.text);
        REQUIRE(found.has_value());
        CHECK(found->range == SourceRange{FileId{0}, document.begin, document.end});
    }
}
