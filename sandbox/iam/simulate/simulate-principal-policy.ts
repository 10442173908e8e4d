import { read } from "../../protocol/input";
import { AwsError, type Operation, type RequestContext } from "../../service";
import type { Role } from "../entities";
import { arn } from "../parameters";
import { authorizedRole } from "../role-access";
import { exclusionList, without } from "./exclusions";
import { invalid, simulationParameters } from "./parameters";
import { simulate } from "./simulate";
import { roleSubject } from "./subject";

export const simulatePrincipalPolicy: Operation = (input, context) => {
  const parameters = read(input, {
    PolicySourceArn: arn,
    PolicyExclusionList: exclusionList,
    ...simulationParameters,
  });
  const role = sourceRole(parameters.PolicySourceArn, context);
  const subject = roleSubject(role, parameters, context);
  return simulate(without(subject, parameters.PolicyExclusionList), parameters);
};

function sourceRole(sourceArn: string, context: RequestContext): Role {
  const [, partition, accountId, type, name = ""] =
    /^arn:([\w-]+):iam::(\d{12}):(role|user|group)\/(?:.+\/)?([^/]+)$/.exec(sourceArn) ?? [];
  if (!type) throw invalid(`Invalid Entity Arn: ${sourceArn} does not clearly define entity type and name.`);
  if (type !== "role") throw new AwsError("NotImplemented", `The sandbox simulates no policies of a ${type}.`, 501);
  const action = "iam:SimulatePrincipalPolicy";
  if (partition !== context.partition || accountId !== context.accountId) {
    context.authorize({ action, resource: sourceArn });
    throw noSuchRole(name);
  }
  const role = authorizedRole(action, name, context);
  if (role.arn !== sourceArn) throw noSuchRole(name);
  return role;
}

function noSuchRole(name: string): AwsError {
  return new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
}
