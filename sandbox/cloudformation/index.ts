import type { Service } from "../service";
import { createChangeSet } from "./operation/create-change-set";
import { createStack } from "./operation/create-stack";
import { deleteChangeSet } from "./operation/delete-change-set";
import { deleteStack } from "./operation/delete-stack";
import { describeChangeSet } from "./operation/describe-change-set";
import { describeStackEvents } from "./operation/describe-stack-events";
import { describeStackResources } from "./operation/describe-stack-resources";
import { describeStacks } from "./operation/describe-stacks";
import { executeChangeSet } from "./operation/execute-change-set";
import { getTemplate } from "./operation/get-template";
import { getTemplateSummary } from "./operation/get-template-summary";
import { listChangeSets } from "./operation/list-change-sets";
import { listStacks } from "./operation/list-stacks";
import { updateStack } from "./operation/update-stack";
import { validateTemplate } from "./operation/validate-template";
import { stackSetOperations } from "./stack-set";

export const cloudformation: Service = {
  name: "cloudformation",
  protocol: "query",
  namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  operations: {
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeChangeSet: describeChangeSet,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    ExecuteChangeSet: executeChangeSet,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListChangeSets: listChangeSets,
    ListStacks: listStacks,
    UpdateStack: updateStack,
    ValidateTemplate: validateTemplate,
    ...stackSetOperations,
  },
};
