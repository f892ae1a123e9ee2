#include "compiler/lower/meanings/phrases.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/unit_words.h"
#include "base/units.h"

namespace vsm::lower {
namespace {

using Kind = Lexeme::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The role of a run of words in a phrase.
enum class Role { unknown, about, at_most, at_least, apart, between, plus, every, filler };

struct Words {
    Role role;
    std::string_view phrases;  ///< each between bars
};

constexpr auto roles = std::to_array<Words>({
    {Role::about, "|about|approx|approximately|around|circa|ca|c|roughly|nearly|almost|some|say|est|estimated|estimate|"
                  "guess|guessed|or so|ish|~|?|etwa|"
                  "ungefähr|ungefaehr|rund|zirka|environ|more or less|on "
                  "average|avg|average|typically|usually|normally|in general|mostly|"},
    {Role::at_most, "|max|maximum|maximal|at most|up to|upto|under|below|less than|no more than|not more "
                    "than|within|bis zu|höchstens|hoechstens|or less|or shorter|<|<=|"},
    {Role::at_least, "|min|minimum|at least|over|above|more than|no less than|mindestens|mind|ab|über|ueber|mehr "
                     "als|or more|or longer|and more|and up|plus|+|>|>=|"},
    {Role::apart, "|-|..|to|bis|or|oder|ou|à|until|through|"},
    {Role::between, "|between|zwischen|from|von|entre|"},
    {Role::plus, "|and|und|et|&|,|"},
    {Role::every, "|every|each|alle|jede|jeden|chaque|"},
    {Role::filler, "|working|work|business|of|the|for|lasts|takes|is|it|long|elapsed|total|in total|full|'|\"|(|)|.|"},
});

constexpr auto number_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"a", "1"},       {"an", "1"},      {"one", "1"},    {"two", "2"},    {"three", "3"}, {"four", "4"},
    {"five", "5"},    {"six", "6"},     {"seven", "7"},  {"eight", "8"},  {"nine", "9"},  {"ten", "10"},
    {"eleven", "11"}, {"twelve", "12"}, {"half", "0.5"}, {"ein", "1"},    {"eine", "1"},  {"einen", "1"},
    {"zwei", "2"},    {"drei", "3"},    {"vier", "4"},   {"fünf", "5"},   {"zehn", "10"}, {"un", "1"},
    {"une", "1"},     {"deux", "2"},    {"trois", "3"},  {"quatre", "4"}, {"cinq", "5"},  {"dix", "10"},
});

/// Reads digits with separators; groups of three may be thousands.
Part number_of(std::string_view digits) {
    std::string kept;
    std::size_t points = 0, commas = 0;
    for (const char c : digits) {
        if (c == '\'' || c == '_') continue;
        points += c == '.' ? 1 : 0;
        commas += c == ',' ? 1 : 0;
        kept += c;
    }
    const std::size_t last = kept.find_last_of(".,");
    if (last == std::string::npos) return {kept, {}, {}};
    const char decimal = kept[last];
    std::string whole = kept.substr(0, last), rest = kept.substr(last + 1);
    const bool groups = rest.size() == 3 && kept.find_first_of(".,") <= 3 && kept.front() != '0';
    const bool only_thousands = (decimal == '.' ? points : commas) > 1;
    std::erase_if(whole, [](char c) { return c == '.' || c == ','; });
    if (only_thousands) return groups ? Part{whole + rest, {}, {}} : Part{};
    const std::string fraction = format_number(parse_decimal(whole + "." + rest).value_or(Decimal{}).value());
    const bool mixed = points > 0 && commas > 0;
    const bool may_be_thousands = groups && !mixed && (decimal == ',' || rest.back() == '0');
    if (may_be_thousands) return {fraction, whole + rest, {}};
    return {whole + "." + rest, {}, {}};
}

/// `3/4` as a decimal; empty if it needs more than three digits.
std::string fraction_of(int above, int below) {
    if (below <= 0 || (1000 * above) % below != 0) return {};
    return format_number(static_cast<double>(above) / below);
}

std::optional<int> small_number(const std::string& text) {
    if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    return std::stoi(text);
}

class Reader {
public:
    explicit Reader(std::vector<Lexeme> lexemes) : lexemes_(std::move(lexemes)) {}

    Phrase read() {
        while (at_ < lexemes_.size()) {
            if (auto part = quantity()) {
                add(std::move(*part));
            } else {
                take_words();
            }
        }
        settle_units();
        return std::move(made_);
    }

private:
    const Lexeme* peek(std::size_t ahead) const {
        return at_ + ahead < lexemes_.size() ? &lexemes_[at_ + ahead] : nullptr;
    }
    bool is(std::size_t ahead, std::string_view text) const {
        return peek(ahead) != nullptr && peek(ahead)->text == text;
    }
    std::string_view unit_at(std::size_t ahead) const {
        return peek(ahead) == nullptr ? std::string_view() : unit_called(peek(ahead)->text);
    }

    void add(Part part) {
        if (bound_behind_) {  // `min 1d max 3d`
            apart_ = true;
            made_.bound = Phrase::Bound::none;
            if (!least_first_) made_.loses_words = true;  // `3d max 5d`: mostly 3d
        }
        const bool next_end = made_.ends.empty() || apart_;
        if (next_end) {
            made_.ends.emplace_back();
        } else if (rank_of(made_.ends.back().back().unit) <= rank_of(part.unit) || rank_of(part.unit) == 0) {
            made_.whole = made_.adds_up = false;  // `1d 3d` are two times
        }
        if (made_.ends.size() > 2 || part.number.empty()) made_.whole = false;
        made_.ends.back().push_back(std::move(part));
        apart_ = bound_behind_ = false;
    }

    static bool is_article(std::string_view word) {
        return word == "a" || word == "an" || word == "ein" || word == "eine" || word == "einen" || word == "un" ||
               word == "une";
    }
    static bool is_number_word(std::string_view word) {
        return std::any_of(number_words.begin(), number_words.end(),
                           [&](const auto& row) { return row.first == word; });
    }
    /// `to three` after `two`.
    bool goes_to_number(std::size_t ahead) const {
        const bool apart = is(ahead, "to") || is(ahead, "-") || is(ahead, "..") || is(ahead, "bis") ||
                           is(ahead, "or") || is(ahead, "oder") || is(ahead, "ou") || is(ahead, "à");
        return apart && peek(ahead + 1) != nullptr &&
               (peek(ahead + 1)->kind == Kind::number || is_number_word(peek(ahead + 1)->text));
    }
    /// `and a half` after `two`.
    bool has_half(std::size_t ahead) const { return is(ahead, "and") && is(ahead + 1, "a") && is(ahead + 2, "half"); }

    /// 1 for seconds up to 5 for weeks; 0 if it is not a unit of time.
    static int rank_of(std::string_view unit) {
        const auto found = parse_time_unit(unit);
        return found ? static_cast<int>(*found) + 1 : 0;
    }

    /// A number and the unit after it.
    std::optional<Part> quantity() {
        const Lexeme* first = peek(0);
        Part part;
        if (first->kind == Kind::number) {
            part = written_number();
        } else {
            const auto word = std::find_if(number_words.begin(), number_words.end(),
                                           [&](const auto& row) { return row.first == first->text; });
            if (word == number_words.end()) return std::nullopt;
            const bool half_a = word->first == "half" && (is(1, "a") || is(1, "an"));
            const bool counts = !unit_at(half_a ? 2 : 1).empty() || is(1, "working") || is(1, "business") ||
                                (!is_article(first->text) && (goes_to_number(1) || has_half(1)));
            if (!counts) {
                if (!is_article(first->text))
                    made_.adds_up = false;  // `two and some days`: none of its numbers can be used alone
                return std::nullopt;
            }
            part.number = word->second;
            at_ += half_a ? 2 : 1;
        }
        if (has_half(0) && part.number.find('.') == std::string::npos && part.other.empty()) {
            part.number += ".5";
            at_ += 3;
        }
        made_.working = made_.working || is(0, "working") || is(0, "business");
        while (is(0, "working") || is(0, "business") || is(0, "work") || is(0, "full")) ++at_;
        part.unit = unit_at(0);
        if (!part.unit.empty()) ++at_;
        if (is(0, ".") && !part.unit.empty()) ++at_;
        return part;
    }

    Part written_number() {
        const auto fraction = [&](std::size_t ahead) -> std::optional<Part> {
            if (peek(ahead) == nullptr || peek(ahead)->kind != Kind::number || !is(ahead + 1, "/") ||
                peek(ahead + 2) == nullptr)
                return std::nullopt;
            const auto above = small_number(peek(ahead)->text), below = small_number(peek(ahead + 2)->text);
            if (!above || !below) return std::nullopt;
            return Part{fraction_of(*above, *below), is(ahead + 3, "\x01") ? "" : fmt_range(*above, *below), {}};
        };
        if (auto alone = fraction(0)) {
            at_ += is(3, "\x01") ? 4 : 3;
            return *alone;
        }
        const auto whole = small_number(peek(0)->text);
        if (const auto rest = whole ? fraction(1) : std::nullopt; rest && rest->number.starts_with("0.")) {
            at_ += is(4, "\x01") ? 5 : 4;
            return {std::to_string(*whole) + rest->number.substr(1), {}, {}};
        }
        Part part = number_of(peek(0)->text);
        ++at_;
        // `1 200`: thousands separated by a blank
        if (part.number.size() <= 3 && part.number.find('.') == std::string::npos && peek(0) != nullptr &&
            peek(0)->kind == Kind::number && peek(0)->text.size() == 3)
            part.number += lexemes_[at_++].text;
        return part;
    }

    static std::string fmt_range(int from, int to) { return std::to_string(from) + ".." + std::to_string(to); }

    /// Takes the longest run of words that a table knows.
    void take_words() {
        for (std::size_t count = std::min<std::size_t>(3, lexemes_.size() - at_); count > 0; --count) {
            std::string run;
            for (std::size_t i = 0; i < count; ++i) run += (i == 0 ? "" : " ") + lexemes_[at_ + i].text;
            const std::string wanted = "|" + run + "|";
            const auto found = std::find_if(roles.begin(), roles.end(), [&](const Words& words) {
                return words.phrases.find(wanted) != std::string_view::npos;
            });
            if (found == roles.end() || run.find('|') != std::string::npos) continue;
            at_ += count;
            const bool sum = run == "+" && !made_.ends.empty() && peek(0) != nullptr && peek(0)->kind == Kind::number;
            return play(sum ? Role::plus : found->role, run);
        }
        made_.whole = false;
        ++at_;
    }

    void play(Role role, std::string_view run) {
        const bool first = made_.ends.empty();
        switch (role) {
            case Role::about:
                if (run == "~" && !first) made_.whole = made_.adds_up = false;
                if (is_foreign(run)) made_.loses_words = true;
                if (!first && (run == "c" || run == "ca")) made_.loses_words = true;  // `ca` is also a property
                made_.about = true;
                apart_ = false;
                break;
            case Role::at_most:
                made_.bound = Phrase::Bound::at_most;
                bound_behind_ = !first;
                break;
            case Role::at_least:
                made_.bound = Phrase::Bound::at_least;
                bound_behind_ = !first;
                least_first_ = first;
                break;
            case Role::apart:
                if (!first && (run == "or" || run == "oder" || run == "ou")) made_.loses_words = true;
                if (first && run != "-") made_.bound = Phrase::Bound::at_most;
                if (first && run == "-") made_.whole = false;
                apart_ = !first;
                break;
            case Role::between: between_ = true; break;
            case Role::plus:
                if (between_ && made_.ends.size() == 1) apart_ = true;
                break;
            case Role::every: made_.every = true; break;
            case Role::filler: made_.loses_words = made_.loses_words || run == "\""; break;
            default: break;
        }
    }

    /// `on average`: of many items, not a guess.
    static bool is_foreign(std::string_view run) {
        constexpr std::string_view words = "|on average|avg|average|typically|usually|normally|in general|mostly|";
        return words.find("|" + std::string(run) + "|") != std::string_view::npos;
    }

    void settle_units() {
        if (apart_ && made_.ends.size() == 1) made_.bound = Phrase::Bound::at_least;  // `2d..`
        if (between_ && made_.ends.size() == 1 && made_.bound == Phrase::Bound::none)
            made_.bound = Phrase::Bound::at_least;
        if (made_.ends.size() < 2) return;
        Part &low = made_.ends[0].back(), &high = made_.ends[1].back();
        if (low.unit.empty()) low.unit = high.unit;
        if (high.unit.empty()) {
            high.unit = low.unit;
            made_.unit_guessed = !low.unit.empty();
        }
    }

    std::vector<Lexeme> lexemes_;
    std::size_t at_ = 0;
    Phrase made_;
    bool apart_ = false, between_ = false;
    bool bound_behind_ = false;  ///< `max` or `min` came after an amount
    bool least_first_ = false;   ///< `min` came before the first amount
};

}  // namespace

std::string text_of(const Sum& sum) {
    std::string text;
    for (const Part& part : sum) text += part.text();
    return text;
}

double size_of(const Sum& sum) {
    double size = 0;
    for (const Part& part : sum) {
        const auto unit = parse_time_unit(part.unit);
        const auto number = parse_decimal(part.number);
        if (number)
            size +=
                number->value() *
                (unit ? static_cast<double>(length_of(*unit, Calendar{}).microseconds) / microseconds_per_second : 1);
    }
    return size;
}

bool Phrase::has(std::string_view unit) const {
    return std::any_of(ends.begin(), ends.end(), [&](const Sum& sum) {
        return std::any_of(sum.begin(), sum.end(), [&](const Part& part) { return part.unit == unit; });
    });
}

bool Phrase::lacks_unit() const { return has(""); }

const Part* Phrase::two_ways() const {
    for (const Sum& sum : ends)
        for (const Part& part : sum)
            if (!part.other.empty()) return &part;
    return nullptr;
}

std::string trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '"'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

std::string as_thousands(std::string_view number) {
    const std::size_t point = number.find('.');
    const bool groups = point != std::string_view::npos && point <= 3 && number.size() == point + 4 &&
                        number.front() != '0' && number.back() == '0';
    return groups ? std::string(number.substr(0, point)) + std::string(number.substr(point + 1)) : std::string();
}

Phrase read_phrase(std::string_view text) { return Reader(lexemes_of(text)).read(); }

}  // namespace vsm::lower
