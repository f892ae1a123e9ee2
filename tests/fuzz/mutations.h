// Changes to a text that somebody, or some tool, could have made: of tokens, lines, blocks and bytes. Knows no grammar,
// only what words look like; the words come from the seeds. The same random numbers give the same changes.
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
    /// Below `count`; 0 where there is nothing to choose from.
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

/// Words, numbers, texts in quotes, comments, blanks and single marks, which joined give the text again.
std::vector<std::string_view> tokens_of(std::string_view text);

/// Words of the language and what lies at the edges of what it allows: tokens that several seeds have.
std::vector<std::string> dictionary_of(const std::vector<std::string>& seeds);

class Mutations {
public:
    /// Takes tokens and lines from the seeds.
    explicit Mutations(const std::vector<std::string>& seeds);
    /// One to eight changes. At most `most` bytes.
    std::string mutate(std::string text, const std::vector<std::string>& others, Random& random,
                       std::size_t most) const;

private:
    friend struct Change;
    std::vector<std::string> tokens_, lines_;
    std::array<std::vector<std::string>, 4> alike_;  ///< the tokens by what they look like
};

}  // namespace vsm::fuzz
