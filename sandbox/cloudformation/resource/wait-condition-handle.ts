import { randomUUID } from "node:crypto";
import type { ResourceType } from "./resource-type";

/** Does nothing by itself; templates use it as a placeholder where all else may be left out by conditions. */
export const waitConditionHandle: ResourceType = {
  type: "AWS::CloudFormation::WaitConditionHandle",
  properties: {},
  attributes: [],
  async create(_properties, { request, created }) {
    created(`${request.url}/console/wait-condition/${randomUUID()}`, {});
  },
  async update({ attributes }) {
    return attributes;
  },
  async delete() {},
};
