// A tree of values with YAML and JSON writers. Quotes strings so that every reader of either format gets the original
// text back. Does not depend on what the values mean; the sink's text type (sink.h) decides what a text may contain.
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

/// A value of a document. Built by MapOf and ListOf.
class Value {
public:
    struct String {
        std::string text;
        bool block = false;  ///< written as a block scalar in YAML if possible
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

/// The types that a document with texts of type `Text` accepts: a plain string only if `Text` converts from it.
template <class T, class Text>
concept ValueFor =
    std::same_as<T, std::nullptr_t> || std::same_as<T, bool> || std::integral<T> || std::same_as<T, double> ||
    std::same_as<T, MapOf<Text>> || std::same_as<T, ListOf<Text>> || std::convertible_to<const T&, Text>;

/// A list, in insertion order.
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

/// A map, in insertion order. Duplicate keys fail a VSM_CHECK when written.
template <class Text>
class MapOf {
public:
    template <ValueFor<Text> T>
    MapOf& add(const Text& key, const T& value) {
        return put(key, value_of(value));
    }
    /// A multi-line text, written as a block scalar in YAML if possible.
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
    /// Comment lines at the head of the file; whatever they contain, each stays one line.
    std::span<const std::string> head;
    /// A key of the outermost map to write without quotes although YAML 1.1 reads it as another type (GitHub's `on`).
    std::string_view bare_key;
};

/// Block style with two spaces; no anchors, tags or folded lines. A string is unquoted only if every YAML 1.1 or 1.2
/// reader takes it for that string. `root` must be a map with at least one member, without duplicate keys.
std::string write_yaml(const Value& root, const YamlOptions& options = {});

/// Raw UTF-8, indented by two spaces, with a final newline.
std::string write_json(const Value& root);

/// The same on one line, without a final newline.
std::string write_json_line(const Value& root);

/// Whether both YAML 1.1 and 1.2 read the unquoted text back unchanged.
bool plain_in_yaml(std::string_view text);

}  // namespace vsm::backends
