import type { Operation } from "../../service";
import {
  describeStackInstance,
  describeStackSet,
  describeStackSetOperation,
  listStackInstances,
  listStackSetOperationResults,
  listStackSetOperations,
  listStackSets,
} from "./read";
import { createStackInstances, deleteStackInstances, updateStackInstances } from "./stack-instances";
import { createStackSet, deleteStackSet, updateStackSet } from "./stack-sets";

export const stackSetOperations: Record<string, Operation> = {
  CreateStackInstances: createStackInstances,
  CreateStackSet: createStackSet,
  DeleteStackInstances: deleteStackInstances,
  DeleteStackSet: deleteStackSet,
  DescribeStackInstance: describeStackInstance,
  DescribeStackSet: describeStackSet,
  DescribeStackSetOperation: describeStackSetOperation,
  ListStackInstances: listStackInstances,
  ListStackSetOperationResults: listStackSetOperationResults,
  ListStackSetOperations: listStackSetOperations,
  ListStackSets: listStackSets,
  UpdateStackInstances: updateStackInstances,
  UpdateStackSet: updateStackSet,
};
