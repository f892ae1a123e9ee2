// Writes JSON text piece by piece, in the given order. Does not read JSON and knows no schema.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace vsm {

/// A JSON string with its quotes. Invisible characters are escaped; bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// Handles nesting, commas and layout; the caller decides the content. Indents by two spaces; a container opened as
/// `line` stays on one line with all its content. Wrong nesting is an internal error.
class JsonWriter {
public:
    enum class Layout { block, line };

    JsonWriter& object(Layout layout = Layout::block) { return open('{', layout); }
    JsonWriter& array(Layout layout = Layout::block) { return open('[', layout); }
    /// Closes the innermost object or array.
    JsonWriter& close();
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool truth) { return scalar(truth ? "true" : "false"); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::size_t number);
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    /// The shortest form that reads back as the same double. Must be finite.
    JsonWriter& value(double number);
    /// An exact decimal.
    JsonWriter& value(Ratio ratio);
    JsonWriter& value(Decimal decimal);
    JsonWriter& null() { return scalar("null"); }
    /// The value, or null.
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    /// A number given as digits.
    JsonWriter& number(std::string_view digits) { return scalar(digits); }

    /// Writes a key and its value.
    template <class T>
    JsonWriter& member(std::string_view name, const T& item) {
        return key(name).value(item);
    }

    /// The document with a final line end; every container must be closed.
    std::string finish();

private:
    struct Level {
        char closing;
        Layout layout;
        bool empty = true;
    };

    JsonWriter& open(char bracket, Layout layout);
    JsonWriter& scalar(std::string_view text);
    /// Writes the separator before the next item.
    void separate();
    void new_line();

    std::string text_;
    std::vector<Level> levels_;
    bool after_key_ = false;
};

}  // namespace vsm
