#include "backends/codepipeline/functions.h"
#include "backends/codepipeline/template.h"

namespace vsm::backends::codepipeline {
namespace {

AwsMap resource(const AwsText& type, const AwsMap& properties) {
    return AwsMap().add("Type", type).add("Properties", properties);
}

/// A resource that is deleted with the stack, since it contains nothing of value.
AwsMap stored_resource(const AwsText& type, const AwsMap& properties) {
    return AwsMap()
        .add("Type", type)
        .add("DeletionPolicy", "Delete")
        .add("UpdateReplacePolicy", "Delete")
        .add("Properties", properties);
}

AwsMap bucket() {
    const AwsMap closed = AwsMap()
                              .add("BlockPublicAcls", true)
                              .add("BlockPublicPolicy", true)
                              .add("IgnorePublicAcls", true)
                              .add("RestrictPublicBuckets", true);
    return stored_resource("AWS::S3::Bucket", AwsMap()
                                                  .add("PublicAccessBlockConfiguration", closed)
                                                  .add("VersioningConfiguration", AwsMap().add("Status", "Enabled")));
}

AwsMap statement(const AwsList& actions, const AwsMap& on) {
    return AwsMap().add("Effect", "Allow").add("Action", actions).add("Resource", on);
}

AwsMap policy(const AwsText& name, const AwsList& statements) {
    const AwsMap document = AwsMap().add("Version", "2012-10-17").add("Statement", statements);
    return AwsMap().add("PolicyName", name).add("PolicyDocument", document);
}

AwsMap role(const AwsText& service, const AwsList& policies) {
    const AwsMap trust = AwsMap()
                             .add("Effect", "Allow")
                             .add("Principal", AwsMap().add("Service", service))
                             .add("Action", "sts:AssumeRole");
    const AwsMap document = AwsMap().add("Version", "2012-10-17").add("Statement", AwsList().add(trust));
    return resource("AWS::IAM::Role", AwsMap().add("AssumeRolePolicyDocument", document).add("Policies", policies));
}

AwsMap log_group() { return stored_resource("AWS::Logs::LogGroup", AwsMap().add("RetentionInDays", 14)); }

AwsMap writes_logs(const AwsText& group) {
    return statement(AwsList().add("logs:CreateLogStream").add("logs:PutLogEvents"), get_att(group, "Arn"));
}

/// Lets a step chosen to find a defect record that it did.
AwsMap marks_defects() { return statement(AwsList().add("s3:PutObject"), sub("${Bucket.Arn}/defects/*")); }

AwsMap step_role(bool defects) {
    // these actions do not support resource-level permissions
    const AwsMap reports =
        AwsMap()
            .add("Effect", "Allow")
            .add("Action", AwsList().add("codepipeline:PutJobSuccessResult").add("codepipeline:PutJobFailureResult"))
            .add("Resource", "*");
    AwsList statements = AwsList().add(writes_logs("StepLogs")).add(reports);
    if (defects) statements.add(marks_defects());
    return role("lambda.amazonaws.com", AwsList().add(policy("ReportToPipeline", statements)));
}

AwsMap trigger_role() {
    const AwsMap lists = statement(AwsList().add("s3:ListBucketVersions"), get_att("Bucket", "Arn"));
    const AwsMap fills = statement(AwsList().add("s3:PutObject"), sub("${Bucket.Arn}/trigger.zip"));
    const AwsMap deletes =
        statement(AwsList().add("s3:DeleteObject").add("s3:DeleteObjectVersion"), sub("${Bucket.Arn}/*"));
    return role("lambda.amazonaws.com",
                AwsList().add(policy("FillAndEmptyBucket",
                                     AwsList().add(writes_logs("TriggerLogs")).add(fills).add(lists).add(deletes))));
}

/// The log group that CodePipeline would create for commands, owned by the stack so that it is deleted with it.
AwsMap command_logs() {
    return stored_resource(
        "AWS::Logs::LogGroup",
        AwsMap().add("LogGroupName", sub("/aws/codepipeline/${AWS::StackName}")).add("RetentionInDays", 14));
}

AwsMap runs_commands() {
    const AwsText group =
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/codepipeline/${AWS::StackName}";
    const AwsText streams =
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/codepipeline/${AWS::StackName}:*";
    return AwsMap()
        .add("Effect", "Allow")
        .add("Action", AwsList().add("logs:CreateLogGroup").add("logs:CreateLogStream").add("logs:PutLogEvents"))
        .add("Resource", AwsList().add(sub(group)).add(sub(streams)));
}

AwsMap pipeline_role(MockKind mock) {
    const AwsMap bucket_access = statement(
        AwsList().add("s3:GetBucketAcl").add("s3:GetBucketLocation").add("s3:GetBucketVersioning").add("s3:ListBucket"),
        get_att("Bucket", "Arn"));
    const AwsMap object_access = statement(AwsList()
                                               .add("s3:GetObject")
                                               .add("s3:GetObjectTagging")
                                               .add("s3:GetObjectVersion")
                                               .add("s3:GetObjectVersionTagging")
                                               .add("s3:PutObject"),
                                           sub("${Bucket.Arn}/*"));
    AwsList statements = AwsList().add(bucket_access).add(object_access);
    switch (mock) {
        case MockKind::lambda:
            statements.add(statement(AwsList().add("lambda:InvokeFunction"), get_att("StepFunction", "Arn")));
            break;
        case MockKind::commands: statements.add(runs_commands()); break;
        case MockKind::approval: break;
    }
    return role("codepipeline.amazonaws.com", AwsList().add(policy("RunMock", statements)));
}

/// `index.handler` is the handler of inline code in CloudFormation.
AwsMap function(const AwsText& description, const AwsText& role_id, const AwsText& logs, int timeout_seconds,
                const AwsText& code) {
    return AwsMap()
        .add("Description", description)
        .add("Runtime", ref("FunctionRuntime"))
        .add("Handler", "index.handler")
        .add("Role", get_att(role_id, "Arn"))
        .add("Timeout", timeout_seconds)
        .add("MemorySize", 128)
        .add("LoggingConfig", AwsMap().add("LogGroup", ref(logs)))
        .add("Code", AwsMap().add_block("ZipFile", code));
}

AwsMap step_function_resource() {
    const AwsMap environment =
        AwsMap().add("Variables", AwsMap().add("SECONDS_PER_DAY", ref("SecondsPerDay")).add("BUCKET", ref("Bucket")));
    AwsMap properties = function("Plays a step of the value stream: sleeps, then reports its text from the map",
                                 "StepRole", "StepLogs", 90, AwsText(step_function));
    return resource("AWS::Lambda::Function", properties.add("Environment", environment));
}

}  // namespace

AwsMap ref(const AwsText& logical_id) { return AwsMap().add("Ref", logical_id); }

AwsMap get_att(const AwsText& logical_id, const AwsText& attribute) {
    return AwsMap().add("Fn::GetAtt", AwsList().add(logical_id).add(attribute));
}

AwsMap sub(const AwsText& own_text) { return AwsMap().add("Fn::Sub", own_text); }

void add_resources(MockKind mock, bool defects, AwsMap& resources) {
    resources.add("Bucket", bucket());
    if (mock == MockKind::lambda) {
        resources.add("StepLogs", log_group());
        resources.add("StepRole", step_role(defects));
        resources.add("StepFunction", step_function_resource());
    }
    if (mock == MockKind::commands) resources.add("CommandLogs", command_logs());
    resources.add("TriggerLogs", log_group());
    resources.add("TriggerRole", trigger_role());
    resources.add("TriggerFunction",
                  resource("AWS::Lambda::Function",
                           function("Puts the trigger into the bucket; empties the bucket when the stack is deleted",
                                    "TriggerRole", "TriggerLogs", 120, AwsText(trigger_function))));
    resources.add("Trigger", resource("Custom::Trigger", AwsMap()
                                                             .add("ServiceToken", get_att("TriggerFunction", "Arn"))
                                                             .add("ServiceTimeout", 150)
                                                             .add("Bucket", ref("Bucket"))
                                                             .add("Key", "trigger.zip")));
    resources.add("PipelineRole", pipeline_role(mock));
}

}  // namespace vsm::backends::codepipeline
