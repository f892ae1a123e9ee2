"""pipeline_shape.py TEMPLATE ...: validates each template's pipeline against the rules of CodePipeline.

The published shape of CreatePipeline's input, from botocore: members, types, sizes, patterns, enumerations. And the
rules of the user guide that the shape does not express: which stages and actions are allowed where, which artifacts and
variables must exist. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import re
import sys
from collections import Counter

import botocore.session
from pipeline import create_pipeline_input, load

PROVIDERS = {
    ("Source", "S3"): {"S3Bucket", "S3ObjectKey"},
    ("Invoke", "Lambda"): {"FunctionName"},
    ("Approval", "Manual"): set(),
    ("Compute", "Commands"): set(),
}
RULES = {"VariableCheck": {"Variable", "Value", "Operator"}}
OPERATORS = {"EQ", "NE", "CONTAINS", "MATCHES"}


def walk(shape, value, path):
    """Yields where a value violates its shape."""
    kind = shape.type_name
    wanted = {
        "structure": dict,
        "map": dict,
        "list": list,
        "string": str,
        "integer": int,
        "long": int,
        "boolean": bool,
    }[kind]
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"{path}: {value!r} is no {kind}"
        return
    limits = shape.metadata
    size = value if wanted is int else len(value)
    if size < limits.get("min", size) or size > limits.get("max", size):
        yield f"{path}: {size} is not within {limits.get('min', 0)} and {limits.get('max')}"
    if kind == "string":
        if limits.get("enum") and value not in limits["enum"]:
            yield f"{path}: {value!r} is none of {limits['enum']}"
        if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
            yield f"{path}: {value!r} does not match {limits['pattern']}"
    elif kind == "list":
        for at, one in enumerate(value):
            yield from walk(shape.member, one, f"{path}[{at}]")
    elif kind == "map":
        for key, one in value.items():
            yield from walk(shape.key, key, f"{path} key {key}")
            yield from walk(shape.value, one, f"{path}.{key}")
    elif kind == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{path}: {name} is missing"
        for name, one in value.items():
            if name in shape.members:
                yield from walk(shape.members[name], one, f"{path}.{name}")
            else:
                yield f"{path}: {name} is unknown"


def twice(names, what):
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what}: {name!r} is there {count} times"


def action_rules(action, made, v2, path):
    kind = (action["actionTypeId"]["category"], action["actionTypeId"]["provider"])
    if kind not in PROVIDERS or action["actionTypeId"]["owner"] != "AWS" or action["actionTypeId"]["version"] != "1":
        yield f"{path}: no such provider: {action['actionTypeId']}"
        return
    missing = PROVIDERS[kind] - action.get("configuration", {}).keys()
    if missing:
        yield f"{path}: configuration lacks {sorted(missing)}"
    if not 1 <= action.get("runOrder", 1) <= 999:
        yield f"{path}: run order {action['runOrder']}"
    if kind[1] == "Commands":
        if not v2:
            yield f"{path}: commands need a pipeline of type V2"
        if not 1 <= len(action.get("inputArtifacts", [])) <= 10:
            yield f"{path}: commands need an input artifact"
        if not action.get("commands"):
            yield f"{path}: no command"
        if any("\n" in command for command in action.get("commands", [])):
            yield f"{path}: a command has several lines"
        for variable in action.get("environmentVariables", []):
            if "\n" in variable["value"] or len(variable["value"]) > 1000:
                yield f"{path}: environment variable {variable['name']} has several lines or over 1000 characters"
        yield from twice(
            [variable["name"] for variable in action.get("environmentVariables", [])], f"{path}: environment variables"
        )
    elif "commands" in action or "environmentVariables" in action:
        yield f"{path}: commands and environment variables stand in actions that run commands"
    if kind[0] == "Approval" and (action.get("inputArtifacts") or action.get("outputArtifacts")):
        yield f"{path}: an approval takes no artifacts"
    if "timeoutInMinutes" in action and (kind[0] != "Approval" or not 5 <= action["timeoutInMinutes"] <= 86400):
        yield f"{path}: a timeout of 5 to 86400 minutes stands in approvals only"
    for artifact in action.get("inputArtifacts", []):
        if artifact["name"] not in made:
            yield f"{path}: nothing before it makes the artifact {artifact['name']}"


def texts(node):
    if isinstance(node, str):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from texts(one)


def condition_rules(stage, path):
    for condition in stage.get("beforeEntry", {}).get("conditions", []):
        if condition.get("result") not in ("SKIP", "FAIL"):
            yield f"{path}: at its entry a stage is skipped or fails, not {condition.get('result')}"
        for rule in condition.get("rules", []):
            provider = rule["ruleTypeId"]["provider"]
            lacking = RULES.get(provider, {"a known provider"}) - rule.get("configuration", {}).keys()
            if (
                lacking
                or rule["ruleTypeId"]["category"] != "Rule"
                or rule["configuration"]["Operator"] not in OPERATORS
            ):
                yield f"{path}: rule {rule['name']}: {provider} lacks {sorted(lacking)}"
    failure = stage.get("onFailure", {})
    if failure and (
        failure.get("result") not in ("ROLLBACK", "RETRY")
        or (failure["result"] == "RETRY") != ("retryConfiguration" in failure)
    ):
        yield f"{path}: on failure a stage is rolled back or retried, not {failure}"


def structure(pipeline):
    """Checks the rules that the shape does not express."""
    stages = pipeline["stages"]
    v2 = pipeline.get("pipelineType") == "V2"
    if not 2 <= len(stages) <= 50:
        yield f"{len(stages)} stages: a pipeline has 2 to 50"
    yield from twice([stage["name"] for stage in stages], "stages")
    total = sum(len(stage["actions"]) for stage in stages)
    if total > 1000:
        yield f"{total} actions: a pipeline has at most 1000"
    variables = [variable["name"] for variable in pipeline.get("variables", [])]
    yield from twice(variables, "variables")
    if not v2 and (variables or any("beforeEntry" in stage or "onFailure" in stage for stage in stages)):
        yield "variables and conditions need a pipeline of type V2"
    made = set()
    for at, stage in enumerate(stages):
        path = f"stage {stage['name']}"
        if not 1 <= len(stage["actions"]) <= 100:
            yield f"{path}: {len(stage['actions'])} actions: a stage has 1 to 100"
        yield from twice([action["name"] for action in stage["actions"]], path)
        yield from condition_rules(stage, path)
        if at == 0 and ("beforeEntry" in stage or "onFailure" in stage):
            yield f"{path}: the source stage takes no conditions"
        for action in stage["actions"]:
            here = f"{path}: action {action['name']}"
            if (action["actionTypeId"]["category"] == "Source") != (at == 0):
                yield f"{here}: sources stand in the first stage, and nothing else does"
            yield from action_rules(action, made, v2, here)
            for text in texts(action):
                for used in re.findall(r"#\{variables\.([^}]*)\}", text):
                    if used not in variables:
                        yield f"{here}: there is no variable {used}"
        made |= {artifact["name"] for action in stage["actions"] for artifact in action.get("outputArtifacts", [])}


def findings(template, shape):
    asked = create_pipeline_input(template)
    problems = list(walk(shape, asked, "input"))
    # the structure is checked only if the shape is valid
    return problems or list(structure(asked["pipeline"]))


def main(paths):
    model = botocore.session.get_session().get_service_model("codepipeline")
    shape = model.operation_model("CreatePipeline").input_shape
    problems = 0
    for path in paths:
        for problem in findings(load(path), shape):
            problems += 1
            print(f"{path}: {problem}")
    print(f"pipeline-shape: {len(paths)} templates, {problems} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else 2)
