"""pipeline_play.py TEMPLATE ...: plays each template's pipeline as CodePipeline would.

Runs every function call and every list of commands against moto's bucket, with a fake clock, in an empty folder. Each
must take the time and print the text of its configuration. A step fails only if the variable `defect` selects it, once
per execution, and then says what its stage retries. No file may appear in the folder. The function behind the custom
resource fills and empties the bucket, reports why if it cannot, and treats a deleted bucket as empty.
Exit 0 no findings, 1 findings, 2 cannot run.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import types
import zipfile
from pathlib import Path
from unittest import mock

import boto3
import botocore.client
from botocore.exceptions import ClientError
from moto import mock_aws
from pipeline import create_pipeline_input, load

BUCKET = "bucket"
SECONDS_PER_DAY = 1000
LONGEST = 60
EVENT = json.loads((Path(__file__).parent / "job_event.json").read_text(encoding="utf-8"))

# head-object and put-object, with the arguments that the commands use, on files
AWS = """#!/bin/bash
[ "$1" = s3api ] && [ "$3 $4" = "--bucket $BUCKET" ] && [ "$5" = --key ] || exit 2
case $2 in
  head-object) [ -e "$STORE/$6" ] ;;
  put-object) mkdir -p "$STORE/${6%/*}" && touch "$STORE/$6" ;;
  *) exit 2 ;;
esac
"""


def with_variables(text, values, run):
    """A text of a configuration with its variables replaced, as the service passes it on."""
    text = text.replace("#{codepipeline.PipelineExecutionId}", run)
    return re.sub(r"#\{variables\.([\w-]+)\}", lambda found: values[found[1]], text)


class Calls:
    """A service that records its calls."""

    def __init__(self):
        self.made = []

    def __getattr__(self, name):
        return lambda **arguments: self.made.append((name, arguments))


def loaded(code):
    module = types.ModuleType("index")
    exec(compile(code, "index.py", "exec"), module.__dict__)
    return module


class Functions:
    """Actions that call the step function of a template."""

    def __init__(self, template):
        os.environ |= {"SECONDS_PER_DAY": str(SECONDS_PER_DAY), "BUCKET": BUCKET}
        self.step = loaded(template["Resources"]["StepFunction"]["Properties"]["Code"]["ZipFile"])
        self.step.pipeline = self.pipeline = Calls()

    def plays(self, action):
        return action["actionTypeId"]["provider"] == "Lambda"

    def what(self, action):
        step = json.loads(action["configuration"]["UserParameters"])
        return step["text"], step["days"], step.get("defect")

    def run(self, action, values, run):
        """Returns the seconds slept, the text, and whether the action succeeded."""
        event = json.loads(json.dumps(EVENT))
        configuration = event["CodePipeline.job"]["data"]["actionConfiguration"]["configuration"]
        configuration["UserParameters"] = with_variables(action["configuration"]["UserParameters"], values, run)
        self.pipeline.made.clear()
        with mock.patch.object(self.step.time, "sleep") as sleep, mock.patch("builtins.print"):
            self.step.handler(event, None)
        [(name, result)] = self.pipeline.made
        assert result["jobId"] == event["CodePipeline.job"]["id"]
        well = name == "put_job_success_result"
        said = result["executionDetails"]["summary"] if well else result["failureDetails"]["message"]
        return sum(call.args[0] for call in sleep.call_args_list), said, well


class Commands:
    """Actions that run commands."""

    def __init__(self, _template):
        self.tools = tempfile.TemporaryDirectory()
        self.store = tempfile.TemporaryDirectory()
        sleep = f"#!/bin/sh\nprintf %s \"$1\" >'{self.tools.name}/slept'\n"
        for name, text in {"aws": AWS, "sleep": sleep}.items():
            tool = Path(self.tools.name, name)
            tool.write_text(text, encoding="utf-8")
            tool.chmod(0o755)

    def plays(self, action):
        return action["actionTypeId"]["provider"] == "Commands"

    def variables(self, action):
        return {variable["name"]: variable["value"] for variable in action["environmentVariables"]}

    def what(self, action):
        variables = self.variables(action)
        return variables["TEXT"], float(variables["DAYS"]), variables.get("DEFECT")

    def run(self, action, values, run):
        given = {name: with_variables(value, values, run) for name, value in self.variables(action).items()}
        given |= {
            "SECONDS_PER_DAY": str(SECONDS_PER_DAY),
            "STORE": self.store.name,
            "PATH": f"{self.tools.name}:{os.environ['PATH']}",
        }
        with tempfile.TemporaryDirectory() as here:
            done = subprocess.run(
                ["bash", "-e", "-c", "\n".join(action["commands"])], cwd=here, env=given, capture_output=True, text=True
            )
            created = os.listdir(here)
        assert not created and not done.stderr, f"created {created}, said {done.stderr}"
        slept = float(Path(self.tools.name, "slept").read_text(encoding="utf-8"))
        return slept, done.stdout.removesuffix("\n"), done.returncode == 0


AGAIN = {"ALL_ACTIONS": "the stage runs again from its beginning", "FAILED_ACTIONS": "this step runs again"}


def action_findings(player, action, usual, retry):
    text, days, defect = player.what(action)
    slept, said, well = player.run(action, usual, "run-1")
    if not well or said.removesuffix(f" (cut to {LONGEST} s here)") != text:
        yield f"says {said!r}, not {text!r}"
    if abs(slept - min(days * SECONDS_PER_DAY, LONGEST)) > 1e-3:
        yield f"sleeps {slept} s for {days} days"
    if defect is None:
        return
    chosen = usual | {"defect": defect}
    runs = [player.run(action, chosen, run) for run in ("run-2", "run-2", "run-3", "run-3")]
    outcomes = [well for _, _, well in runs]
    if outcomes != [False, True, False, True]:
        yield f"chosen to find a defect, it goes well {outcomes}"
    elif AGAIN[retry] not in runs[0][1]:
        yield f"after a defect it says {runs[0][1]!r}, and the stage retries {retry}"


API_CALL = botocore.client.BaseClient._make_api_call


def keeps_objects(client, operation, arguments):
    """S3 that deletes no object and reports so in its response."""
    if operation != "DeleteObjects":
        return API_CALL(client, operation, arguments)
    return {
        "Errors": [
            {"Key": one["Key"], "Code": "AccessDenied", "Message": "it is locked"}
            for one in arguments["Delete"]["Objects"]
        ]
    }


def lists_nothing(client, operation, arguments):
    """S3 without permission to list."""
    if operation != "ListObjectVersions":
        return API_CALL(client, operation, arguments)
    raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no " * 1000}}, operation)


def trigger_findings(template):
    code = template["Resources"]["TriggerFunction"]["Properties"]["Code"]["ZipFile"]
    key = template["Resources"]["Trigger"]["Properties"]["Key"]
    sent = []
    bucket = boto3.resource("s3").Bucket(BUCKET)
    with mock.patch.dict(
        sys.modules,
        {
            "cfnresponse": types.SimpleNamespace(
                SUCCESS="SUCCESS", FAILED="FAILED", send=lambda *a, reason=None, **k: sent.append((a[2], reason))
            )
        },
    ):
        function = loaded(code)
        event = {"RequestType": "Create", "ResourceProperties": {"Bucket": BUCKET, "Key": key}}
        function.handler(event, None)
        archive = zipfile.ZipFile(io.BytesIO(bucket.Object(key).get()["Body"].read()))
        if archive.testzip() is not None or not archive.namelist():
            yield "the trigger is no archive with a file"
        function.handler(event | {"RequestType": "Update"}, None)
        bucket.put_object(Key="artifact", Body=b"of a run")
        function.handler(event | {"RequestType": "Delete"}, None)
        if list(bucket.object_versions.all()):
            yield "the bucket is not empty when the stack is deleted"
        gone = {"Bucket": "nowhere", "Key": key}
        function.handler({"RequestType": "Delete", "ResourceProperties": gone}, None)
        with mock.patch("builtins.print"):
            function.handler({"RequestType": "Create", "ResourceProperties": gone}, None)
            bucket.put_object(Key="locked", Body=b"of a run")
            with mock.patch.object(botocore.client.BaseClient, "_make_api_call", new=keeps_objects):
                function.handler(event | {"RequestType": "Delete"}, None)
            with mock.patch.object(botocore.client.BaseClient, "_make_api_call", new=lists_nothing):
                function.handler(event | {"RequestType": "Delete"}, None)
    told = [status for status, _ in sent]
    if told != ["SUCCESS"] * 4 + ["FAILED"] * 3:
        yield f"the stack is told {told}"
    for (_, reason), why in zip(
        sent[4:], ("NoSuchBucket", "1 objects stay in the bucket; locked: it is locked", "AccessDenied")
    ):
        if reason is None or why not in reason or len(reason) > 500:
            yield f"the stack is told as a reason {reason!r}, which is no {why}"


@mock_aws
def findings(template):
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    boto3.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    problems = list(trigger_findings(template))
    pipeline = create_pipeline_input(template)["pipeline"]
    usual = {variable["name"]: variable["defaultValue"] for variable in pipeline.get("variables", [])}
    played = 0
    all_players = players(template)
    for stage in pipeline["stages"]:
        retry = stage.get("onFailure", {}).get("retryConfiguration", {}).get("retryMode")
        for action in stage["actions"]:
            for player in all_players:
                if player.plays(action):
                    played += 1
                    problems += [
                        f"{stage['name']}: {action['name']}: {problem}"
                        for problem in action_findings(player, action, usual, retry)
                    ]
    return problems, played


def players(template):
    kinds = {
        action["actionTypeId"]["provider"]
        for stage in create_pipeline_input(template)["pipeline"]["stages"]
        for action in stage["actions"]
    }
    return [player(template) for player, kind in ((Functions, "Lambda"), (Commands, "Commands")) if kind in kinds]


def main(paths):
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    problems = played = 0
    for path in paths:
        found, actions = findings(load(path))
        problems += len(found)
        played += actions
        for problem in found:
            print(f"{path}: {problem}")
    print(f"pipeline-play: {len(paths)} templates, {played} actions played, {problems} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else 2)
