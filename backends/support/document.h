// A tree of values and how it is written as YAML and as JSON. Decides on quotes, so that every reader of either gets back the very
// text that went in. Does not know what the values mean; what may go into a text is up to the sink's text type (sink.h).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "backends/support/sink.h"

namespace vsm::backends {

template <class Text>
class MapOf;
template <class Text>
class ListOf;

/// A value of a document. Made by MapOf and ListOf.
class Value {
public:
    struct String {
        std::string text;
        bool block = false;  ///< in YAML as a block of lines, where it can be
    };
    using List = std::vector<Value>;
    using Map = std::vector<std::pair<std::string, Value>>;
    using Data = std::variant<std::nullptr_t, bool, std::int64_t, double, String, List, Map>;

    const Data& data() const { return data_; }

private:
    template <class>
    friend class MapOf;
    template <class>
    friend class ListOf;
    explicit Value(Data data) : data_(std::move(data)) {}

    Data data_;
};

/// What may be put into a document whose texts are of type `Text`: nothing that would turn a plain string into one.
template <class T, class Text>
concept ValueFor =
    std::same_as<T, std::nullptr_t> || std::same_as<T, bool> || std::integral<T> || std::same_as<T, double> ||
    std::same_as<T, MapOf<Text>> || std::same_as<T, ListOf<Text>> || std::convertible_to<const T&, Text>;

/// A list in the order of its adds.
template <class Text>
class ListOf {
public:
    template <ValueFor<Text> T>
    ListOf& add(const T& item) {
        items_.push_back(MapOf<Text>::value_of(item));
        return *this;
    }
    bool empty() const { return items_.empty(); }
    std::size_t size() const { return items_.size(); }

private:
    friend MapOf<Text>;
    Value::List items_;
};

/// A map in the order of its adds. Adding a key twice is our bug.
template <class Text>
class MapOf {
public:
    template <ValueFor<Text> T>
    MapOf& add(const Text& key, const T& value) {
        return put(key, value_of(value));
    }
    /// Text of several lines, written as such where YAML can.
    MapOf& add_block(const Text& key, const Text& text) { return put(key, Value(Value::String{text.str(), true})); }

    bool empty() const { return members_.empty(); }
    std::size_t size() const { return members_.size(); }
    Value value() const { return Value(members_); }

private:
    friend ListOf<Text>;

    MapOf& put(const Text& key, Value value) {
        members_.emplace_back(key.str(), std::move(value));
        return *this;
    }

    template <class T>
    static Value value_of(const T& item) {
        if constexpr (std::same_as<T, std::nullptr_t> || std::same_as<T, bool> || std::same_as<T, double>) {
            return Value(Value::Data(item));
        } else if constexpr (std::integral<T>) {
            return Value(Value::Data(static_cast<std::int64_t>(item)));
        } else if constexpr (std::same_as<T, MapOf>) {
            return Value(item.members_);
        } else if constexpr (std::same_as<T, ListOf<Text>>) {
            return Value(item.items_);
        } else {
            return Value(Value::String{Text(item).str(), false});
        }
    }

    Value::Map members_;
};

struct YamlOptions {
    /// Lines of a comment at the head; whatever they hold, each stays one line.
    std::span<const std::string> head;
    /// A key of the outermost map that is written without quotes although YAML 1.1 has another idea of it (GitHub's `on`).
    std::string_view bare_key;
};

/// Block style with two spaces, no anchors, tags or folded lines. A string is plain only where no reader of YAML 1.1 or 1.2 takes it
/// for anything else. Keys given twice in one map are our bug.
std::string write_yaml(const Value& root, const YamlOptions& options = {});

/// Raw UTF-8, two spaces, a line end at the end.
std::string write_json(const Value& root);

/// The same on one line, without a line end.
std::string write_json_line(const Value& root);

/// Whether YAML 1.1 and 1.2 both read the text back as itself when it stands without quotes.
bool plain_in_yaml(std::string_view text);

}  // namespace vsm::backends
