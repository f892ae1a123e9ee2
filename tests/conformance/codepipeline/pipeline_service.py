"""pipeline_service.py TEMPLATE ...: creates the resources of each template in moto's AWS, over HTTP on loopback.

`create-pipeline` accepts the pipeline and `get-pipeline` returns the same structure; `create-stack` accepts the rest of
the template and creates its resources and outputs. (moto does not create pipelines from CloudFormation, and runs
functions in containers only: the stack omits the pipeline and the custom resource.) Exit 0 no findings, 1 findings, 2
cannot run.
"""

import json
import logging
import os
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from moto.server import ThreadedMotoServer
from pipeline import create_pipeline_input, load

LEFT_OUT = {"AWS::CodePipeline::Pipeline", "Custom::Trigger"}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "codepipeline.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def uses(node, names):
    """Whether a value of a template refers to one of these resources."""
    if isinstance(node, dict):
        return any(uses(value, names) or (key == "Ref" and value in names) for key, value in node.items())
    if isinstance(node, list):
        return any(uses(one, names) for one in node)
    return isinstance(node, str) and any(f"${{{name}}}" in node for name in names)


def stack_part(template):
    gone = {name for name, resource in template["Resources"].items() if resource["Type"] in LEFT_OUT}
    kept = {name: resource for name, resource in template["Resources"].items() if name not in gone}
    outputs = {name: output for name, output in template.get("Outputs", {}).items() if not uses(output, gone)}
    return template | {"Resources": kept, "Outputs": outputs}


def without_defaults(node):
    """The structure without what the service adds: its version, and empty lists and mappings."""
    if isinstance(node, list):
        return [without_defaults(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_defaults(value) for key, value in node.items() if value not in ([], {}) and key != "version"
    } | ({"version": node["version"]} if isinstance(node.get("version"), str) else {})


def pipeline_findings(clients, template, name):
    asked = create_pipeline_input(template)
    asked["pipeline"] |= {"name": name, "roleArn": clients["role"]}
    clients["codepipeline"].create_pipeline(**asked)
    given = clients["codepipeline"].get_pipeline(name=name)["pipeline"]
    if without_defaults(given) != without_defaults(asked["pipeline"]):
        yield "get-pipeline gives another structure than create-pipeline took"


def stack_findings(clients, template, name):
    part = stack_part(template)
    clients["cloudformation"].create_stack(
        StackName=name, TemplateBody=json.dumps(part), Capabilities=["CAPABILITY_IAM"]
    )
    made = {
        r["LogicalResourceId"]: r["ResourceStatus"]
        for r in clients["cloudformation"].describe_stack_resources(StackName=name)["StackResources"]
    }
    for resource in part["Resources"]:
        if made.get(resource) != "CREATE_COMPLETE":
            yield f"resource {resource}: {made.get(resource, 'not made')}"
    [stack] = clients["cloudformation"].describe_stacks(StackName=name)["Stacks"]
    outputs = {output["OutputKey"] for output in stack.get("Outputs", [])}
    if outputs != set(part["Outputs"]):
        yield f"outputs {sorted(outputs)}, not {sorted(part['Outputs'])}"


def main(paths):
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    problems = 0
    try:
        host, port = server.get_host_and_port()
        clients = {
            name: boto3.client(name, endpoint_url=f"http://{host}:{port}")
            for name in ("codepipeline", "cloudformation", "iam")
        }
        clients["role"] = clients["iam"].create_role(RoleName="pipeline", AssumeRolePolicyDocument=json.dumps(TRUST))[
            "Role"
        ]["Arn"]
        for at, path in enumerate(paths):
            for findings in (pipeline_findings, stack_findings):
                try:
                    found = list(findings(clients, load(path), f"vsm-{at}"))
                except (BotoCoreError, ClientError, ResponseParserError) as error:
                    found = [f"refused: {error}"]
                problems += len(found)
                for problem in found:
                    print(f"{path}: {problem}")
    finally:
        server.stop()
    print(f"pipeline-service: {len(paths)} templates, {problems} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else 2)
