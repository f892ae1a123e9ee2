// Names for a target that does not take everything: made of the characters it allows, short enough, no two alike when case is ignored.
// Knows the rules it is given, not whose they are.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace vsm::backends {

/// What a target takes as a name: ASCII letters and digits, and `also`.
struct NameRule {
    std::string_view also;
    std::size_t longest = 100;
    bool letter_first = false;  ///< a letter or `_` in front; others get `_`
};

/// The text in a rule's characters: letters lose their marks (`ü` is `u`), runs of anything else become one `-`, none at either end.
/// May be empty. Not shortened.
std::string name_from(std::string_view text, const NameRule& rule);

/// The names of one scope.
class Names {
public:
    explicit Names(NameRule rule) : rule_(rule) {}

    /// A name that is not taken yet, and takes it: from `wanted` or, if nothing of that can stay, from `otherwise`, with `tail` after
    /// it; cut to the longest there may be (never the tail), with `-2`, `-3`, … in front of the tail where that is taken.
    /// `otherwise` must leave something; `tail` must fit the rule and leave 20 characters of the longest name, or half of a short one.
    std::string claim(std::string_view wanted, std::string_view otherwise, std::string_view tail = {});

private:
    NameRule rule_;
    std::set<std::string> taken_;              ///< in lower case
    std::map<std::string, std::size_t> last_;  ///< the last number tried for a name, in lower case
};

}  // namespace vsm::backends
