// Interprets values in other notations and suggests how to write them. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>

namespace vsm::lower {

struct Meaning {
    std::string help;
    std::string instead;  ///< equivalent text; empty if there are several readings or none
};

/// `2-3 weeks`, `about 2d`, `PT3H`, `1:30`, `tbd`. `what` is the property or statement that takes the time.
Meaning time_meant(std::string_view what, std::string_view text);
/// Whether a text counts working days: `5 working days`.
bool counts_working_days(std::string_view text);
/// A single time without a guess or a range, as goals take it.
Meaning single_time_meant(std::string_view what, std::string_view text);
/// `85 %`, `about 85%`, `9 of 10`; `spans`: a guess and a range are allowed.
Meaning share_meant(std::string_view text, bool spans);
/// `about 12`, `3 people`.
Meaning count_meant(std::string_view what, std::string_view text);
/// `40 per week`, `5/day`.
Meaning rate_meant(std::string_view what, std::string_view text);
/// `24/7`, `mon-fri`, `8h`.
Meaning calendar_meant(std::string_view text);
/// `31.03.2027`, `March 2027`, `Q1 2027`.
Meaning date_meant(std::string_view text);
/// `qa and ops`, `qa/dev`, `QA team`; `list`: several are allowed.
Meaning names_meant(std::string_view what, std::string_view text, bool list);
/// Whether a text means unknown or nothing: `unknown`, `tbd`, `???`, `-`.
bool is_placeholder(std::string_view text);
/// Whether a word means only that something is unknown: `tbd`, `unknown`.
bool says_unknown(std::string_view word);

}  // namespace vsm::lower
