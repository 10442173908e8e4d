import type { Service } from "../service";
import { createStack } from "./operation/create-stack";
import { deleteStack } from "./operation/delete-stack";
import { describeStackEvents } from "./operation/describe-stack-events";
import { describeStackResources } from "./operation/describe-stack-resources";
import { describeStacks } from "./operation/describe-stacks";
import { getTemplate } from "./operation/get-template";
import { getTemplateSummary } from "./operation/get-template-summary";
import { listStacks } from "./operation/list-stacks";
import { updateStack } from "./operation/update-stack";
import { validateTemplate } from "./operation/validate-template";

export const cloudformation: Service = {
  name: "cloudformation",
  protocol: "query",
  namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  operations: {
    CreateStack: createStack,
    DeleteStack: deleteStack,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListStacks: listStacks,
    UpdateStack: updateStack,
    ValidateTemplate: validateTemplate,
  },
};
