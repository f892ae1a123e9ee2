// Splits texts into tokens: their kinds, their exact bytes, and the mistakes that only the lexer can see.
#include "compiler/parse/tokens/tokens.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/diagnostics/codes.h"
#include "base/diagnostics/fixes.h"
#include "tests/support/compile.h"
#include "tests/support/map_text.h"
#include "tests/support/mutants.h"

namespace {

using namespace vsm;
using parse::Token;
using parse::TokenKind;

constexpr auto first_keyword = static_cast<std::size_t>(TokenKind::import_);
constexpr auto last_keyword = static_cast<std::size_t>(TokenKind::with);

/// The kinds before the keywords, in the order of TokenKind: signs as written, other kinds by name.
constexpr auto kind_names = std::to_array<std::string_view>(
    {"end",     "{",      "}",        "[",    "]",    "(",      ")",        ":",       ",",     "..",        ".",
     "/",       "~",      "?",        "n/a",  "<=",   ">=",     "<",        ">",       "=",     "%",         "-",
     "percent", "number", "quantity", "date", "name", "string", "unclosed", "comment", "blank", "unexpected"});
static_assert(kind_names.size() == first_keyword);

std::string_view name_of(TokenKind kind) {
    const std::string_view keyword = parse::keyword_text(kind);
    return keyword.empty() ? kind_names[static_cast<std::size_t>(kind)] : keyword;
}

/// A text and its tokens.
struct Split {
    explicit Split(std::string_view text)
        : source(FileId{0}, "map.vsm", std::string(text)), tokens(parse::split(source, diagnostics)) {}

    /// The kinds, separated by blanks.
    std::string kinds() const {
        std::string text;
        for (const Token& token : tokens.items)
            text += fmt::format("{}{}", text.empty() ? "" : " ", name_of(token.kind));
        return text;
    }
    /// The text of each token, separated by bars.
    std::string texts() const {
        std::string text;
        for (const Token& token : tokens.items) text += fmt::format("{}{}", text.empty() ? "" : "|", text_of(token));
        return text;
    }
    std::string_view text_of(const Token& token) const { return source.text({source.id(), token.begin, token.end}); }
    /// The code of the only diagnostic and the text that it marks.
    std::string only_error() const {
        if (diagnostics.all().size() != 1) return fmt::format("{} diagnostics", diagnostics.all().size());
        const Diagnostic& one = diagnostics.all().front();
        return fmt::format("{} {}", info_of(one.code).name, source.text(one.range));
    }
    std::string fixed() const { return apply_fixes(source, diagnostics.all()).text; }

    SourceFile source;
    Diagnostics diagnostics;
    parse::Tokens tokens;
};

struct Case {
    std::string_view written, expected;
};

}  // namespace

TEST_CASE("each sign is one token of its own kind") {
    for (auto kind = static_cast<std::size_t>(TokenKind::open); kind <= static_cast<std::size_t>(TokenKind::minus);
         ++kind) {
        const Split split(kind_names[kind]);
        CAPTURE(kind_names[kind]);
        CHECK(split.kinds() == kind_names[kind]);
        CHECK(split.texts() == kind_names[kind]);
        CHECK(split.diagnostics.all().empty());
    }
}

TEST_CASE("each keyword has its own kind, and begins a statement or connects its parts") {
    for (std::size_t at = first_keyword; at <= last_keyword; ++at) {
        const auto kind = static_cast<TokenKind>(at);
        const std::string_view keyword = parse::keyword_text(kind);
        CAPTURE(keyword);
        CHECK(Split(keyword).kinds() == keyword);
        CHECK(parse::keyword_kind(keyword) == kind);
        CHECK(parse::is_word(kind));
        CHECK(parse::begins_statement(kind) != parse::is_connecting_keyword(kind));
        const auto statements = parse::statement_keywords();
        CHECK((std::find(statements.begin(), statements.end(), keyword) != statements.end()) ==
              parse::begins_statement(kind));
        for (const std::string& other :
             {fmt::format("{}s", keyword), fmt::format("{}_1", keyword), fmt::format("{}-1", keyword),
              fmt::format("_{}", keyword), fmt::format("{}é", keyword)})
            CHECK(Split(other).kinds() == "name");
    }
    CHECK(Split("Step STEP").kinds() == "name name");
    CHECK_FALSE(parse::keyword_kind("").has_value());
    CHECK(parse::keyword_text(TokenKind::name).empty());
}

TEST_CASE("every keyword can be the name of a stream, a team and each kind of element") {
    constexpr auto maps = std::to_array<std::string_view>(
        {"stream @ { step a { * } }\nfuture f of @ { change a { lead: 3h } }",
         "stream s { step a { * } }\nfuture @ of s by 2027-01-01 { change a { lead: 3h } }",
         "team @\nstream s { step a { team: @, * } step b { team: [@, @], * } }",
         "stream s { step @ { * } step b { *, after: @, rework 10% to @ } note \"n\" on @ }",
         "stream s { step @ { * } target @.lead_time <= 1d expect @.lead_time = 2h }",
         "stream s { step a { * } step @ { * } }\nfuture f of s { move @ before a add after @ wait 1d }",
         "stream s { step a { * } step @ { * } }\nfuture f of s { change @ { lead: 3h } replace @ with wait 2d }",
         "stream s { stage @ { step a { * } } }", "stream s { parallel @ { step a { * } } }",
         "stream s { demand: 9/d wait @ 1d queue 3 step a { * } }",
         "stream s { demand: 9/d wait 1d queue @ 3 step a { * } }",
         "stream s { choose @ { branch 100% { step a { * } } } }",
         "stream s { choose { branch 100% @ { step a { * } } } }"});
    for (std::size_t at = first_keyword; at <= last_keyword; ++at)
        for (const std::string_view map : maps) {
            const std::string_view keyword = parse::keyword_text(static_cast<TokenKind>(at));
            const std::string with_times = tests::replaced(map, '*', "process: 1h, lead: 2h");
            const std::string text = tests::replaced(with_times, '@', keyword);
            // `wait from 1d` may mean a bound
            if (keyword == "from" && map.starts_with("stream s { demand")) continue;
            CAPTURE(text);
            CHECK(tests::diagnose(text) == "");
        }
}

TEST_CASE("a number keeps its decimals, units and percent sign, and nothing else") {
    for (const Case& one : {Case{"12", "number"},
                            Case{"2.5", "number"},
                            Case{"85%", "percent"},
                            Case{"99.95%", "percent"},
                            Case{"45min", "quantity"},
                            Case{"1h30min", "quantity"},
                            Case{"1.5d", "quantity"},
                            Case{"1d2.5h", "quantity"},
                            Case{"12_000", "quantity"},
                            Case{"2nd_review", "quantity"},
                            Case{"1 h", "number name"},
                            Case{"85 %", "number %"},
                            Case{"1,5d", "number , quantity"},
                            Case{"-5min", "- quantity"},
                            Case{"~2d", "~ quantity"},
                            Case{"2d?", "quantity ?"},
                            Case{"1h..3h", "quantity .. quantity"},
                            Case{"1..2..3", "number .. number .. number"},
                            Case{"80%..90%", "percent .. percent"},
                            Case{"1h-3h", "quantity - quantity"},
                            Case{"5.", "number ."},
                            Case{".5d", ". quantity"},
                            Case{"85%%", "percent %"},
                            Case{"40/w", "number / name"},
                            Case{"7.5h/d 4.5d/w", "quantity / name quantity / name"},
                            Case{"9/10", "number / number"},
                            Case{"2027-03-31", "date"},
                            Case{"2027-03", "date"},
                            Case{"2-3", "date"},
                            Case{"31.03.2027", "number . number"},
                            Case{"1'200", "number unexpected number"},
                            Case{"1½h", "number unexpected name"},
                            Case{"½d", "unexpected name"}}) {
        CAPTURE(one.written);
        const Split split(one.written);
        CHECK(split.kinds() == one.expected);
        CHECK(split.diagnostics.all().empty());
    }
}

TEST_CASE("a name begins with a letter or `_`, in any script, and goes on with digits and dashes") {
    for (const Case& one : {Case{"load_test", "load_test"}, Case{"stage-2", "stage-2"}, Case{"_a", "_a"},
                            Case{"a-", "a-"}, Case{"prüfen", "prüfen"}, Case{"漢字 é1", "漢字|é1"},
                            Case{"a.b", "a|.|b"}, Case{"a/b", "a|/|b"}, Case{"a–b", "a|–|b"}, Case{"a…b", "a|…|b"},
                            Case{"a°", "a|°"}, Case{"-a", "-|a"}, Case{"n/a n/ab n /a na", "n/a|n/a|b|n|/|a|na"}}) {
        CAPTURE(one.written);
        CHECK(Split(one.written).texts() == one.expected);
    }
}

TEST_CASE("nothing but blanks and comments stands between the tokens of a map") {
    for (const std::string& map : tests::small_maps()) {
        const Split split(map);
        CAPTURE(map);
        REQUIRE(split.diagnostics.all().empty());
        std::string rest = map;
        std::uint32_t last = 0;
        for (const Token& token : split.tokens.items) {
            CHECK(token.begin >= last);
            CHECK(token.end > token.begin);
            CHECK_FALSE(token.repaired);
            last = token.end;
            std::fill(rest.begin() + token.begin, rest.begin() + token.end, ' ');
            if (token.kind == TokenKind::string) CHECK(split.text_of(token).front() == '"');
        }
        for (const SourceRange comment : split.tokens.comments) {
            CHECK(split.source.text(comment).front() == '#');
            std::fill(rest.begin() + comment.begin, rest.begin() + comment.end, ' ');
        }
        CHECK(rest.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string::npos);
    }
}

TEST_CASE("other line ends and a byte order mark change no token, comment or line") {
    for (const std::string& map : tests::small_maps()) {
        const Split plain(map);
        const std::string text = map.substr(map.starts_with("\xEF\xBB\xBF") ? 3 : 0);
        if (text.find('\r') != std::string::npos) continue;
        for (const std::string& other :
             {tests::replaced(text, '\n', "\r\n"), tests::replaced(text, '\n', "\r"), "\xEF\xBB\xBF" + text}) {
            const Split split(other);
            CAPTURE(other);
            CHECK(split.diagnostics.all().empty());
            CHECK(split.kinds() == plain.kinds());
            CHECK(split.texts() == plain.texts());
            CHECK(split.tokens.comments.size() == plain.tokens.comments.size());
            REQUIRE(split.tokens.items.size() == plain.tokens.items.size());
            for (std::size_t i = 0; i < split.tokens.items.size(); ++i) {
                const Token &token = split.tokens.items[i], &same = plain.tokens.items[i];
                CHECK(token.first_on_line == same.first_on_line);
                CHECK(split.source.line_of(token.begin) == plain.source.line_of(same.begin));
            }
        }
    }
}

TEST_CASE("columns count characters from the beginning of the line, whatever ends the line before") {
    const std::string title = tests::replaced(std::string(200, '.'), '.', "漢");
    for (const std::string_view line_end : {"\n", "\r\n", "\r"}) {
        const Split split(fmt::format("# é{}step prüfen \"{}\" {{ a", line_end, title));
        std::string columns;
        for (const Token& token : split.tokens.items) {
            const Position begin = split.source.position(token.begin), end = split.source.position(token.end);
            columns += fmt::format("{}:{}-{} ", begin.line, begin.column, end.column);
        }
        CHECK(columns == "2:1-5 2:6-12 2:13-215 2:216-217 2:218-219 ");
    }
}

TEST_CASE("a comment ends with its line, and a text holds none") {
    const Split split("# first\r\na#second # still\n\"# text\" b # last");
    CHECK(split.kinds() == "name string name");
    std::string comments;
    for (const SourceRange comment : split.tokens.comments) comments += fmt::format("[{}]", split.source.text(comment));
    CHECK(comments == "[# first][#second # still][# last]");
    CHECK(split.diagnostics.all().empty());
    std::string first;
    for (const Token& token : split.tokens.items) first += token.first_on_line ? '1' : '0';
    CHECK(first == "110");
}

TEST_CASE("a text ends at its own quote") {
    for (const Case& one : {Case{R"("")", R"("")"}, Case{R"("a" "b")", R"("a"|"b")"},
                            Case{R"("a\"b" c)", R"("a\"b"|c)"}, Case{R"("a\\" b)", R"("a\\"|b)"},
                            Case{R"("{ # 1h }" b)", R"("{ # 1h }"|b)"}, Case{R"("漢字" b)", R"("漢字"|b)"}}) {
        CAPTURE(one.written);
        const Split split(one.written);
        CHECK(split.texts() == one.expected);
        CHECK(split.diagnostics.all().empty());
    }
}

TEST_CASE("a text without its quote ends where it was meant to, and what follows is read") {
    struct Unclosed {
        std::string_view written, texts, error;
    };
    for (const Unclosed& one :
         {Unclosed{"step a \"Build { kind: manual }", "step|a|\"Build|{|kind|:|manual|}", "unclosed-text \"Build"},
          Unclosed{"owner: \"You, team: dev", "owner|:|\"You|,|team|:|dev", "unclosed-text \"You"},
          Unclosed{"step a { note \"Slow }", "step|a|{|note|\"Slow|}", "unclosed-text \"Slow"},
          Unclosed{"note \"Slow }", "note|\"Slow }", "unclosed-text \"Slow }"},
          Unclosed{"note \"Slow\nwait 1d", "note|\"Slow|wait|1d", "unclosed-text \"Slow"},
          Unclosed{"step a \"To\n production\" {", "step|a|\"To\n production\"|{", "unclosed-text \"To"},
          Unclosed{"note \"", "note|\"", "unclosed-text \""},
          Unclosed{"note \"a\\", "note|\"a\\", "unclosed-text \"a\\"},
          Unclosed{"step a Test it\" {", "step|a|Test it\"|{", "unexpected-word Test it\""},
          Unclosed{"step a \"Say \"now\" twice\" {", "step|a|\"Say \"now\" twice\"|{", "unexpected-word \""}}) {
        CAPTURE(one.written);
        const Split split(fmt::format("{}\n", one.written));
        CHECK(split.texts() == one.texts);
        CHECK(split.only_error() == one.error);
    }
}

TEST_CASE("other quotes make a text, and become straight ones or none") {
    for (const Case& one : {Case{"note “Slow”", "note \"Slow\""}, Case{"note „Slow“", "note \"Slow\""},
                            Case{"note 'Slow'", "note \"Slow\""}, Case{"note «Slow»", "note \"Slow\""},
                            Case{"note “Slow\"", "note \"Slow\""}, Case{"team: 'qa'", "team: qa"},
                            Case{"'team': qa", "team: qa"}, Case{"owner: 'qa'", "owner: \"qa\""}}) {
        CAPTURE(one.written);
        const Split split(one.written);
        CHECK(split.diagnostics.all().size() == 1);
        CHECK(split.fixed() == one.expected);
        CHECK(split.kinds().find("string") != std::string::npos);
    }
}

TEST_CASE("the first byte that is not UTF-8 is reported, and nothing is read") {
    using namespace std::string_view_literals;
    for (const auto& [text, at] : std::to_array<std::pair<std::string_view, std::uint32_t>>({{"step \xC3(", 5},
                                                                                             {"\xC0\xAF", 0},
                                                                                             {"a\xED\xA0\x80", 1},
                                                                                             {"a \xE2\x82", 2},
                                                                                             {"\xF4\x90\x80\x80", 0},
                                                                                             {"\"caf\xE9\"", 4},
                                                                                             {"a # é \xFF", 7},
                                                                                             {"\x80", 0},
                                                                                             {"\xFF\xFEs\0"sv, 0}})) {
        const Split split(text);
        CAPTURE(at);
        CHECK_FALSE(split.tokens.readable);
        CHECK(split.tokens.items.empty());
        REQUIRE(split.diagnostics.all().size() == 1);
        const Diagnostic& found = split.diagnostics.all().front();
        CHECK(found.code == Code::bad_encoding);
        CHECK(found.range == SourceRange{FileId{0}, at, at + 1});
        CHECK(found.message.ends_with(
            fmt::format("{:02X}", static_cast<unsigned>(static_cast<unsigned char>(text[at])))));
    }
}

TEST_CASE("an invisible character is reported where it hides, and splits no word, number or text") {
    for (const Case& one :
         {Case{"ste\u200Bp a", "step name"}, Case{"pro\u00ADcess: 1h", "name : quantity"}, Case{"1\u200Bh", "quantity"},
          Case{"2\u20605min", "quantity"}, Case{"85\u200B%", "percent"}, Case{"\"Re\u202Eview\" a", "string name"},
          Case{"# a\u202Eb\nstep", "step"}, Case{"a \u200B b", "name name"}, Case{"a\n\uFEFFb", "name name"}}) {
        CAPTURE(one.written);
        const Split split(one.written);
        CHECK(split.kinds() == one.expected);
        REQUIRE(split.diagnostics.all().size() == 1);
        const Diagnostic& found = split.diagnostics.all().front();
        CHECK(found.code == Code::invisible_character);
        CHECK(split.source.text(found.range).find_first_of("abcdefghijklmnopqrstuvwxyz \n") == std::string::npos);
    }
}

TEST_CASE("blanks that no keyboard types are one mistake, and become plain ones") {
    const Split split("step\u00A0a\u2009{\u202F}");
    CHECK(split.kinds() == "step name { }");
    CHECK(split.only_error() == "invisible-character \u00A0");
    CHECK(split.fixed() == "step a { }");
}

TEST_CASE("a run of the same stray character is one token") {
    CHECK(Split("@@@ a @$").texts() == "@@@|a|@|$");
    CHECK(Split("§§§a").texts() == "§§§|a");
    CHECK(Split("—— a; b").texts() == "——|a|;|b");
}

TEST_CASE("a comment of another language ends where it ends there, and is none inside a word") {
    struct Foreign {
        std::string_view written, texts;
        std::size_t errors;
    };
    for (const Foreign& one :
         {Foreign{"a // b\nc", "a|c", 1}, Foreign{"// a\nb", "b", 1}, Foreign{"a /* b\nc */ d", "a|d", 1},
          Foreign{"a /* b\nc", "a|c", 1}, Foreign{"<!-- a\nb --> c", "c", 1}, Foreign{"-- a\nb", "b", 1},
          Foreign{"a -- b", "a|-|-|b", 0}, Foreign{"; a\nb", "b", 1}, Foreign{"{// a\n}", "{|}", 1},
          Foreign{"40//w", "40|/|/|w", 0}, Foreign{"\"https://a.b\" c", "\"https://a.b\"|c", 0},
          Foreign{"# a // b\nc", "c", 0}}) {
        CAPTURE(one.written);
        const Split split(one.written);
        CHECK(split.texts() == one.texts);
        CHECK(split.diagnostics.all().size() == one.errors);
    }
    CHECK(Split("a // b").fixed() == "a # b");
    CHECK(Split("/* a */ b").fixed() == "/* a */ b");
}

TEST_CASE("a token is described as it is written, a long text by its quotes alone") {
    const std::string long_text = "\"" + std::string(39, 'x') + "\"";
    const Split split("step \"Test\" " + long_text);
    CHECK(parse::describe(split.tokens.items[0], split.source) == "`step`");
    CHECK(parse::describe(split.tokens.items[1], split.source) == "the text \"Test\"");
    CHECK(parse::describe(split.tokens.items[2], split.source) == "the text \"…\"");
    CHECK(parse::describe(parse::token_at(split.tokens.items, 3), split.source) == "the end of the file");
}

TEST_CASE("the indentation of a line counts a tab as four columns") {
    const SourceFile source(FileId{0}, "map.vsm", "a\n  b\n\t c\r\n\n   ");
    CHECK(parse::indent_of(source, 1) == 0);
    CHECK(parse::indent_of(source, 2) == 2);
    CHECK(parse::indent_of(source, 3) == 5);
    CHECK(parse::indent_of(source, 4) == 0);
    CHECK(parse::indent_of(source, 5) == 3);
}
