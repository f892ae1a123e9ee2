#include "compiler/format/apply.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/args/command.h"
#include "cli/lint/goals_after.h"
#include "cli/session.h"
#include "cli/unified_diff.h"
#include "diag/rules/unmet_expectation.h"

namespace vsm::cli {
namespace {

struct ApplyOptions {
    std::string future;
    std::string path;
    bool diff = false;   ///< write nothing; show the changes
    bool force = false;  ///< write even if the map would have errors
};

constexpr std::string_view from_stdin = "<stdin>";

/// Why a future cannot be applied; nothing if it can.
std::optional<std::string> refusal(const ir::CheckedModel& model, ir::StreamId id, const SourceSet& sources) {
    const ir::Stream& stream = model.stream(id);
    const std::string& name = stream.name.value;
    if (!stream.future) return fmt::format("`{}` is a stream and no future", name);
    const ir::Stream& base = model.stream(stream.future->of);
    const std::string& base_name = base.name.value;
    if (base.future)
        return fmt::format("`{}` is a future of `{}`, which has not come true: apply `{}` first", name, base_name,
                           base_name);
    if (base.imported)
        return fmt::format(
            "`{}` is a future of `{}`, which stands in {}: write the future into that file, then apply it there", name,
            base_name, sources[base.range.file].path());
    return std::nullopt;
}

std::string no_such_future(const ir::Model& model, const std::string& name) {
    std::vector<std::string> names;
    for (const ir::Stream& stream : model.streams)
        if (stream.future && !stream.imported) names.push_back("`" + stream.name.value + "`");
    if (names.empty()) return fmt::format("no future is called `{}`; the map has none", name);
    return fmt::format("no future is called `{}`; there {} {}", name, names.size() == 1 ? "is" : "are",
                       fmt::join(names, ", "));
}

/// Whether the stream has become what the future was. True if the new text has errors: they are reported elsewhere.
bool came_true(const Session& before, ir::StreamId future, const Session& after) {
    const ir::CheckedModel& old_model = *before.maps().front().checked;
    const auto& new_model = after.maps().front().checked;
    if (!new_model) return true;  // its errors are reported already
    const auto found = streams_of(*new_model, old_model.stream(old_model.stream(future).future->of).name.value);
    return !found.empty() &&
           format::elements_text(old_model, future) == format::elements_text(*new_model, found.front());
}

/// Shows the errors that the map would have or, without errors, the `expect` statements that would no longer hold.
/// Returns whether there are any.
bool shows_what_breaks(const Session& before, Session& after, const std::string& stream, const CommonOptions& common) {
    if (!after.diagnostics().has_errors())
        after.report(0, broken_expectations(*before.maps().front().checked, *after.maps().front().checked, stream));
    const auto& all = after.diagnostics().all();
    const bool broken = std::any_of(all.begin(), all.end(), [](const Diagnostic& one) {
        return one.severity == Severity::error || one.code == diag::unmet_expectation.code;
    });
    after.show_diagnostics(common);
    return broken;
}

/// Prints notes about newly met targets and about targets relative to the changed stream, such as `target lead_time <=
/// 50%`.
void tell_of_targets(const Session& before, const Session& after, const std::string& stream) {
    const ir::CheckedModel& model = *after.maps().front().checked;
    for (const std::string& target : targets_come_true(*before.maps().front().checked, model, stream))
        print_error(fmt::format("note: the target `{}` is met from now on\n", target));
    for (const ir::StreamId id : streams_of(model, stream))
        for (const ir::Target& target : model.stream(id).targets)
            if (std::holds_alternative<Ratio>(target.bound.value) &&
                ir::info_of(target.metric.metric).type == ir::MetricType::time)
                print_error(fmt::format(
                    "note: the target `{} {} {}` is relative: from now on, to the figures of the changed stream\n",
                    target.metric.text, ir::text_of(target.relation), target.bound.text));
}

int run(const ApplyOptions& options, const CommonOptions& common) {
    Session session(common.links);
    if (!session.load({options.path})) return exit_trouble;
    if (session.show_diagnostics(common)) return exit_findings;
    if (session.maps().size() != 1)
        return trouble(fmt::format("apply takes one map; there are {} below {}", session.maps().size(), options.path));
    const CompiledMap& map = session.maps().front();
    const auto found = streams_of(*map.checked, options.future);
    if (found.empty()) return trouble(no_such_future(map.checked->model(), options.future));
    const ir::StreamId future = found.front();
    if (const auto refused = refusal(*map.checked, future, session.sources_of(0))) return trouble(*refused);
    const SourceFile& source = session.sources_of(0)[map.checked->model().file];
    const auto text = format::apply_future(source, *map.checked, future);
    if (!text) return trouble(text.error());

    Session after(common.links);
    after.stand_in(map.path, text.value());
    if (!after.load({options.path})) return exit_trouble;
    if (!came_true(session, future, after))
        return trouble(fmt::format("{} is left as it is: the stream would not become what `{}` says. This is a bug in "
                                   "vsm; please report it with the map",
                                   map.path, options.future));
    const std::string base = map.checked->stream(map.checked->stream(future).future->of).name.value;
    const bool broken = shows_what_breaks(session, after, base, common);
    if (broken && !options.force && !options.diff)
        return print_error("this is how the map would be, so it is left as it is: mend what goes with the stream as it "
                           "was, or let `--force` write it all the same\n"),
               exit_findings;
    if (!common.quiet && !broken) tell_of_targets(session, after, base);
    if (options.diff) {
        print(unified_diff(source.path(), source.text(), text.value()));
    } else if (map.path == from_stdin) {
        print(text.value());
    } else if (const auto written = rewrite_file(map.path, source.text(), text.value(), common.links); !written) {
        return trouble(written.error());
    } else if (!common.quiet) {
        print_error(fmt::format("wrote {}: `{}` is now as `{}` was to be\n", log_text(map.path), base, options.future));
    }
    return broken ? exit_findings : exit_clean;
}

class Apply final : public Command {
    void declare(Flags& flags) override {
        flags.argument("FUTURE", options_.future, "The future to apply").required().completes(Lookup::futures);
        flags.argument("PATH", options_.path, "The map, or - to read standard input and print")
            .required()
            .completes(Candidates::Files::maps);
        flags.toggle("--diff", options_.diff, "Write nothing; show the changes");
        flags.toggle("--force", options_.force,
                     "Write even if the new map has errors, or an expect that does not hold");
        flags.follow();
        flags.common();
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    ApplyOptions options_;
};

}  // namespace

extern const CommandInfo apply_command;
const CommandInfo apply_command{"apply",
                                "Make a future that has been reached the current state",
                                {"vsm apply spring checkout.vsm", "vsm apply spring checkout.vsm --diff"},
                                make_command<Apply>};

}  // namespace vsm::cli
