// The mock pipeline that every console (GitHub Actions, GitLab, CodePipeline) plays: its jobs, what each waits for, the
// questions asked at the start of a run, and all of its texts. A second pass is what runs again after a step has sent
// an item back. Plain data, computed once from a stream. Does not depend on any console: each writes the plan in its
// own syntax, escapes the texts, and enforces its limits.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "runtime/metrics.h"

namespace vsm::backends::mock {

/// The answer that a question must have for a job or step to run.
struct Condition {
    std::size_t question = 0;  ///< index in the plan's `questions`
    std::size_t answer = 0;    ///< index in the question's `words`
    bool operator==(const Condition&) const = default;
};

/// Asked at the start of a run: the branch of a choose, or the step that finds a defect.
struct Question {
    ir::ElementId choose;  ///< invalid: which step finds a defect
    std::string name;      ///< `route`, `@choose-1` or `defect`
    /// The answers: of ASCII letters, digits, `-` and `_`, unique ignoring case, at most 99 characters. The branches of
    /// the choose in order; for the defect `none`, then one per second pass.
    std::vector<std::string> words;
    std::size_t usual = 0;    ///< index of the default answer: the branch with the largest share, or `none`
    std::string description;  ///< contains only names of the map and our own words

    /// A choose is always asked for, a defect only if some step may find one.
    bool is_asked() const { return choose.valid() || words.size() > 1; }
};

/// A pause, a piece of work or a printed line. A pause or work lasts as long as in the map, on the clock of the mock.
struct MockStep {
    ir::ElementId element;  ///< the wait or queue, or the step whose work or wait this is
    bool pause = false;
    std::string title;        ///< `Wait 1d: Board`, `Approve (approved by cab)`, `Again: Review the change`
    std::string text;         ///< the title, and what else the map says of it
    double microseconds = 0;  ///< working time; a lower bound unless `known`; 0 for a printed line
    bool known = true;
    std::vector<Condition> conditions;  ///< all must hold, in addition to those of its job
};

struct MockJob {
    enum class Kind {
        start,    ///< prints the facts of the stream; without an element, like `figures`
        pause,    ///< a wait or queue, or the wait before a step
        work,     ///< of a step
        rework,   ///< the second pass after the step found a defect
        figures,  ///< prints the totals
    };
    Kind kind = Kind::work;
    ir::ElementId element;
    std::size_t rework = 0;  ///< index in the step's `reworks`
    bool approval = false;   ///< the work is a person's approval
    std::string name;        ///< `Review the change · 45min · C&A 85%`, at most `longest_name` UTF-16 units; not unique
    std::vector<MockStep> steps;        ///< in order
    std::vector<std::size_t> needs;     ///< indices of earlier jobs, ascending; with implied ones until reduce_needs()
    std::vector<Condition> conditions;  ///< all must hold: of a second pass, the defect; then branches, outermost first
};

/// A second pass that was left out because it exceeds a limit.
struct OmittedPass {
    enum class Excess { passes, steps, elements };
    ir::ElementId finder;
    std::size_t rework = 0;  ///< index in the step's `reworks`
    Excess excess = Excess::passes;
    std::size_t elements = 0;  ///< that would run again; set only if that exceeds the limit
};

/// The second passes that a console can carry.
struct PassLimits {
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::size_t passes = none;    ///< at most; also limits the time to compute them
    std::size_t steps = none;     ///< in all second passes together
    std::size_t elements = none;  ///< in one second pass
};

struct Plan {
    std::vector<MockJob> jobs;        ///< topologically sorted: the start first, the figures last
    std::vector<Question> questions;  ///< the first asks which step finds a defect, even if it is not asked
    std::vector<OmittedPass> missing;
};

/// Creates the start and figures jobs, and between them a job per pause, step and rework.
Plan plan_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const PassLimits& limits);

/// Whether every run that contains `job` also contains `need`.
bool comes_with(const MockJob& job, const MockJob& need);

/// What becomes of a job whose conditions are not met.
enum class Skipped {
    absent,  ///< it is not part of the run, as in GitLab
    ended,   ///< it counts as ended, as in GitHub
};

/// Removes the needs that other needs imply. If skipped jobs are absent, a job implies its needs only for jobs that it
/// always comes with.
void reduce_needs(Plan& plan, Skipped skipped);

/// Whether an element is or contains a step, wait or queue.
bool is_played(const ir::Stream& stream, ir::ElementId id);

}  // namespace vsm::backends::mock
