// Puts pauses into the jobs that follow them: GitHub counts each job as at least a minute.
#pragma once

#include "backends/mock/mock_plan.h"
#include "backends/mock/mock_texts.h"

namespace vsm::backends::github {

/// A pause is part of the job that follows it, except where flows fork or join, at the end of the stream, and, with
/// `approvals_ask`, before an approval: then it is part of the pause that follows it, or a job of its own. Reviewers
/// are asked before anything in their job runs.
void fold_pauses(mock::Plan& plan, const mock::MockTexts& texts, bool approvals_ask);

}  // namespace vsm::backends::github
