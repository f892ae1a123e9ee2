// The parts of GitHub's workflow parser that workflow_check.mjs uses; scripts/test-tools bundles them into one module.
export { convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
