#include <algorithm>
#include <set>

#include "base/text.h"
#include "compiler/lint/traverse.h"
#include "diag/rules/double_counted_wait.h"
#include "thresholds/double_counted_wait.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// The words that distinguish a pause: those of its title, or else of its name, without words common to all pauses.
std::set<std::string> subject_of(const ir::Element& pause) {
    static const std::set<std::string, std::less<>> any{"wait", "waits", "waiting", "queue", "queued", "for", "the",
                                                        "a",    "an",    "in",      "of",    "to",     "is",  "be"};
    const std::string text = lower_case(pause.title.value.empty() ? pause.name.value : pause.title.value);
    std::set<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty() && !any.contains(word)) words.insert(word);
        word.clear();
    };
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            word += c;
        else
            end_word();
    }
    end_word();
    return words;
}

/// Whether two adjacent pauses are about the same thing: their words are equal, or one is a time and the other counts
/// items and the words of one include those of the other.
bool is_same_pause(const ir::Element& a, const ir::Element& b) {
    const std::set<std::string> first = subject_of(a), second = subject_of(b);
    if (a.what.index() == b.what.index()) return !first.empty() && first == second;
    const auto holds = [](const std::set<std::string>& all, const std::set<std::string>& some) {
        return std::includes(all.begin(), all.end(), some.begin(), some.end());
    };
    return holds(first, second) || holds(second, first);
}

class StreamCheck {
public:
    StreamCheck(const LintInput& input, ir::StreamId id, Reporter& reporter)
        : input_(input), id_(id), stream_(input.model.stream(id)), facts_(input.model.facts(id)), reporter_(reporter),
          followed_(stream_.elements.size()) {}

    void run() {
        if (std::none_of(stream_.elements.begin(), stream_.elements.end(), is_pause)) return;
        for (const ir::Element& element : stream_.elements)
            for (const ElementId before : element.predecessors) followed_[before.index] = 1;
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) link(stream_.elements.id_at(i));
        for (const auto& [pause, next] : behind_) {
            const std::set<ElementId> all = all_behind(pause);
            compare_with_steps(pause, all);
            compare_with_pauses(pause, all);
        }
    }

private:
    static bool is_pause(const ir::Element& element) { return lint::is_pause(element); }

    /// Links the last pauses of an element's predecessors to the first elements inside the element.
    void link(ElementId at) {
        const auto& before = stream_.elements[at].predecessors;
        for (const ElementId pause : last_pauses(before))
            for (const ElementId first : first_inside(stream_, at)) behind_[pause].push_back(first);
    }

    std::vector<ElementId> last_pauses(const std::vector<ElementId>& ends) const {
        std::vector<ElementId> all;
        for (const ElementId end : ends) {
            const ir::Element& element = stream_.elements[end];
            if (is_pause(element)) all.push_back(end);
            const auto* stage = std::get_if<ir::Stage>(&element.what);
            if (stage == nullptr) continue;
            std::vector<ElementId> inner;
            for (const ElementId one : stage->body.elements)
                if (followed_[one.index] == 0) inner.push_back(one);
            for (const ElementId pause : last_pauses(inner)) all.push_back(pause);
        }
        return all;
    }

    /// The elements after a pause, also across other pauses, as far as a reader of the map still sees both.
    std::set<ElementId> all_behind(ElementId pause) const {
        constexpr std::size_t most = 20;
        std::set<ElementId> all;
        std::vector<ElementId> open{pause};
        while (!open.empty() && all.size() < most) {
            const auto found = behind_.find(open.back());
            open.pop_back();
            if (found == behind_.end()) continue;
            for (const ElementId next : found->second)
                if (all.insert(next).second && is_pause(stream_.elements[next])) open.push_back(next);
        }
        return all;
    }

    /// Compares a pause with the step after it that waits longest. Ignores external steps: their time is not split into
    /// wait and process.
    void compare_with_steps(ElementId pause, const std::set<ElementId>& behind) {
        ElementId longest;
        double most = 0;
        for (const ElementId id : behind) {
            const ir::ResolvedTime& wait = facts_.elements[id].timings.wait;
            const auto* step = ir::step_of(stream_.elements[id]);
            if (step == nullptr || step->kind == ir::StepKind::external || !wait.known || wait.spread.mean <= most)
                continue;
            longest = id;
            most = wait.spread.mean;
        }
        const runtime::TimeFigure& time = time_of(pause);
        if (!longest.valid() || !time.known ||
            most < input_.thresholds[threshold::double_counted_wait_share] * time.microseconds)
            return;
        const ir::Element& step = stream_.elements[longest];
        const ir::Timings& written = ir::step_of(step)->timings;
        report(pause, longest, most,
               written.wait   ? written.wait->range
               : written.lead ? written.lead->range
                              : step.range,
               "the wait of the step is part of this");
    }

    void compare_with_pauses(ElementId pause, const std::set<ElementId>& behind) {
        for (const ElementId next : behind) {
            const ir::Element& other = stream_.elements[next];
            if (!is_pause(other) || !is_same_pause(stream_.elements[pause], other)) continue;
            if (const runtime::TimeFigure& time = time_of(next); time.known && time_of(pause).known)
                report(pause, next, time.microseconds, other.range,
                       std::holds_alternative<ir::Queue>(other.what) ? "these items wait for as long"
                                                                     : "this is a wait as well");
        }
    }

    const runtime::TimeFigure& time_of(ElementId id) const { return input_.figures.of(id_).elements[id].lead_time; }

    void report(ElementId pause, ElementId next, double time, SourceRange range, std::string_view label) {
        const ir::Element& element = stream_.elements[pause];
        reporter_
            .report(diag::double_counted_wait, {id_, pause}, element.range, called(element),
                    text_of(time_of(pause).microseconds, stream_), called(stream_.elements[next]),
                    text_of(time, stream_))
            .label(range, std::string(label))
            .help("if both are the same wait, remove one of them; if not, add `allow double-counted-wait \"why\"`");
    }

    const LintInput& input_;
    ir::StreamId id_;
    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    Reporter& reporter_;
    std::vector<char> followed_;                          ///< by element
    std::map<ElementId, std::vector<ElementId>> behind_;  ///< by pause
};

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(),
                [&](ir::StreamId id, const ir::Stream&) { StreamCheck(input, id, reporter).run(); });
}

}  // namespace

extern const Rule double_counted_wait;
const Rule double_counted_wait{
    .code = diag::double_counted_wait.code,
    .what = "A wait or queue right before a step whose own wait is at least half as long, or before a wait or queue "
            "for the same thing.",
    .why = "The time that work waits before a step can be written as an element between the steps or as the wait of "
           "the step, which is also part of its lead time. Written as both, it counts twice. So does a `wait` next to "
           "a `queue` of the items that wait there: the demand converts the queue into time.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  wait 1d "For the test environment"
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
