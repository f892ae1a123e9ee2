#include "backends/support/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "base/text.h"
#include "base/units.h"
#include "base/writers/json.h"

namespace vsm::backends {
namespace {

constexpr std::size_t indent_width = 2;
constexpr char32_t replacement_character = 0xFFFD;
constexpr char32_t no_break_space = 0xA0;

void check_unique_keys(const Value::Map& map) {
    std::vector<std::string_view> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    VSM_CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

/// Printable ASCII: a fast path, since it needs no lookup.
bool is_plain(char32_t character) { return character >= 0x20 && character < 0x7F; }

/// Calls `put` with each character, its bytes, and whether they are valid UTF-8.
template <class Put>
void each_character(std::string_view text, Put put) {
    for (std::size_t at = 0; at < text.size();) {
        if (const auto c = static_cast<unsigned char>(text[at]); is_plain(c)) {
            put(static_cast<char32_t>(c), text.substr(at, 1), true);
            ++at;
            continue;
        }
        const auto found = decode_utf8(text, at);
        put(found ? found->character : replacement_character, text.substr(at, found ? found->length : 1),
            found.has_value());
        at += found ? found->length : 1;
    }
}

void write_value(JsonWriter& writer, const Value& value, JsonWriter::Layout layout);

struct JsonVisitor {
    JsonWriter& writer;
    JsonWriter::Layout layout;

    void operator()(std::nullptr_t) const { writer.null(); }
    void operator()(bool truth) const { writer.value(truth); }
    void operator()(std::int64_t number) const { writer.value(number); }
    void operator()(double number) const { writer.value(number); }
    void operator()(const Value::String& string) const { writer.value(std::string_view(string.text)); }
    void operator()(const Value::List& list) const {
        writer.array(layout);
        for (const Value& item : list) write_value(writer, item, layout);
        writer.close();
    }
    void operator()(const Value::Map& map) const {
        check_unique_keys(map);
        writer.object(layout);
        for (const auto& [key, value] : map) write_value(writer.key(key), value, layout);
        writer.close();
    }
};

void write_value(JsonWriter& writer, const Value& value, JsonWriter::Layout layout) {
    std::visit(JsonVisitor{writer, layout}, value.data());
}

std::string number_text(double number) {
    std::string text = format_number(number);
    return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_yaml_escape(std::string& out, char32_t character) {
    const auto code = static_cast<std::uint32_t>(character);
    if (code <= 0xFF) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", code);
    } else if (code <= 0xFFFF) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    } else {
        fmt::format_to(std::back_inserter(out), "\\U{:08x}", code);
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    each_character(text, [&](char32_t character, std::string_view bytes, bool valid) {
        switch (character) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\t': out += "\\t"; break;
            default:
                if (is_plain(character)) {
                    out += bytes;
                } else if (character == '\r' || is_invisible(character) || character == no_break_space) {
                    append_yaml_escape(out, character);
                } else if (valid) {
                    out += bytes;
                } else {
                    append_utf8(out, replacement_character);
                }
        }
    });
    out += '"';
}

/// Whether a block scalar preserves the text: all characters are visible, it does not begin with a space or newline, no
/// line ends with a space, and exactly one newline ends it.
bool fits_block(std::string_view text) {
    if (text.size() < 2 || text.front() == ' ' || text.front() == '\n' || text.back() != '\n') return false;
    if (text.find("\n\n", text.size() - 2) != std::string_view::npos) return false;
    if (text.find(" \n") != std::string_view::npos) return false;
    bool visible = true;
    each_character(text, [&](char32_t character, std::string_view, bool valid) {
        const bool kept = is_plain(character) || (valid && character != '\t' && character != '\r' &&
                                                  character != no_break_space && !is_invisible(character));
        visible = visible && kept;
    });
    return visible;
}

class YamlWriter {
public:
    explicit YamlWriter(const YamlOptions& options) : bare_key_(options.bare_key) {
        for (const std::string& line : options.head)
            out_ += line.empty() ? "#\n" : fmt::format("# {}\n", printable(line));
    }

    void write_root(const Value& root) {
        const auto* map = std::get_if<Value::Map>(&root.data());
        VSM_CHECK(map != nullptr && !map->empty());
        put_members(*map, 0, false);
    }
    std::string take() { return std::move(out_); }

private:
    /// Writes the value after a key or a dash, and the line end.
    void write(const Value& value, std::size_t depth, bool after_dash) {
        std::visit([&](const auto& data) { put(data, depth, after_dash); }, value.data());
    }

    void scalar(std::string_view text) {
        out_ += ' ';
        out_ += text;
        out_ += '\n';
    }
    void put(std::nullptr_t, std::size_t, bool) { scalar("null"); }
    void put(bool truth, std::size_t, bool) { scalar(truth ? "true" : "false"); }
    void put(std::int64_t number, std::size_t, bool) { scalar(fmt::format("{}", number)); }
    void put(double number, std::size_t, bool) { scalar(number_text(number)); }

    void put(const Value::String& string, std::size_t depth, bool) {
        out_ += ' ';
        if (string.block && fits_block(string.text)) {
            put_block(string.text, depth);
            return;
        }
        put_text(string.text);
        out_ += '\n';
    }
    void put(const Value::List& list, std::size_t depth, bool) {
        if (list.empty()) return scalar("[]");
        out_ += '\n';
        for (const Value& item : list) {
            indent(depth);
            out_ += '-';
            write(item, depth + 1, true);
        }
    }
    void put(const Value::Map& map, std::size_t depth, bool after_dash) {
        if (map.empty()) return scalar("{}");
        out_ += after_dash ? ' ' : '\n';
        put_members(map, depth, after_dash);
    }

    void put_members(const Value::Map& map, std::size_t depth, bool first_in_place) {
        check_unique_keys(map);
        for (const auto& [key, value] : map) {
            if (!first_in_place) indent(depth);
            first_in_place = false;
            if (depth == 0 && !bare_key_.empty() && key == bare_key_) {
                out_ += key;
            } else {
                put_text(key);
            }
            out_ += ':';
            write(value, depth + 1, false);
        }
    }
    void put_block(std::string_view text, std::size_t depth) {
        out_ += "|\n";
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            if (end > at) indent(depth);
            out_ += text.substr(at, end + 1 - at);
            at = end + 1;
        }
    }
    void put_text(std::string_view text) {
        if (plain_in_yaml(text)) {
            out_ += text;
        } else {
            append_quoted(out_, text);
        }
    }
    void indent(std::size_t depth) { out_.append(depth * indent_width, ' '); }

    std::string_view bare_key_;
    std::string out_;
};

/// `e1`: some YAML 1.1 readers accept an exponent without a preceding digit as a number.
bool is_bare_exponent(std::string_view text) {
    if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return false;
    const std::string_view digits = text.substr(text.substr(1).starts_with('-') ? 2 : 1);
    return !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
}

}  // namespace

bool plain_in_yaml(std::string_view text) {
    if (text.empty() || !is_letter(text.front()) || text.back() == ' ' || text.back() == ':') return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool safe = is_letter(c) || is_digit(c) || c == ' ' || c == '_' || c == '.' || c == '/' || c == '-';
        if (!safe && !(c == ':' && text[at + 1] != ' ')) return false;
    }
    if (is_bare_exponent(text)) return false;
    static constexpr std::string_view reserved[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    const std::string word = lower_case(text);
    return std::find(std::begin(reserved), std::end(reserved), word) == std::end(reserved);
}

std::string write_yaml(const Value& root, const YamlOptions& options) {
    YamlWriter writer(options);
    writer.write_root(root);
    return writer.take();
}

std::string write_json(const Value& root) {
    JsonWriter writer;
    write_value(writer, root, JsonWriter::Layout::block);
    return writer.finish();
}

std::string write_json_line(const Value& root) {
    JsonWriter writer;
    write_value(writer, root, JsonWriter::Layout::line);
    std::string line = writer.finish();
    line.pop_back();
    return line;
}

}  // namespace vsm::backends
