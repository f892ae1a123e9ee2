// The commands: each takes its options and gives the exit code.
#pragma once

#include "cli/options.h"

namespace vsm::cli {

int run_lint(const LintOptions& options, const CommonOptions& common);
int run_build(const BuildOptions& options, const CommonOptions& common);
int run_metrics(const MetricsOptions& options, const CommonOptions& common);
/// What changed between two versions, and what that does to the figures.
int run_diff(const DiffOptions& options, const CommonOptions& common);
int run_history(const HistoryOptions& options, const CommonOptions& common);
int run_ir(const IrOptions& options, const CommonOptions& common);
int run_explain(const ExplainOptions& options, const CommonOptions& common);
int run_init(const InitOptions& options, const CommonOptions& common);
/// Serves until it is interrupted (130).
int run_preview(const PreviewOptions& options, const CommonOptions& common);
int run_fmt(const FmtOptions& options, const CommonOptions& common);
int run_apply(const ApplyOptions& options, const CommonOptions& common);
int run_version();

}  // namespace vsm::cli
