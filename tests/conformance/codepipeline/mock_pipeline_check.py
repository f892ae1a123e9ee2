"""mock_pipeline_check.py TEMPLATE.json ...: compares a template with the pipeline that mock-pipeline ships.

Stages and actions, their kinds, and the order within each stage must be the same. Exit 0 the same, 1 differences, 2
cannot run.
"""

import json
import re
import sys
from itertools import groupby
from pathlib import Path

# by stage: its actions in waves; the actions of a wave run in parallel
SHIPPED = {
    "Source": [{"CommitPushed"}],
    "Build": [{"Artifact"}, {"Image"}],
    "AcceptanceTesting": [
        {"ProvisionEnvironment", "InfrastructureAnalysis"},
        {"ConfigureEnvironment"},
        {"AcceptanceTests", "IntegrationTests"},
        {"DeployApp"},
        {"DeploymentTest"},
    ],
    "Capacity": [{"PenTest", "PerformanceTest", "ImageTests", "ResiliencyTests"}],
    "ExploratoryTesting": [{"QA"}],
    "Production": [{"BlueGreenDeployment", "OutofBandTests", "SecurityMetrics"}, {"SwitchEndPoints"}],
}
KINDS = {"CommitPushed": "Source/S3", "QA": "Approval/Manual"}
OTHER_KIND = "Invoke/Lambda"


def plain(name):
    """A name without case and separators: `Provision-environment` is ProvisionEnvironment."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def expected():
    stages = []
    for stage, waves in SHIPPED.items():
        kinds = [{plain(action): KINDS.get(action, OTHER_KIND) for action in wave} for wave in waves]
        stages.append((plain(stage), kinds))
    return stages


def kind(action):
    return f"{action['ActionTypeId']['Category']}/{action['ActionTypeId']['Provider']}"


def found(template):
    [pipeline] = [r for r in template["Resources"].values() if r["Type"] == "AWS::CodePipeline::Pipeline"]
    stages = []
    for stage in pipeline["Properties"]["Stages"]:
        in_order = sorted(stage["Actions"], key=run_order)
        kinds = [
            {plain(action["Name"]): kind(action) for action in wave} for _, wave in groupby(in_order, key=run_order)
        ]
        stages.append((plain(stage["Name"]), kinds))
    return stages


def run_order(action):
    return int(action.get("RunOrder", 1))


def differences(template):
    have, want = found(template), expected()
    if [name for name, _ in have] != [name for name, _ in want]:
        yield f"stages {[name for name, _ in have]}, not {[name for name, _ in want]}"
        return
    for (stage, waves), (_, wanted) in zip(have, want):
        if waves != wanted:
            yield f"{stage}: {waves}, not {wanted}"


def main(names):
    if not names:
        print("usage: mock_pipeline_check.py TEMPLATE.json ...", file=sys.stderr)
        return 2
    bad = 0
    for name in names:
        for difference in differences(json.loads(Path(name).read_text(encoding="utf-8"))):
            print(f"{name}: {difference}")
            bad += 1
    print(f"mock-pipeline: {len(names)} templates, {bad} differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
