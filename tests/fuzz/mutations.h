// Mutates texts the way a person or a tool might: tokens, lines, blocks and bytes. Does not depend on the grammar, only
// on the lexical class of tokens; words come from the seeds. Equal random numbers give equal changes.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::fuzz {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    /// A number below `count`; 0 if `count` is 0.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(engine_() % count); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class List>
    const auto& from(const List& list) {
        return list[below(std::size(list))];
    }
    std::uint64_t number() { return engine_(); }

private:
    std::mt19937_64 engine_;
};

/// Splits into words, numbers, quoted texts, comments, blanks and single marks; joined, they yield the text.
std::vector<std::string_view> tokens_of(std::string_view text);

/// Words for a fuzzer: tokens that occur in at least three seeds, and boundary cases of the language.
std::vector<std::string> dictionary_of(const std::vector<std::string>& seeds);

class Mutations {
public:
    /// Collects tokens and lines from the seeds.
    explicit Mutations(const std::vector<std::string>& seeds);
    /// Applies one to eight changes. Truncates to `most` bytes.
    std::string mutate(std::string text, const std::vector<std::string>& others, Random& random,
                       std::size_t most) const;

private:
    friend struct Change;
    std::vector<std::string> tokens_, lines_;
    std::array<std::vector<std::string>, 4> alike_;  ///< tokens by lexical class
};

}  // namespace vsm::fuzz
