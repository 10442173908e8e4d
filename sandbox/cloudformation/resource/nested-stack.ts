import { AwsError } from "../../service";
import { endOf } from "../stack/running";
import { isObject, type Json, type JsonObject, own } from "../template/json";
import { physicalName } from "./physical-name";
import { stringOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";
import { tagsOf } from "./tags";

const longestName = 128;

interface StackDescription {
  StackStatus: string;
  StackStatusReason?: string;
  Outputs?: { OutputKey: string; OutputValue: string }[];
}

/** A stack whose template lies in S3. It is made and changed as the parent's caller, with the parent's acknowledgements. */
export const nestedStack: ResourceType = {
  type: "AWS::CloudFormation::Stack",
  properties: {
    Parameters: { kind: "object" },
    Tags: { kind: "objects" },
    TemplateURL: { kind: "string", required: true },
  },
  attributes: ["Outputs.*"],
  async create(properties, context) {
    const { request, stackName, logicalId } = context;
    const StackName = physicalName(stackName, logicalId, longestName);
    const { StackId } = await request.call<{ StackId: string }>("cloudformation", "CreateStack", {
      StackName,
      OnFailure: "DO_NOTHING",
      ...wanted(properties, context),
    });
    const attributes: Record<string, Json> = {};
    context.created(StackId, attributes);
    await settled(StackId, context);
    Object.assign(attributes, await outputs(StackId, context, "CREATE_COMPLETE"));
  },
  async update({ physicalId }: Existing, properties, context) {
    try {
      await context.request.call("cloudformation", "UpdateStack", {
        StackName: physicalId,
        ...wanted(properties, context),
      });
    } catch (error) {
      if (!(error instanceof AwsError && error.message === "No updates are to be performed.")) throw error;
      return outputs(physicalId, context);
    }
    await settled(physicalId, context);
    return outputs(physicalId, context, "UPDATE_COMPLETE");
  },
  async delete({ physicalId: StackName }: Existing, context) {
    const { request } = context;
    await request.call("cloudformation", "DeleteStack", { StackName });
    await settled(StackName, context);
    const { StackStatus } = await describeStack(StackName, request);
    if (StackStatus !== "DELETE_COMPLETE") throw new Error(`Stack ${StackName} is in ${StackStatus} state`);
  },
};

/** Waits for a stack that goes on because it waits itself. */
async function settled(stackId: string, { request, waits }: ResourceContext): Promise<void> {
  const end = endOf(stackId, request);
  if (!end) return;
  waits();
  await end;
}

function wanted(properties: JsonObject, context: ResourceContext): Record<string, unknown> {
  const parameters = own(properties, "Parameters");
  return {
    TemplateURL: stringOf(properties, "TemplateURL"),
    Parameters: Object.entries(isObject(parameters) ? parameters : {}).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: text(value),
    })),
    Capabilities: context.capabilities,
    Tags: tagsOf(properties, context),
  };
}

/** A list, as of a CommaDelimitedList, is given on as its text. */
function text(value: Json): string {
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
}

async function outputs(
  StackName: string,
  { request }: ResourceContext,
  status?: "CREATE_COMPLETE" | "UPDATE_COMPLETE",
): Promise<Record<string, Json>> {
  const { StackStatus, StackStatusReason, Outputs = [] } = await describeStack(StackName, request);
  if (status !== undefined && StackStatus !== status) {
    const verb = status === "CREATE_COMPLETE" ? "created" : "updated";
    throw new Error(
      `Embedded stack ${StackName} was not successfully ${verb}: ${StackStatusReason ?? `it is in ${StackStatus} state`}`,
    );
  }
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [`Outputs.${OutputKey}`, OutputValue]));
}

async function describeStack(StackName: string, request: ResourceContext["request"]): Promise<StackDescription> {
  const { Stacks } = await request.call<{ Stacks: [StackDescription] }>("cloudformation", "DescribeStacks", {
    StackName,
  });
  return Stacks[0];
}
