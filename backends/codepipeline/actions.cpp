#include <fmt/format.h>

#include "backends/codepipeline/template.h"
#include "backends/support/facts.h"

namespace vsm::backends::codepipeline {
namespace {

AwsMap action_type(const AwsText& category, const AwsText& owner_provider) {
    return AwsMap().add("Category", category).add("Owner", "AWS").add("Provider", owner_provider).add("Version", "1");
}

class Actions {
public:
    Actions(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics)
        : input_(input), metrics_(metrics), diagnostics_(diagnostics) {}

    AwsMap action_of(const Action& action) {
        const ir::Element& element = input_.map().elements[action.element];
        const auto* step = std::get_if<ir::Step>(&element.what);
        const bool approval =
            step != nullptr && step->kind == ir::StepKind::approval && action.kind == Action::Kind::work;
        AwsMap made;
        made.add("Name", aws_text(action.name));
        made.add("ActionTypeId", approval ? action_type("Approval", "Manual") : action_type("Invoke", "Lambda"));
        made.add("Configuration", approval ? approval_configuration(action, *step) : lambda_configuration(action));
        made.add("RunOrder", action.run_order);
        return made;
    }

private:
    /// What a person reads: what it is, and all that is known of it.
    std::string text_of(const Action& action) const {
        const ir::Element& element = input_.map().elements[action.element];
        const bool wait_of_step = action.kind == Action::Kind::wait && std::holds_alternative<ir::Step>(element.what);
        if (wait_of_step) {
            const ir::ResolvedTime& wait = input_.model.facts(input_.stream).elements[action.element].timings.wait;
            return fmt::format("Wait before {}: {}", called(element), time_text(wait, input_.map().calendar));
        }
        return fmt::format("{}. {}", called(element), joined(facts_of(input_, metrics_, action.element), "; "));
    }

    AwsMap lambda_configuration(const Action& action) {
        const double days = days_of(action.microseconds, input_.map().calendar);
        const auto parameters = [&](const std::string& text) {
            const MapOf<PlainText> data = MapOf<PlainText>().add("days", days).add("text", aws_text(text).str());
            return aws_text(write_json_line(data.value()));
        };
        return AwsMap()
            .add("FunctionName", ref("StepFunction"))
            .add("UserParameters", fitted(action, text_of(action), parameters));
    }

    AwsMap approval_configuration(const Action& action, const ir::Step& step) {
        const std::string teams = teams_of(input_, step.teams);
        const std::string who = teams.empty() ? "" : fmt::format("For {}: ", teams);
        const auto as_it_is = [](const std::string& text) { return aws_text(text); };
        AwsMap configuration;
        configuration.add("CustomData", fitted(action, who + text_of(action), as_it_is));
        const ir::Text& link = input_.map().elements[action.element].link;
        if (link.given() && utf16_units(aws_text(link.value).str()) <= longest_configuration_value)
            configuration.add("ExternalEntityLink", aws_text(link.value));
        return configuration;
    }

    /// The value that `make` makes of as much of a text as there is room for, and a note where that is not all.
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
        const ir::Element& element = input_.map().elements[action.element];
        diagnostics_
            .report(diag::shortened_text, element.range, "codepipeline", longest_configuration_value,
                    fmt::format("{} `{}`", keyword_of(element), element.label))
            .help("the end of its title, notes and other remarks is left out; the map still has them");
        return make(cut(text, fitting));
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    Diagnostics& diagnostics_;
};

/// The trigger: an object in the bucket, taken when someone starts the pipeline.
AwsMap source_stage_of(const BackendInput& input) {
    const AwsMap configuration =
        AwsMap().add("S3Bucket", ref("Bucket")).add("S3ObjectKey", "trigger.zip").add("PollForSourceChanges", "false");
    const AwsMap action = AwsMap()
                              .add("Name", aws_text(source_action(input)))
                              .add("ActionTypeId", action_type("Source", "S3"))
                              .add("Configuration", configuration)
                              .add("OutputArtifacts", AwsList().add(AwsMap().add("Name", "Trigger")))
                              .add("RunOrder", 1);
    return AwsMap().add("Name", aws_text(source_stage)).add("Actions", AwsList().add(action));
}

}  // namespace

AwsList stages_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const std::vector<Stage>& stages,
                  Diagnostics& diagnostics) {
    Actions actions(input, metrics, diagnostics);
    AwsList made;
    made.add(source_stage_of(input));
    for (const Stage& stage : stages) {
        AwsList list;
        for (const Action& action : stage.actions) list.add(actions.action_of(action));
        made.add(AwsMap().add("Name", aws_text(stage.name)).add("Actions", list));
    }
    return made;
}

}  // namespace vsm::backends::codepipeline
