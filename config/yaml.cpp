#include "config/yaml.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "base/diagnostics/conflicts.h"
#include "base/text.h"
#include "diag/parse.h"
#include "diag/settings.h"

namespace vsm::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_decimal(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" || text == ".NAN")
        return true;
    const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
    if (exponent < text.size()) {
        std::string_view power = text.substr(exponent + 1);
        if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
        if (!all_digits(power)) return false;
    }
    const std::string_view base = text.substr(0, exponent);
    const std::size_t point = std::min(base.find('.'), base.size());
    const std::string_view whole = base.substr(0, point), part = base.substr(std::min(point + 1, base.size()));
    return (whole.empty() || all_digits(whole)) && (part.empty() || all_digits(part)) &&
           !(whole.empty() && part.empty());
}

YamlKind kind_of_plain(std::string_view text) {
    for (const std::string_view word : {"", "~", "null", "Null", "NULL"})
        if (text == word) return YamlKind::nothing;
    for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"})
        if (text == word) return YamlKind::truth;
    const std::string_view digits = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
    const bool other_base =
        (text.starts_with("0x") && text.size() > 2 &&
         text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos) ||
        (text.starts_with("0o") && text.size() > 2 && text.find_first_not_of("01234567", 2) == std::string_view::npos);
    if (all_digits(digits) || other_base) return YamlKind::number;
    return is_decimal(text) ? YamlKind::decimal : YamlKind::text;
}

/// Builds the tree from the library's events. Reports the first rejected construct and ignores everything after it.
class Builder final : public YAML::EventHandler {
public:
    Builder(const SourceFile& file, std::size_t depth, Diagnostics& diagnostics)
        : file_(file), most_depth_(depth), diagnostics_(diagnostics) {
        skipped_ = file.text().starts_with(byte_order_mark) ? static_cast<std::uint32_t>(byte_order_mark.size()) : 0;
    }

    bool refused() const { return refused_; }
    YamlNode take() { return std::move(root_); }
    SourceRange at(const YAML::Mark& mark, std::size_t length = 1) const {
        const auto size = static_cast<std::uint32_t>(file_.text().size());
        const std::uint32_t begin = std::min(static_cast<std::uint32_t>(std::max(mark.pos, 0)) + skipped_, size);
        return {file_.id(), begin, std::min(begin + static_cast<std::uint32_t>(length), size)};
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2) refuse("a second document", mark, 3);
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (!reject("", anchor, mark)) put({YamlKind::nothing, at(mark, 0), {}, {}, {}});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse("an alias", mark, 1); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        if (reject(tag, anchor, mark)) return;
        const bool plain = tag == "?";
        const auto range = plain ? at(mark, plain_length(mark, value)) : quoted(mark);
        if (range) put({plain ? kind_of_plain(value) : YamlKind::text, *range, value, {}, {}});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlKind::list, tag, anchor, mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlKind::map, tag, anchor, mark);
    }
    void OnMapEnd() override { close(); }

private:
    void refuse(std::string_view what, const YAML::Mark& mark, std::size_t length) {
        if (!refused_)
            diagnostics_.report(diag::refused_yaml, at(mark, length), what).help("write each value where it applies");
        refused_ = true;
    }

    bool reject(const std::string& tag, YAML::anchor_t anchor, const YAML::Mark& mark) {
        if (anchor != 0) refuse("an anchor", mark, 1);
        if (!tag.empty() && tag != "?" && tag != "!") refuse("a tag", mark, 1);
        return refused_;
    }

    /// The length of a plain scalar on its first line.
    std::size_t plain_length(const YAML::Mark& mark, const std::string& value) const {
        const std::string_view rest = file_.text().substr(at(mark, 0).begin);
        const auto [left, unused] = std::mismatch(value.begin(), value.end(), rest.begin(), rest.end());
        return std::max<std::size_t>(static_cast<std::size_t>(left - value.begin()), 1);
    }

    /// The library closes unclosed text at the end of the file, so this searches for the closing quote itself.
    std::optional<SourceRange> quoted(const YAML::Mark& mark) {
        const std::string_view text = file_.text();
        const std::uint32_t begin = at(mark, 0).begin;
        const char quote = begin < text.size() ? text[begin] : '|';
        if (quote != '"' && quote != '\'') return at(mark);  // a block scalar
        for (std::size_t end = begin + 1; end < text.size(); ++end) {
            if (quote == '"' && text[end] == '\\')
                ++end;
            else if (text[end] == quote && quote == '\'' && text.substr(end + 1).starts_with('\''))
                ++end;
            else if (text[end] == quote)
                return at(mark, end + 1 - begin);
        }
        if (!refused_) diagnostics_.report(diag::bad_yaml, at(mark), "this text is never closed");
        refused_ = true;
        return std::nullopt;
    }

    void open(YamlKind kind, const std::string& tag, YAML::anchor_t anchor, const YAML::Mark& mark) {
        reject(tag, anchor, mark);
        if (!refused_ && open_.size() >= most_depth_) {
            diagnostics_.report(diag::yaml_too_deep, at(mark), most_depth_);
            refused_ = true;
        }
        if (!refused_) open_.push_back({kind, at(mark), {}, {}, {}});
    }

    void close() {
        if (refused_) return;
        YamlNode done = std::move(open_.back());
        open_.pop_back();
        put(std::move(done));
    }

    void put(YamlNode node) {
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (YamlNode& holder = open_.back();
                   holder.kind == YamlKind::map && holder.keys.size() == holder.items.size()) {
            put_key(holder, std::move(node));
        } else {
            holder.items.push_back(std::move(node));
        }
    }

    void put_key(YamlNode& map, YamlNode key) {
        const bool merge = key.text == "<<" && key.range.end - key.range.begin == 2;
        const auto twin = std::find_if(map.keys.begin(), map.keys.end(),
                                       [&](const YamlNode& other) { return other.text == key.text; });
        if (key.kind != YamlKind::text || merge) {
            diagnostics_.report(diag::refused_yaml, key.range, merge ? "a merge key" : "a key that is not text")
                .help("write each key as a word");
            refused_ = true;
        } else if (twin != map.keys.end()) {
            diagnostics_.report(diag::duplicate_key, key.range, key.text)
                .label(twin->range, "already given here")
                .help("keep one of them");
            refused_ = true;
        }
        map.keys.push_back(std::move(key));
    }

    const SourceFile& file_;
    std::size_t most_depth_;
    Diagnostics& diagnostics_;
    std::uint32_t skipped_ = 0;
    int documents_ = 0;
    bool refused_ = false;
    YamlNode root_;
    std::vector<YamlNode> open_;
};

/// Reports invisible characters, bytes that are not UTF-8, and directives; true if there are none.
bool is_plain_text(const SourceFile& file, Diagnostics& diagnostics) {
    const std::string_view text = file.text();
    const auto place = [&](std::size_t at, std::size_t length) {
        return SourceRange{file.id(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
    };
    for (std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        if (!found) {
            diagnostics.report(diag::bad_encoding, place(at, 1), static_cast<unsigned char>(text[at]));
            return false;
        }
        if (is_invisible(found->character)) {
            diagnostics.report(diag::invisible_character, place(at, found->length),
                               static_cast<std::uint32_t>(found->character));
            return false;
        }
        if (text[at] == '%' && (at == 0 || text[at - 1] == '\n')) {
            diagnostics.report(diag::refused_yaml, place(at, 1), "a directive").help("begin with the first key");
            return false;
        }
        at += found->length;
    }
    return true;
}

}  // namespace

std::optional<YamlNode> read_yaml(const SourceFile& file, YamlLimits limits, Diagnostics& diagnostics) {
    if (file.text().size() > limits.bytes) {
        diagnostics.report(diag::yaml_too_large, {file.id(), 0, 0}, file.text().size(), limits.bytes);
        return std::nullopt;
    }
    if (!is_plain_text(file, diagnostics) || report_conflict(file, diagnostics)) return std::nullopt;
    Builder builder(file, limits.depth, diagnostics);
    try {
        std::istringstream text{std::string(file.text())};
        YAML::Parser parser(text);
        while (!builder.refused() && parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::DeepRecursion& deep) {
        if (!builder.refused()) diagnostics.report(diag::yaml_too_deep, builder.at(deep.mark), limits.depth);
        return std::nullopt;
    } catch (const YAML::Exception& wrong) {
        // drops a detail that some versions of yaml-cpp add: the range shows it
        if (!builder.refused())
            diagnostics.report(diag::bad_yaml, builder.at(wrong.mark), wrong.msg.substr(0, wrong.msg.find(": ")));
        return std::nullopt;
    }
    if (builder.refused()) return std::nullopt;
    return builder.take();
}

}  // namespace vsm::config
