"""Templates that the pipeline readers accept, and templates each must refuse, keyed by part of the error message."""

import copy
import json

from pipeline import load
from readers import HERE

SAMPLE = load(HERE.parent / "golden/samples/checkout-full/checkout.codepipeline.yaml")

COMMANDS = {
    "Name": "Build",
    "ActionTypeId": {"Category": "Compute", "Owner": "AWS", "Provider": "Commands", "Version": "1"},
    "Commands": [
        'sleep "$(awk -v d="$DAYS" -v s="$SECONDS_PER_DAY" \'BEGIN { t = d * s; print (t > 60 ? 60 : t) }\')"',
        'echo "$TEXT"',
    ],
    "EnvironmentVariables": [
        {"Name": "TEXT", "Value": "Build; $(touch PWNED)"},
        {"Name": "DAYS", "Value": "0.025"},
        {"Name": "SECONDS_PER_DAY", "Value": {"Ref": "SecondsPerDay"}},
    ],
    "InputArtifacts": [{"Name": "Trigger"}],
    "RunOrder": 1,
}


def stages(template):
    return template["Resources"]["Pipeline"]["Properties"]["Stages"]


def with_commands():
    made = copy.deepcopy(SAMPLE)
    stages(made)[1]["Actions"] = [copy.deepcopy(COMMANDS)]
    return made


def action(template, stage=1, at=0):
    return stages(template)[stage]["Actions"][at]


def code(template, function="StepFunction"):
    return template["Resources"][function]["Properties"]["Code"]


def changed(change, template=with_commands):
    """Writes the template, changed by `change`, to a file."""
    made = copy.deepcopy(template() if callable(template) else template)
    before = json.dumps(made)
    change(made)
    assert json.dumps(made) != before, "the change changes nothing"
    return {"a.json": json.dumps(made)}


def repeated(count, of):
    return [of | {"Name": f"Step-{at}"} for at in range(count)]


def replaced(where, old, new):
    """Returns a change that replaces a text in a value of a mapping."""

    def change(holder, key):
        assert old in holder[key], (old, holder[key])
        holder[key] = holder[key].replace(old, new)

    return lambda template: change(*where(template))


def set_in(where, **values):
    return lambda template: where(template).update(values)


GOOD = {"a.json": json.dumps(with_commands())}

BAD_SHAPES = {
    "does not match [A-Za-z0-9.@\\-_]+": changed(set_in(lambda t: action(t), Name="Build it")),
    "'Re lease' does not match": changed(set_in(lambda t: stages(t)[1], Name="Re lease")),
    "101 is not within 1 and 100": changed(set_in(lambda t: stages(t)[1], Name="x" * 101)),
    "1000 is not within 1 and 999": changed(set_in(lambda t: action(t), RunOrder=1000)),
    "51 stages: a pipeline has 2 to 50": changed(
        lambda t: stages(t).extend(
            [copy.deepcopy(stages(t)[1]) | {"Name": f"S{at}"} for at in range(51 - len(stages(t)))]
        )
    ),
    "101 actions: a stage has 1 to 100": changed(set_in(lambda t: stages(t)[1], Actions=repeated(101, COMMANDS))),
    "1 stages: a pipeline has 2 to 50": changed(lambda t: stages(t).__delitem__(slice(1, None))),
    "commands need an input artifact": changed(lambda t: action(t).pop("InputArtifacts")),
    "nothing before it makes the artifact Map": changed(set_in(lambda t: action(t), InputArtifacts=[{"Name": "Map"}])),
    "0 is not within 1 and 1000": changed(lambda t: action(t)["Commands"].append("")),
    "a command has several lines": changed(lambda t: action(t)["Commands"].append("a\nb")),
    "commands[2]: 1001 is not within": changed(lambda t: action(t)["Commands"].append("x" * 1001)),
    "commands: 51 is not within 1 and 50": changed(set_in(lambda t: action(t), Commands=["true"] * 51)),
    "environmentVariables: 11 is not within 1 and 10": changed(
        set_in(lambda t: action(t), EnvironmentVariables=[{"Name": f"V{at}", "Value": "x"} for at in range(11)])
    ),
    "sources stand in the first stage": changed(lambda t: stages(t)[1]["Actions"].append(stages(t)[0]["Actions"][0])),
    "commands need a pipeline of type V2": changed(
        set_in(lambda t: t["Resources"]["Pipeline"]["Properties"], PipelineType="V1")
    ),
    "'SUPERCEDED' is none of": changed(
        set_in(lambda t: t["Resources"]["Pipeline"]["Properties"], ExecutionMode="SUPERCEDED")
    ),
    "a timeout of 5 to 86400 minutes": changed(set_in(lambda t: action(t), TimeoutInMinutes=60)),
    "no such provider": changed(set_in(lambda t: action(t)["ActionTypeId"], Provider="Command")),
    "'Build' is there 2 times": changed(lambda t: stages(t)[1]["Actions"].append(copy.deepcopy(COMMANDS))),
    "there is no variable way": changed(
        lambda t: action(t)["EnvironmentVariables"].append({"Name": "W", "Value": "#{variables.way}"})
    ),
    "actoins is unknown": changed(set_in(lambda t: stages(t)[1], Actoins=[])),
    "roleArn is missing": changed(lambda t: t["Resources"]["Pipeline"]["Properties"].pop("RoleArn")),
    "at its entry a stage is skipped or fails, not RETRY": changed(
        set_in(
            lambda t: next(s for s in stages(t) if "BeforeEntry" in s)["BeforeEntry"]["Conditions"][0], Result="RETRY"
        )
    ),
    "on failure a stage is rolled back or retried": changed(
        lambda t: next(s for s in stages(t) if "OnFailure" in s)["OnFailure"].pop("RetryConfiguration")
    ),
}

BAD_SERVICES = {
    "refused: ": changed(set_in(lambda t: stages(t)[1], Actoins=[])),
    "Invalid type for parameter pipeline.stages[1].actions[0].runOrder": changed(
        set_in(lambda t: action(t), RunOrder="first")
    ),
    "Pipeline has only 1 stage(s)": changed(lambda t: stages(t).__delitem__(slice(1, None))),
    "Fn::GetAtt references undefined resource StepLogs": changed(
        set_in(lambda t: t["Resources"]["StepLogs"], Type="AWS::Logs::LogGrup")
    ),
}

BAD_PLAYS = {
    "created ['PWNED']": changed(set_in(lambda t: action(t), Commands=[COMMANDS["Commands"][0], 'eval "echo $TEXT"'])),
    "says 'Builds'": changed(set_in(lambda t: action(t), Commands=[COMMANDS["Commands"][0], "echo Builds"])),
    "sleeps 0.025 s for 0.025 days": changed(
        set_in(lambda t: action(t), Commands=['sleep "$DAYS"', COMMANDS["Commands"][1]])
    ),
    "goes well [True, True, True, True]": changed(
        replaced(lambda t: (code(t), "ZipFile"), 'step["defect"] != step["chosen"]', "True"), SAMPLE
    ),
    "goes well [False, False, False, False]": changed(
        replaced(lambda t: (code(t), "ZipFile"), "return False\n        raise", "return True\n        raise"), SAMPLE
    ),
    "and the stage retries FAILED_ACTIONS": changed(
        replaced(lambda t: (code(t), "ZipFile"), "{step['again']}", "the stage runs again"), SAMPLE
    ),
    "says '": changed(
        replaced(lambda t: (code(t), "ZipFile"), 'summary = step["text"]', 'summary = step["text"].upper()'), SAMPLE
    ),
    "the bucket is not empty": changed(
        replaced(lambda t: (code(t, "TriggerFunction"), "ZipFile"), "bucket.object_versions.delete()", "[]"), SAMPLE
    ),
    "the stack is told": changed(
        replaced(
            lambda t: (code(t, "TriggerFunction"), "ZipFile"),
            "status, reason = cfnresponse.FAILED, str(error)[:500]",
            "pass",
        ),
        SAMPLE,
    ),
    "the stack is told ['SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILED', ": changed(
        replaced(lambda t: (code(t, "TriggerFunction"), "ZipFile"), '"NoSuchBucket"', '"NoSuchKey"'), SAMPLE
    ),
    "which is no 1 objects": changed(
        replaced(lambda t: (code(t, "TriggerFunction"), "ZipFile"), "if kept:", "if len(kept) > 1:"), SAMPLE
    ),
    "told as a reason None": changed(
        replaced(lambda t: (code(t, "TriggerFunction"), "ZipFile"), ", reason=reason", ""), SAMPLE
    ),
}
