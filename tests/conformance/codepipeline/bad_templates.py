"""Templates that cfn-lint and mock_pipeline_check.py accept, and templates that each must refuse."""

import json

from inputs import one, without
from mock_pipeline_check import KINDS, OTHER_KIND, SHIPPED

TEMPLATE = """\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: codepipeline.amazonaws.com}}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      RoleArn: !GetAtt Role.Arn
      ArtifactStore: {Type: S3, Location: !Ref Bucket}
      Stages:
        - Name: Source
          Actions:
            - Name: Trigger
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
              Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: map.zip, PollForSourceChanges: "false"}
              OutputArtifacts: [{Name: Map}]
        - Name: Release
          Actions:
            - Name: Approve
              ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}
              Configuration: {CustomData: "Approve the change"}
"""


def shipped_pipeline():
    """A template as text that mock_pipeline_check.py accepts."""

    def action(name, order):
        category, provider = KINDS.get(name, OTHER_KIND).split("/")
        return {"Name": name, "RunOrder": order, "ActionTypeId": {"Category": category, "Provider": provider}}

    stages = [
        {
            "Name": stage,
            "Actions": [action(name, 10 * order) for order, wave in enumerate(waves, 1) for name in sorted(wave)],
        }
        for stage, waves in SHIPPED.items()
    ]
    return json.dumps({"Resources": {"P": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": stages}}}})


GOOD = {
    "cloudformation": one("a.yaml", TEMPLATE),
    "mock-pipeline": one("a.json", shipped_pipeline()),
}

BAD = {
    "cloudformation": {
        "E3006": one("a.yaml", without(TEMPLATE, "AWS::S3::Bucket", "AWS::S3::Bucke")),
        "E3701": one(
            "a.yaml",
            without(
                TEMPLATE,
                "Configuration: {CustomData: ",
                "InputArtifacts: [{Name: Nothing}]\n" + " " * 14 + "Configuration: {CustomData: ",
            ),
        ),
        # warnings and informational findings count too
        "W2001": one("a.yaml", TEMPLATE + "Parameters:\n  Unused: {Type: String}\n"),
        "I1022": one("a.yaml", TEMPLATE + 'Outputs:\n  Name: {Value: !Join ["", [a, !Ref Bucket]]}\n'),
    },
    "mock-pipeline": {
        "stages [": one("a.json", shipped_pipeline().replace('"Capacity"', '"Capacities"')),
        "exploratorytesting: [": one("a.json", without(shipped_pipeline(), "Approval", "Invoke")),
        "build: [{'artifact': 'Invoke/Lambda', 'image'": one(
            "a.json", without(shipped_pipeline(), '"Image", "RunOrder": 20', '"Image", "RunOrder": 10')
        ),
        "capacity: [": one("a.json", without(shipped_pipeline(), "ImageTests", "ImageTest")),
    },
}
