// Builds unique names for formats that restrict them: allowed characters, maximum length, no case-insensitive
// duplicates. Does not depend on the format.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace vsm::backends {

/// The names that a format allows: of ASCII letters, digits and the characters in `also`.
struct NameRule {
    std::string_view also;
    std::size_t longest = 100;
    bool letter_first = false;  ///< the first character must be a letter or `_`; any other gets `_` in front
};

/// The text in the rule's characters: letters lose their diacritics (`ü` becomes `u`), each run of other characters and
/// hyphens becomes one `-`, none at either end. May be empty. Not shortened.
std::string name_from(std::string_view text, const NameRule& rule);

/// The set of names in one scope.
class Names {
public:
    explicit Names(NameRule rule) : rule_(rule) {}

    /// Returns an unused name and reserves it: from `wanted` or, if none of its characters is allowed, from
    /// `otherwise`, followed by `tail`. Shortens the part before the tail to fit, and appends `-2`, `-3`, … to it if
    /// the name is taken. `otherwise` must contain an allowed character; `tail` must follow the rule and leave 20
    /// characters of the longest name, or half of a shorter one.
    std::string claim(std::string_view wanted, std::string_view otherwise, std::string_view tail = {});

private:
    NameRule rule_;
    std::set<std::string> taken_;              ///< in lower case
    std::map<std::string, std::size_t> last_;  ///< the last number tried per name, in lower case
};

}  // namespace vsm::backends
