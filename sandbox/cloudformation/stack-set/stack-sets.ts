import { randomUUID } from "node:crypto";
import { AwsError, type Operation, type RequestContext } from "../../service";
import { readCapabilities } from "../operation/capabilities";
import { booleanOf, type Input, refuseUnsupported, requiredString, stringOf } from "../operation/input";
import { readParameters } from "../operation/parameters";
import { readTags } from "../operation/tags";
import { checked, readTemplateSource, requireTemplateSource, type TemplateSource } from "../operation/template-source";
import { validationError } from "../validation-error";
import { inRegionOrder, newOperation } from "./operation-input";
import { readPermission, requireOrganization } from "./permission";
import { runOperation } from "./run-operation";
import { arnOfSet, authorizedSet, type Permission, type StackSet, stackSets, stackSetsHere } from "./state";
import { readTargets } from "./targets";

const described = ["StackSetName", "Description", "TemplateBody", "TemplateURL", "Parameters", "Capabilities", "Tags"];
const permitted = ["AdministrationRoleARN", "ExecutionRoleName", "PermissionModel", "AutoDeployment", "CallAs"];

export const createStackSet: Operation = async (input, context) => {
  refuseUnsupported(input, [...described, ...permitted, "ClientRequestToken"]);
  const name = requiredString(input, "StackSetName");
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) throw validationError(`StackSetName ${name} is not valid`);
  const { accountId, region, partition } = context;
  const id = `${name}:${randomUUID()}`;
  const place = { id, accountId, region, partition };
  context.authorize({ action: "cloudformation:CreateStackSet", resource: arnOfSet({ ...place, id: `${name}:*` }) });
  if (stackSetsHere(context).some((set) => set.name === name && set.status === "ACTIVE")) {
    throw new AwsError("NameAlreadyExistsException", `StackSet ${name} already exists`, 409);
  }
  const source = await requireTemplateSource(input, context);
  const permission = readPermission(input, context);
  requireAllowedTypes(source, permission);
  stackSets(context.store).push({
    ...place,
    name,
    status: "ACTIVE",
    description: stringOf(input, "Description"),
    template: source.text,
    parameters: readParameters(input, source.template),
    capabilities: readCapabilities(input, source.template),
    tags: readTags(input),
    permission,
    targets: [],
    instances: [],
    operations: [],
  });
  return { StackSetId: id };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html */
function requireAllowedTypes({ template }: TemplateSource, { model }: Permission): void {
  const nested = [...template.resources.values()].some(({ type }) => type === "AWS::CloudFormation::Stack");
  if (model === "SERVICE_MANAGED" && nested) {
    throw validationError("Stack sets with service-managed permissions do not support nested stacks");
  }
}

/** Changes the stack set and its stacks: all of them, or those of the accounts and Regions that are named. */
export const updateStackSet: Operation = async (input, context) => {
  const where = ["Accounts", "DeploymentTargets", "Regions", "OperationPreferences", "OperationId"];
  refuseUnsupported(input, [...described, ...permitted, ...where, "UsePreviousTemplate"]);
  const set = authorizedSet("UpdateStackSet", input, context);
  const source = await sourceOf(input, set, context);
  const permission = changedPermission(input, set, context);
  requireAllowedTypes(source, permission);
  const changes = {
    description: stringOf(input, "Description") ?? set.description,
    template: source.text,
    parameters: readParameters(input, source.template, set.parameters),
    capabilities: readCapabilities(input, source.template),
    tags: input.Tags === undefined ? set.tags : readTags(input),
    permission,
  };
  const operation = newOperation("UPDATE", input, set, context);
  const isPartial = where.slice(0, 3).some((name) => input[name] !== undefined);
  const places = isPartial ? readTargets(input, set, context).places : set.instances;
  Object.assign(set, changes);
  for (const instance of set.instances) Object.assign(instance, { status: "OUTDATED", detail: "PENDING" });
  const known = set.instances.filter((instance) => places.some((place) => isSame(place, instance)));
  const chosen = known.map(({ account, region, unitId }) => ({ account, region, ...(unitId ? { unitId } : {}) }));
  await runOperation(set, operation, inRegionOrder(byRegion(chosen), input), context);
  return { OperationId: operation.id };
};

function isSame(place: { account: string; region: string }, other: { account: string; region: string }): boolean {
  return place.account === other.account && place.region === other.region;
}

function byRegion<T extends { region: string }>(places: T[]): T[] {
  const regions = [...new Set(places.map(({ region }) => region))];
  return regions.flatMap((region) => places.filter((place) => place.region === region));
}

async function sourceOf(input: Input, set: StackSet, context: RequestContext): Promise<TemplateSource> {
  const source = await readTemplateSource(input, context);
  const usePrevious = booleanOf(input, "UsePreviousTemplate") ?? false;
  if (source && !usePrevious) return source;
  if (!source && usePrevious) return { text: set.template, template: checked(set.template) };
  throw validationError("Exactly one of TemplateBody, TemplateURL and UsePreviousTemplate must be specified");
}

function changedPermission(input: Input, { permission }: StackSet, context: RequestContext): Permission {
  const model = stringOf(input, "PermissionModel") ?? permission.model;
  if (model !== permission.model) throw validationError("Not supported by the sandbox: a change of PermissionModel");
  if (permission.model === "SERVICE_MANAGED" && input.AutoDeployment === undefined) {
    requireOrganization(context);
    return permission;
  }
  const roles =
    permission.model === "SELF_MANAGED"
      ? { AdministrationRoleARN: permission.administrationRoleArn, ExecutionRoleName: permission.executionRoleName }
      : {};
  return readPermission({ ...roles, ...input, PermissionModel: model }, context);
}

export const deleteStackSet: Operation = (input, context) => {
  refuseUnsupported(input, ["StackSetName", "CallAs"]);
  const set = authorizedSet("DeleteStackSet", input, context);
  if (set.operations.some(({ status }) => status === "RUNNING")) {
    throw new AwsError("OperationInProgressException", `An operation on StackSet ${arnOfSet(set)} is in progress`, 409);
  }
  if (set.instances.length > 0) throw new AwsError("StackSetNotEmptyException", "StackSet is not empty", 409);
  set.status = "DELETED";
  return {};
};
