// What workflow_check.mjs needs of GitHub's workflow parser; scripts/test-tools makes one loadable bundle of it.
export { convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
