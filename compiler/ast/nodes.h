// The abstract syntax tree of a map: plain data with a source range on each node. Has no semantics; a part that could
// not be parsed is a hole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/shared.h"
#include "base/source.h"

namespace vsm::ast {

/// A name, keyword or property name. Empty if missing (reported).
struct Word {
    std::string text;
    SourceRange range;
    bool repaired = false;  ///< something else was written, which was reported
    bool given() const { return !text.empty(); }
};

/// Quoted text with its escapes resolved. The range is invalid if not written.
struct Text {
    std::string value;
    SourceRange range;
    bool given() const { return range.valid(); }
};

/// A number with its suffix, as written: `12`, `1h30min`, `85%`. A phrase is not a number: words and signs in place of
/// a value, such as `about 2d`, kept together so that code that knows the expected value can suggest what to write.
struct Amount {
    enum class Kind { number, quantity, percent, phrase };
    Kind kind = Kind::number;
    std::string text;
    SourceRange range;
};

/// `~a`, `a..b`, `a..m..b`.
struct SpanValue {
    bool guess = false;
    std::vector<Amount> parts;  ///< one to three
};
/// `40/w`, `8h/d 5d/w`.
struct RateValue {
    struct Part {
        Amount amount;
        Word unit;
    };
    std::vector<Part> parts;  ///< one or two
};
/// `lognormal(p50 6h, p85 1d)`.
struct Distribution {
    struct Argument {
        Word name;
        Amount size;
    };
    Word name;
    std::vector<Argument> arguments;
};
/// `2026-03-31 "team charter"`.
struct SourcedDate {
    Word day;  ///< as written
    Text source;
};
/// Rare values are kept apart, since every property has the room of the largest value.
using DistributionValue = Shared<Distribution>;
using DateValue = Shared<SourcedDate>;
struct Unknown {};
struct NotApplicable {};
/// A value that could not be parsed (reported).
struct Hole {};

struct Value;
struct ListValue {
    std::vector<Value> values;
};

struct Value {
    std::variant<Hole, SpanValue, RateValue, DistributionValue, DateValue, Text, Word, ListValue, Unknown,
                 NotApplicable>
        what;
    SourceRange range;
    bool repaired = false;  ///< a mistake in it was reported; report no more of it
};

struct Property {
    Word name;
    Value value;
    SourceRange range;
    bool without_colon = false;  ///< reported, with the property meant if the name is misspelt
};

struct Item;

struct Block {
    std::vector<Item> items;
    SourceRange range;     ///< with its braces; invalid if not written
    bool damaged = false;  ///< part of it could not be parsed
    bool given() const { return range.valid(); }
};

struct Import {
    Text path;
};
struct Team {
    Word name;
    Text title;
    Block block;
};
struct Stream {
    Word name;
    Text title;
    Block block;
};
struct Future {
    Word name;
    Text title;
    Word base;
    std::optional<Word> by;
    Block block;
};

enum class ElementKind { stage, step, parallel, choose, branch, wait, queue };
std::string_view keyword_of(ElementKind kind);

/// stage, step, parallel, choose, branch, wait, queue: the elements of the flow.
struct Element {
    ElementKind kind = ElementKind::step;
    Word name;
    Text title;
    std::optional<Amount> share;  ///< of a branch
    Value time;                   ///< of a wait
    std::optional<Amount> count;  ///< of a queue
    Block block;
};

struct Rework {
    Amount probability;
    bool once = false;
    std::optional<Word> to;
    Block block;
};

enum class Relation { at_most, at_least, below, above, equal };

/// `target` and `expect`.
struct Goal {
    bool is_target = true;
    std::vector<Word> metric;
    SourceRange metric_range;
    std::optional<Value> baseline;
    Relation relation = Relation::at_most;
    Value bound;
    std::optional<Word> by;
    Text text;
};

struct Note {
    Text text;
    std::optional<Word> on;
};
struct Kaizen {
    Text title;
    std::optional<Word> on;
    Block block;
};
struct Allow {
    Word rule;
    Text reason;
};

struct Change {
    Word element;
    Block block;
};
struct Remove {
    Word element;
};
enum class Side { before, after };
/// `add`; `added` has one item, or none if it could not be parsed.
struct Add {
    Side side = Side::after;
    Word anchor;
    std::vector<Item> added;
};
struct Replace {
    Word element;
    std::vector<Item> added;
};
struct Move {
    Word element;
    Side side = Side::after;
    Word anchor;
};

using Statement = std::variant<Import, Team, Stream, Future, Element, Rework, Goal, Note, Kaizen, Allow, Change, Remove,
                               Add, Replace, Move>;

/// One item of a block or of the file: a property, or a statement with its keyword. Most are properties, and a
/// statement is much larger.
struct Item {
    std::variant<Property, std::unique_ptr<Statement>> what;
    SourceRange keyword;  ///< of a statement
    SourceRange range;

    /// Null if it is a statement.
    const Property* property() const { return std::get_if<Property>(&what); }
    /// Null if it is a property.
    const Statement* statement() const {
        const auto* found = std::get_if<std::unique_ptr<Statement>>(&what);
        return found == nullptr ? nullptr : found->get();
    }
};

struct File {
    FileId id;
    Block block;  ///< the items of the whole file
    std::vector<SourceRange> comments;
};

}  // namespace vsm::ast
