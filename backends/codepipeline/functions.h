// The two Lambda functions of the template, in Python. Constants: data of the map is passed as events and variables.
#pragma once

#include <cstddef>

namespace vsm::backends::codepipeline {

/// Plays one action: sleeps for its time on the mock's clock, then reports success to the pipeline with the action's
/// text. The step chosen to find a defect fails the first time.
inline constexpr char step_function[] = R"py(import json
import os
import time

import boto3
from botocore.exceptions import ClientError

LONGEST = 60  # seconds
pipeline = boto3.client("codepipeline")
s3 = boto3.client("s3")


def play(step):
    wanted = step["days"] * float(os.environ["SECONDS_PER_DAY"])
    time.sleep(min(wanted, LONGEST))
    return f" (cut to {LONGEST} s here)" if wanted > LONGEST else ""


def finds_defect(step):
    # once in an execution: an object in the bucket says that it did
    if "defect" not in step or step["defect"] != step["chosen"]:
        return False
    key = f"defects/{step['run']}/{step['defect']}"
    try:
        s3.put_object(Bucket=os.environ["BUCKET"], Key=key, IfNoneMatch="*")
    except ClientError as error:
        if error.response["Error"]["Code"] == "PreconditionFailed":
            return False
        raise
    return True


def handler(event, _context):
    job = event["CodePipeline.job"]
    try:
        step = json.loads(job["data"]["actionConfiguration"]["configuration"]["UserParameters"])
        summary = step["text"] + play(step)
        print(json.dumps(summary, ensure_ascii=False))
        if finds_defect(step):
            raise RuntimeError(f"finds a defect, as chosen: {step['again']}. {step['text']}")
        pipeline.put_job_success_result(jobId=job["id"], executionDetails={"summary": summary[:2048]})
    except Exception as error:
        pipeline.put_job_failure_result(
            jobId=job["id"],
            failureDetails={"type": "JobFailed", "message": str(error)[:2048] or "failed"},
        )
)py";

/// Puts the object that starts the pipeline into the bucket, and empties the bucket when the stack is deleted; a
/// missing bucket counts as empty. Errors become the reason that the stack reports.
inline constexpr char trigger_function[] = R"py(import io
import zipfile

import boto3
import cfnresponse
from botocore.exceptions import ClientError


def trigger_file():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("trigger.txt"), "The mock pipeline begins.\n")
    return buffer.getvalue()


def empty(bucket):
    try:
        answers = bucket.object_versions.delete()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchBucket":
            return
        raise
    # what cannot be deleted is told, not raised
    kept = [one for answer in answers for one in answer.get("Errors", [])]
    if kept:
        raise RuntimeError(f"{len(kept)} objects stay in the bucket; {kept[0].get('Key')}: {kept[0].get('Message')}")


def handler(event, context):
    name = event["ResourceProperties"]["Bucket"]
    status, reason = cfnresponse.SUCCESS, None
    try:
        bucket = boto3.resource("s3").Bucket(name)
        if event["RequestType"] == "Delete":
            empty(bucket)
        else:
            bucket.put_object(Key=event["ResourceProperties"]["Key"], Body=trigger_file())
    except Exception as error:
        print(error)
        status, reason = cfnresponse.FAILED, str(error)[:500]
    cfnresponse.send(event, context, status, {}, physicalResourceId=name, reason=reason)
)py";

/// The limit for inline code in characters, for every account.
inline constexpr std::size_t longest_inline_code = 4096;
static_assert(sizeof(step_function) <= longest_inline_code && sizeof(trigger_function) <= longest_inline_code);

}  // namespace vsm::backends::codepipeline
