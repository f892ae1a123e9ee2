// Generates random maps in the style of people: every statement and property, futures with edits of every kind, then
// with comments, blank lines and odd spacing between the words. Most are valid; some have a mistake that still parses.
#pragma once

#include <string>
#include <vector>

#include "compiler/parse/parse.h"
#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::tests {

class MapWriter {
public:
    explicit MapWriter(std::uint64_t seed) : dice_(seed) {}

    std::string write() {
        std::string text;
        if (dice_.one_in(3)) text += "allow missing-ca \"of the file\"\n";
        const bool teams = dice_.one_in(2);
        for (int team = 0; teams && team < 4; ++team)
            text += "team t" + std::to_string(team) + maybe(" \"Team\"") + team_block() + "\n";
        text += stream("today", teams);
        if (dice_.one_in(4))
            text +=
                "stream other \"Other\" { recovers: today, trigger: \"Alert\", step fix { process: 1h, wait: 1h } }\n";
        if (!dice_.one_in(4)) text += future("then", "today");
        if (text.find("future then") != std::string::npos && dice_.one_in(3))
            text += future("later", dice_.one_in(2) ? "then" : "today");
        return text;
    }

private:
    std::string maybe(const std::string& text) { return dice_.one_in(2) ? text : ""; }
    std::string pick(const std::vector<std::string>& words) {
        return words[static_cast<std::size_t>(dice_.below(static_cast<long>(words.size())))];
    }
    std::string fresh() { return names_.emplace_back("e" + std::to_string(names_.size() + 1)); }
    /// A name or none; stored in `name_`.
    std::string perhaps_named() { return name_ = dice_.one_in(2) ? fresh() : ""; }
    std::string minutes(long from, long most) { return std::to_string(from + dice_.below(most)) + "min"; }
    std::string percent() { return std::to_string(50 + dice_.below(51)) + "%"; }

    /// Properties in random order, with or without commas.
    std::string facts(std::vector<std::string> all) {
        std::string text;
        while (!all.empty()) {
            const std::size_t at = static_cast<std::size_t>(dice_.below(static_cast<long>(all.size())));
            text += " " + all[at] + maybe(",");
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
            if (dice_.one_in(8)) text += "\n";
        }
        return text;
    }

    std::vector<std::string> some_of(const std::vector<std::string>& all, long one_in) {
        std::vector<std::string> some;
        for (const std::string& one : all)
            if (dice_.one_in(one_in)) some.push_back(one);
        return some;
    }

    std::string team_block() {
        return dice_.one_in(4)
                   ? ""
                   : " {" +
                         facts(some_of({"people: 3", "available: 80%", "cost: 90/h", "link: \"https://example.org\""},
                                       2)) +
                         " }";
    }

    std::string stream(const std::string& name, bool teams) {
        std::string text = "stream " + name + maybe(" \"Today ü 本\"") + " {";
        std::vector<std::string> given = some_of(
            {"outcome: \"O\"", "owner: dev", "trigger: \"T # no comment\"", "customer: \"C\"", "supplier: \"S\"",
             "calendar: 7.5h/d 5d/w", "reviewed: 2026-11-02", "change_failure: 5%", "deploys: 2/w",
             "link: \"https://example.org\"", "x_own: [a, \"b\", 3]", "x_none: n/a", "x_when: 2026-01-01 \"source\""},
            3);
        given.push_back("demand: 40/w");
        text += facts(given) + "\n";
        if (teams && dice_.one_in(4)) text += "team guests { people: 1 }\n";
        text += body(3, 2 + dice_.below(4));
        text += step({}) + "\n";
        for (const std::string& goal :
             some_of({"target lead_time <= 50% by 2027-03-31 \"half\"", "target rolled_ca from 47% to >= 60.5%",
                      "expect steps > 0", "note \"of the stream\"", "kaizen \"Wish\" { owner: \"O\", due: 2027-01-01 }",
                      "allow missing-ca \"reason\"", "note \"from afar\" on " + names_.front(),
                      "kaizen \"Burst\" on " + names_.back()},
                     3))
            text += goal + "\n";
        return text + "}\n";
    }

    std::string body(int depth, long count) {
        std::string text;
        std::vector<std::string> before;
        for (long i = 0; i < count; ++i) {
            std::string after;
            if (!before.empty() && dice_.one_in(5))
                after = dice_.one_in(4)   ? "after: start"
                        : dice_.one_in(2) ? "after: " + pick(before)
                                          : "after: [" + pick(before) + "]";
            const std::string element_text = element(depth, after);
            text += element_text + "\n";
            if (!name_.empty()) before.push_back(name_);
        }
        return text;
    }

    std::string element(int depth, const std::string& after) {
        const long kind = depth == 0 || names_.size() > 14 ? dice_.below(7) : dice_.below(11);
        if (kind < 5) return step(after);
        const std::string own = kind == 7 ? name_ = fresh() : perhaps_named(), gap = own.empty() ? "" : " ",
                          order = after.empty() ? "" : " " + after, note = maybe("note \"inside\"\n");
        std::string text;
        if (kind == 5) text = "wait " + own + gap + time() + maybe(" \"A wait\"") + small_block(after);
        if (kind == 6)
            text =
                "queue " + own + gap + std::to_string(1 + dice_.below(20)) + maybe(" \"A queue\"") + small_block(after);
        if (kind == 7)
            text = "stage " + own + maybe(" \"Stage\"") + " {" + order + maybe(" x_own: 12,") + "\n" +
                   body(depth - 1, 1 + dice_.below(3)) + note + "}";
        if (kind == 8)
            text = "choose " + own + " {" + order + " branch 30% " + branch(depth) + " branch " + maybe("70% ") +
                   branch(depth) + note + "}";
        if (kind > 8)
            text = "parallel " + own + " {" + order + " " + step({}) + " branch " + branch(depth) +
                   maybe(" " + step({})) + note + "}";
        name_ = own;
        return text;
    }

    std::string branch(int depth) {
        return perhaps_named() + maybe(" \"Branch\"") + " {" + body(depth - 1, dice_.below(3)) + "}";
    }
    std::string small_block(const std::string& after) {
        return after.empty() ? maybe(" { note \"lies\" }") : " { " + after + " }";
    }

    std::string time() {
        switch (dice_.below(7)) {
            case 0: return minutes(10, 5) + ".." + minutes(20, 50);
            case 1: return "~" + minutes(10, 90);
            case 2: return "exponential(" + minutes(10, 90) + ")";
            case 3: return "lognormal(p50 1h, p85 3h)";
            case 4: return "?";
            default: return minutes(10, 90);
        }
    }

    std::string step(const std::string& after) {
        const std::string name = fresh();
        steps_.push_back(name);
        name_ = name;
        if (dice_.one_in(60)) return "step " + name + " { proces: 1h, lead: 2h }";
        std::vector<std::string> given =
            some_of({"team: " + pick({"t1", "[t0, t2]", "[t3, t1,]"}), "kind: " + pick({"automated", "approval"}),
                     "class: " + pick({"va", "nnva", "nva"}), "people: 2", "batch: 3", "wip: 4",
                     "tool: " + pick({"Git", "[\"Jira\", Git]", "\"One, two\""}), "measured: 2026-10-20 \"export\"",
                     "estimated: 2026-10-21", "link: \"https://example.org\"", "x_b: ~1h", "x_a: [a]"},
                    4);
        given.push_back("ca: " + pick({"?", "n/a", percent(), "~" + percent(), "10%.." + percent()}));
        if (!after.empty()) given.push_back(after);
        given.push_back("process: " + pick({minutes(1, 9), "~" + minutes(1, 9), "1min.." + minutes(2, 8)}));
        given.push_back(dice_.one_in(2) ? "wait: " + time() : "lead: " + minutes(100, 300));
        std::string text = "step " + name + maybe(" \"Do \\\"" + name + "\\\"\"") + " {" + facts(given);
        for (const std::string& more :
             some_of({"rework 5% to " + name, "rework 10% once { process: 5min, wait: 6min, team: t1 }",
                      "note \"of the step\"", "allow missing-ca \"why\"",
                      "kaizen \"Better\" { capability: test_automation }"},
                     8))
            text += " " + more + maybe(",");
        return text + " }";
    }

    std::string future(const std::string& name, const std::string& base) {
        base_steps_ = steps_;
        std::string text = "future " + name + maybe(" \"Then\"") + " of " + base + maybe(" by 2027-03-31") + " {\n";
        for (long i = dice_.below(5); i-- >= 0;) text += edit() + "\n";
        if (dice_.one_in(2))
            text += "kaizen \"Together\" { owner: dev, due: 2027-01-31\n" + edit() + "\n" + maybe(edit()) + " }\n";
        for (const std::string& more :
             some_of({"note \"of then\"", "note \"afar\" on " + pick(names_), "target lead_time <= 3d",
                      "expect steps > 0", "allow missing-ca \"then\"", "kaizen \"Some day\""},
                     4))
            text += more + "\n";
        return text + "}\n";
    }

    std::string edit() {
        // Edits of arbitrary elements would soon fail to apply.
        const std::vector<std::string>& left = base_steps_.empty() ? names_ : base_steps_;
        const std::string one = pick(dice_.one_in(4) ? names_ : left), other = pick(left),
                          side = dice_.one_in(2) ? "before " : "after ";
        switch (dice_.below(9)) {
            case 0: std::erase(base_steps_, one); return "remove " + one;
            case 1: return "move " + one + " " + side + other;
            case 2: return "add " + side + one + " " + step({});
            case 3: std::erase(base_steps_, one); return "replace " + one + " with " + step({});
            case 4: return "add " + side + one + " stage " + fresh() + " { " + step({}) + " }";
            case 5:
                return "change " + one + " { " +
                       pick({"lead: 5h", "process: 2min", "wait: 1h", "process: 1min, wait: 3min",
                             "lead: 5h, wait: 4h"}) +
                       " }";
            case 6:
                return "change " + one + " {" +
                       facts(some_of({"ca: none", "team: t2", "kind: none", "tool: Make", "x_a: none", "x_c: new",
                                      "class: va", "batch: none", "people: 7"},
                                     2)) +
                       maybe(" note \"changed\"") + " }";
            default:
                return "change " + one + " { " +
                       pick({"rework 3% to " + one, "rework 0% to " + one, "rework 2% { process: 1min, wait: 1min }",
                             "rework 0% { process: 1min, wait: 1min }"}) +
                       " }";
        }
    }

    Dice dice_;
    std::string name_;  ///< of the last element written
    std::vector<std::string> names_, steps_;
    std::vector<std::string> base_steps_;  ///< that the future still has
};

/// A map with other separators between its words: spaces, line ends of every kind, and comments `#c1` and so on.
struct Scrambled {
    std::string text;
    std::vector<std::string> comments;
};

inline Scrambled scramble(const std::string& map, std::uint64_t seed) {
    Dice dice(seed);
    const SourceFile source(FileId{0}, "map.vsm", map);
    Diagnostics ignored;
    const parse::Tokens tokens = parse::split(source, ignored);
    const std::string line_end = dice.one_in(8) ? "\r\n" : "\n";
    const bool many_comments = dice.one_in(2), dense = dice.one_in(3);
    Scrambled made;
    std::uint32_t last_end = 0;
    parse::TokenKind last_kind = parse::TokenKind::end;
    bool comma_before = false;
    for (const parse::Token& token : tokens.items) {
        // Do not break where that changes the meaning: two words without a colon after them on the line read as a name
        // with a blank, words after a comma as part of a list; a rate is one word.
        const bool glued = token.kind == parse::TokenKind::colon || token.kind == parse::TokenKind::per ||
                           last_kind == parse::TokenKind::per;
        const bool begun = comma_before && parse::begins_statement(last_kind);
        comma_before = last_kind == parse::TokenKind::comma;
        last_kind = token.kind;
        if (glued || begun) {
            made.text += (begun || dice.one_in(3) ? " " : "") + map.substr(token.begin, token.end - token.begin);
            last_end = token.end;
            continue;
        }
        const bool line_before = map.substr(last_end, token.begin - last_end).find('\n') != std::string::npos;
        std::string gap = token.begin == 0 ? "" : " ";
        if (!dense && dice.one_in(3)) gap += dice.one_in(2) ? "\t  " : "   ";
        const long breaks = line_before ? 1 + dice.below(3) : dice.one_in(dense ? 60 : 12) ? 1 + dice.below(2) : 0;
        for (long i = 0; i < breaks; ++i) gap += line_end + (dice.one_in(2) ? "  " : "");
        while (dice.one_in(many_comments ? line_before ? 4 : 15 : 60)) {
            made.comments.push_back("#c" + std::to_string(made.comments.size() + 1) +
                                    (dice.one_in(3) ? " ü { } \"" : ""));
            gap += made.comments.back() + (dice.one_in(4) ? " \t" : "") + line_end;
            while (dice.one_in(3)) gap += line_end;
            gap += std::string(static_cast<std::size_t>(dice.below(30)), ' ');
        }
        made.text += gap + map.substr(token.begin, token.end - token.begin);
        last_end = token.end;
    }
    if (!dice.one_in(4)) made.text += line_end;
    return made;
}

}  // namespace vsm::tests
