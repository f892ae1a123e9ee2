#include "backends/github/fold_pauses.h"

#include <cstddef>
#include <iterator>
#include <utility>

#include "backends/support/facts.h"

namespace vsm::backends::github {
namespace {

using mock::MockJob;

std::vector<std::size_t> count_followers(const mock::Plan& plan) {
    std::vector<std::size_t> followers(plan.jobs.size(), 0);
    for (const MockJob& job : plan.jobs)
        for (const std::size_t need : job.needs) ++followers[need];
    return followers;
}

bool takes_pauses(const MockJob& job, bool approvals_ask) {
    if (job.kind == MockJob::Kind::work) return !(job.approval && approvals_ask);
    return job.kind == MockJob::Kind::pause;
}

/// Puts the pause in front of the job.
void put_into(MockJob& job, MockJob& pause, const mock::MockTexts& texts) {
    job.steps.insert(job.steps.begin(), std::make_move_iterator(pause.steps.begin()),
                     std::make_move_iterator(pause.steps.end()));
    job.needs = std::move(pause.needs);
    job.name = job.kind == MockJob::Kind::work ? texts.work_name(job.element, true)
                                               : cut(pause.name + ", " + job.name, mock::longest_name);
}

/// Removes jobs that no other job needs.
void remove_jobs(mock::Plan& plan, const std::vector<bool>& removed) {
    std::vector<std::size_t> moved(plan.jobs.size(), 0);
    std::vector<MockJob> kept;
    for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
        moved[i] = kept.size();
        if (!removed[i]) kept.push_back(std::move(plan.jobs[i]));
    }
    plan.jobs = std::move(kept);
    for (MockJob& job : plan.jobs)
        for (std::size_t& need : job.needs) need = moved[need];
}

}  // namespace

void fold_pauses(mock::Plan& plan, const mock::MockTexts& texts, bool approvals_ask) {
    const std::vector<std::size_t> followers = count_followers(plan);
    std::vector<bool> folded(plan.jobs.size(), false);
    for (MockJob& job : plan.jobs) {
        if (job.needs.size() != 1 || !takes_pauses(job, approvals_ask)) continue;
        const std::size_t before = job.needs.front();
        MockJob& pause = plan.jobs[before];
        if (pause.kind != MockJob::Kind::pause || followers[before] != 1 || pause.conditions != job.conditions)
            continue;
        put_into(job, pause, texts);
        folded[before] = true;
    }
    remove_jobs(plan, folded);
}

}  // namespace vsm::backends::github
