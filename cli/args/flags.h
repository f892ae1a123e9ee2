// The flags and arguments of a command as data: names, help, the variable that each sets, what completes its value.
// Does not depend on the library that parses the command line.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "cli/args/common_options.h"

namespace vsm::cli {

/// Names that completion looks up when it is asked: in the maps named on the command line, or in git.
enum class Lookup { none, streams, futures, names, revisions };
/// Their names for `vsm words`, in the order of the enumeration. `names` are those of streams and futures.
inline constexpr std::array<std::string_view, 5> lookup_names{"none", "streams", "futures", "names", "revisions"};

/// What completion offers for a value.
struct Candidates {
    enum class Files { none, any, maps };
    std::vector<std::string> words;   ///< accepted words; before a `=` if there are `values`
    std::vector<std::string> values;  ///< accepted values after `=`
    Files files = Files::none;        ///< also accepts files; after a `=` if there are words
    bool list = false;                ///< accepts several, separated by commas
    Lookup lookup = Lookup::none;     ///< instead of words
};

/// What is wrong with the use of a command, for the user; nothing if it is right.
using UsageError = std::optional<std::string>;

/// A flag, or an argument by position.
struct Flag {
    std::string names;  ///< `-t,--to`, or `PATH` for an argument
    std::string value;  ///< what its value is called in the help; empty: it takes none
    std::string help;
    bool many = false;  ///< takes several values: a flag one each time
    bool is_required = false;
    bool is_hidden = false;
    std::string needed, excluded;  ///< another flag
    Candidates candidates;
    /// Reads the values, if the flag is given; a flag without values gets none.
    std::function<UsageError(const std::vector<std::string>&)> read;

    bool is_argument() const { return !names.starts_with("-"); }
    /// The last of its names: `--to`.
    std::string spelling() const { return names.substr(names.rfind(',') + 1); }

    Flag& required() { return is_required = true, *this; }
    Flag& hidden() { return is_hidden = true, *this; }
    Flag& needs(std::string flag) { return needed = std::move(flag), *this; }
    Flag& excludes(std::string flag) { return excluded = std::move(flag), *this; }
    Flag& completes(Candidates offered) { return candidates = std::move(offered), *this; }
    Flag& completes(Candidates::Files files) { return candidates.files = files, *this; }
    Flag& completes(Lookup lookup) { return candidates.lookup = lookup, *this; }
};

/// Declares the flags of one command, in the order of its help. Each sets a variable that must outlive this object.
class Flags {
public:
    using Words = std::vector<std::string>;
    using Reader = std::function<UsageError(const std::string&)>;
    using ListReader = std::function<UsageError(const Words&)>;

    explicit Flags(CommonOptions& common) : common_(common) {}

    /// A flag without a value.
    Flag& toggle(std::string names, bool& to, std::string help);
    Flag& text(std::string names, std::string value, std::string& to, std::string help);
    /// May be repeated.
    Flag& texts(std::string names, std::string value, Words& to, std::string help);
    /// One of some words, which are in the order of the enumeration.
    template <class Choice>
    Flag& choice(std::string names, std::string value, Choice& to, std::span<const std::string_view> words,
                 std::string help) {
        return one_of(std::move(names), std::move(value), {words.begin(), words.end()}, std::move(help),
                      [&to](std::size_t index) { to = static_cast<Choice>(index); });
    }
    /// A whole number from `from` to `to`.
    template <class Number>
    Flag& number(std::string names, std::string value, Number& to, int from, int most, std::string help) {
        return whole_number(std::move(names), std::move(value), from, most, std::move(help),
                            [&to](int given) { to = static_cast<Number>(given); });
    }
    /// A value that `read` understands.
    Flag& parsed(std::string names, std::string value, std::string help, Reader read);
    /// Values that `read` understands; may be repeated.
    Flag& list(std::string names, std::string value, std::string help, ListReader read);

    /// An argument by position.
    Flag& argument(std::string name, std::string& to, std::string help);
    /// All further arguments.
    Flag& arguments(std::string name, Words& to, std::string help);
    /// An argument that is one of some words, which are in the order of the enumeration.
    template <class Choice>
    Flag& argument(std::string name, Choice& to, std::span<const std::string_view> words, std::string help) {
        return choice(std::move(name), "TEXT", to, words, std::move(help));
    }

    /// `--config FILE`, `--no-config`.
    void config(ConfigChoice& to);
    /// `--what-if ELEMENT.PROPERTY=VALUE`.
    void what_if(Words& to);
    /// `-t`, `--to` and the former `--target`.
    void outputs(std::vector<const backends::Backend*>& to, std::string help);
    /// `--follow`.
    void follow();
    /// `--color`, `--quiet`.
    void common();

    std::deque<Flag>& all() { return flags_; }
    const std::deque<Flag>& all() const { return flags_; }

private:
    Flag& add(std::string names, std::string value, std::string help);
    Flag& one_of(std::string names, std::string value, Words words, std::string help,
                 std::function<void(std::size_t)> set);
    Flag& whole_number(std::string names, std::string value, int from, int most, std::string help,
                       std::function<void(int)> set);

    CommonOptions& common_;
    std::deque<Flag> flags_;  ///< keeps the addresses of its elements
};

}  // namespace vsm::cli
