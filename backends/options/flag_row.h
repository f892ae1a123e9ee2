// The form in which a backend declares the flags of `vsm build` that it reads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::backends {

enum class FlagKind {
    toggle,  ///< takes no value
    word,    ///< takes one of the words
    words,   ///< takes some of the words, with commas between
    list,    ///< takes any words, with commas between
    text,    ///< takes a text
};

/// The values of a flag on the command line, already checked against its words.
struct FlagInput {
    std::vector<std::string> values;
    std::size_t index = 0;  ///< of the first value among the words
};

struct FlagForm {
    std::string_view name;  ///< `--diagram`
    FlagKind kind = FlagKind::toggle;
    std::string_view value = {};  ///< what its value is called in the help
    std::string_view help = {};
    std::vector<std::string_view> words = {};
    std::string_view example = {};  ///< a valid list
    bool hidden = false;            ///< an old name that still works
};

/// A flag that sets a member of `Options`, which is a part of BackendOptions.
template <class Options>
struct FlagRow {
    FlagForm form;
    /// Returns what is wrong with the values, as a phrase that follows the name.
    std::function<std::optional<std::string>(Options&, const FlagInput&)> read;
};

/// Sets an enumeration whose values are in the order of the words.
template <class Options, class Choice>
auto to_word(Choice Options::* member) {
    return [member](Options& options, const FlagInput& input) -> std::optional<std::string> {
        options.*member = static_cast<Choice>(input.index);
        return std::nullopt;
    };
}

template <class Options>
auto to_words(std::vector<std::string> Options::* member) {
    return [member](Options& options, const FlagInput& input) -> std::optional<std::string> {
        options.*member = input.values;
        return std::nullopt;
    };
}

template <class Options>
auto to_true(bool Options::* member) {
    return [member](Options& options, const FlagInput&) -> std::optional<std::string> {
        options.*member = true;
        return std::nullopt;
    };
}

}  // namespace vsm::backends
