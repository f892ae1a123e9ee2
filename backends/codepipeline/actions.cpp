#include <fmt/format.h>

#include "backends/codepipeline/shell_commands.h"
#include "backends/codepipeline/template.h"
#include "backends/mock/clock.h"
#include "backends/support/facts.h"
#include "diag/outputs.h"

namespace vsm::backends::codepipeline {
namespace {

constexpr char trigger_artifact[] = "Trigger";

AwsMap action_type(const AwsText& category, const AwsText& owner_provider) {
    return AwsMap().add("Category", category).add("Owner", "AWS").add("Provider", owner_provider).add("Version", "1");
}

/// The consequence of a defect, in our own words.
AwsText runs_again(Retry retry) {
    return retry == Retry::all_actions ? AwsText("the stage runs again from its beginning")
                                       : AwsText("this step runs again");
}

class Actions {
public:
    Actions(const BackendInput& input, Diagnostics& diagnostics) : input_(input), diagnostics_(diagnostics) {}

    AwsMap action_of(const Action& action) {
        AwsMap made;
        made.add("Name", aws_text(action.name));
        switch (player_of(input_, action)) {
            case MockKind::lambda:
                made.add("ActionTypeId", action_type("Invoke", "Lambda"));
                made.add("Configuration", lambda_configuration(action));
                break;
            case MockKind::commands: add_commands(action, made); break;
            case MockKind::approval:
                made.add("ActionTypeId", action_type("Approval", "Manual"));
                made.add("Configuration", approval_configuration(action));
                break;
        }
        made.add("RunOrder", action.run_order);
        return made;
    }

private:
    /// The text for readers: that of the plan, after those of the waits merged into it.
    static std::string text_of(const Action& action) {
        std::string text;
        for (const mock::MockStep& wait : action.waits) text += wait.text + ". ";
        return text + action.step.text;
    }

    double days_of(const Action& action) const {
        return mock::days_of(action.step.microseconds, input_.stream().calendar);
    }

    AwsMap lambda_configuration(const Action& action) {
        const auto parameters = [&](const std::string& text) {
            AwsMap data = AwsMap().add("days", days_of(action)).add("text", aws_text(text));
            if (!action.defect.empty())
                data.add("defect", aws_text(action.defect))
                    .add("again", runs_again(action.retry))
                    .add("chosen", AwsSink::variable(defect_variable))
                    .add("run", "#{codepipeline.PipelineExecutionId}");
            return AwsSink::json_line(data);
        };
        return AwsMap()
            .add("FunctionName", ref("StepFunction"))
            .add("UserParameters", fitted(action, text_of(action), parameters));
    }

    /// Adds constant commands; data of the map is passed in variables.
    void add_commands(const Action& action, AwsMap& made) {
        const auto as_it_is = [](const std::string& text) { return aws_text(text); };
        AwsList variables;
        const auto set = [&](const AwsText& name, const auto& value) {
            variables.add(AwsMap().add("Name", name).add("Value", value));
        };
        set("TEXT", fitted(action, text_of(action), as_it_is));
        set("DAYS", aws_text(format_number(days_of(action))));
        set("SECONDS_PER_DAY", ref("SecondsPerDay"));
        AwsList commands = AwsList().add(AwsText(sleep_command)).add(AwsText(say_command));
        if (!action.defect.empty()) {
            set("DEFECT", aws_text(action.defect));
            set("AGAIN", runs_again(action.retry));
            set("CHOSEN", AwsSink::variable(defect_variable));
            set("BUCKET", ref("Bucket"));
            set("RUN", "#{codepipeline.PipelineExecutionId}");
            commands.add(AwsText(defect_command));
        }
        made.add("ActionTypeId", action_type("Compute", "Commands"));
        made.add("Commands", commands);
        made.add("EnvironmentVariables", variables);
        made.add("InputArtifacts", AwsList().add(AwsMap().add("Name", trigger_artifact)));
    }

    AwsMap approval_configuration(const Action& action) {
        const auto* step = ir::step_of(input_.stream().elements[action.step.element]);
        const bool work = !action.step.pause;
        // the text of an approval says who approves
        const std::string teams = work && step->kind != ir::StepKind::approval ? teams_of(input_, step->teams) : "";
        const std::string who = teams.empty() ? "" : fmt::format("For {}: ", teams);
        const std::string how = !work ? ". Approve when it is over"
                                : action.retry == Retry::none
                                    ? ""
                                    : ". Reject it to see what a defect costs: " + runs_again(action.retry).str();
        const auto as_it_is = [](const std::string& text) { return aws_text(text); };
        AwsMap configuration;
        configuration.add("CustomData", fitted(action, fmt::format("{}{}{}", who, text_of(action), how), as_it_is));
        const ir::Text& link = input_.stream().elements[action.step.element].link;
        if (link.given() && utf16_units(aws_text(link.value).str()) <= longest_configuration_value)
            configuration.add("ExternalEntityLink", aws_text(link.value));
        return configuration;
    }

    /// Calls `make` with the longest prefix of a text whose result fits into a configuration value. Reports a shortened
    /// text.
    template <class Make>
    AwsText fitted(const Action& action, const std::string& text, Make make) {
        const auto fits = [](const AwsText& value) { return utf16_units(value.str()) <= longest_configuration_value; };
        const AwsText whole = make(text);
        if (fits(whole)) return whole;
        std::size_t fitting = 1;
        std::size_t too_long = longest_configuration_value + 1;
        while (too_long - fitting > 1) {
            const std::size_t middle = (fitting + too_long) / 2;
            (fits(make(cut(text, middle))) ? fitting : too_long) = middle;
        }
        const ir::Element& element = input_.stream().elements[action.step.element];
        diagnostics_
            .report(diag::shortened_text, element.range, "codepipeline", longest_configuration_value,
                    fmt::format("{} `{}`", keyword_of(element), element.label))
            .help("the end of its title, notes and other remarks is left out; the map has the full text");
        return make(cut(text, fitting));
    }

    const BackendInput& input_;
    Diagnostics& diagnostics_;
};

/// The source stage: an object in the bucket, fetched when the pipeline starts. Does not poll for changes.
AwsMap source_stage_of(const BackendInput& input) {
    const AwsMap configuration =
        AwsMap().add("S3Bucket", ref("Bucket")).add("S3ObjectKey", "trigger.zip").add("PollForSourceChanges", "false");
    const AwsMap action = AwsMap()
                              .add("Name", aws_text(source_action(input)))
                              .add("ActionTypeId", action_type("Source", "S3"))
                              .add("Configuration", configuration)
                              .add("OutputArtifacts", AwsList().add(AwsMap().add("Name", trigger_artifact)))
                              .add("RunOrder", 1);
    return AwsMap().add("Name", aws_text(source_stage)).add("Actions", AwsList().add(action));
}

AwsMap skipped_unless(const ChoiceBranch& branch) {
    const AwsMap type =
        AwsMap().add("Category", "Rule").add("Owner", "AWS").add("Provider", "VariableCheck").add("Version", "1");
    const AwsMap check = AwsMap()
                             .add("Variable", AwsSink::variable(branch.variable))
                             .add("Value", aws_text(branch.word))
                             .add("Operator", "EQ");
    const AwsMap rule = AwsMap().add("Name", "Chosen").add("RuleTypeId", type).add("Configuration", check);
    const AwsMap condition = AwsMap().add("Result", "SKIP").add("Rules", AwsList().add(rule));
    return AwsMap().add("Conditions", AwsList().add(condition));
}

AwsMap retried(Retry retry) {
    const AwsText mode = retry == Retry::all_actions ? AwsText("ALL_ACTIONS") : AwsText("FAILED_ACTIONS");
    return AwsMap().add("Result", "RETRY").add("RetryConfiguration", AwsMap().add("RetryMode", mode));
}

}  // namespace

AwsList stages_of(const BackendInput& input, const std::vector<Stage>& stages, Diagnostics& diagnostics) {
    Actions actions(input, diagnostics);
    AwsList made;
    made.add(source_stage_of(input));
    for (const Stage& stage : stages) {
        AwsList list;
        for (const Action& action : stage.actions) list.add(actions.action_of(action));
        AwsMap one = AwsMap().add("Name", aws_text(stage.name)).add("Actions", list);
        if (stage.only_if) one.add("BeforeEntry", skipped_unless(*stage.only_if));
        if (stage.retry != Retry::none) one.add("OnFailure", retried(stage.retry));
        made.add(one);
    }
    return made;
}

}  // namespace vsm::backends::codepipeline
