// The entry points of all commands. Each returns the exit code.
#pragma once

#include "cli/args/options.h"

namespace vsm::cli {

int run_lint(const LintOptions& options, const CommonOptions& common);
int run_build(const BuildOptions& options, const CommonOptions& common);
int run_metrics(const MetricsOptions& options, const CommonOptions& common);
/// Compares two versions of maps and their metrics.
int run_diff(const DiffOptions& options, const CommonOptions& common);
int run_history(const HistoryOptions& options, const CommonOptions& common);
int run_ir(const IrOptions& options, const CommonOptions& common);
int run_explain(const ExplainOptions& options, const CommonOptions& common);
int run_init(const InitOptions& options, const CommonOptions& common);
/// Serves until interrupted; returns 130.
int run_preview(const PreviewOptions& options, const CommonOptions& common);
int run_fmt(const FmtOptions& options, const CommonOptions& common);
int run_apply(const ApplyOptions& options, const CommonOptions& common);
int run_version();

}  // namespace vsm::cli
