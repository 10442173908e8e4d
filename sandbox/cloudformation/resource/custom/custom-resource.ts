import { randomUUID } from "node:crypto";
import { AwsError, type RequestContext } from "../../../service";
import { type JsonObject, own } from "../../template/json";
import { physicalName } from "../physical-name";
import { stringOf } from "../properties";
import type { Existing, ResourceContext, ResourceType } from "../resource-type";
import { type ProviderResponse, readResponse } from "./read-response";
import { expectResponse } from "./responses";

const LONGEST_SECONDS = 3600;
const longestName = 128;

/** A resource that somebody else makes, who listens to a topic. */
export function customResource(type: string): ResourceType {
  return {
    type,
    open: true,
    properties: {
      ServiceToken: { kind: "string", required: true, fixed: "Modifying service token is not allowed." },
    },
    attributes: [],
    async create(ResourceProperties, context) {
      const answer = await ask({ RequestType: "Create", ResourceType: type, ResourceProperties }, context);
      // What failed half-way is deleted as well, so it needs a name.
      const physicalId = answer.physicalId ?? physicalName(context.stackName, context.logicalId, longestName);
      context.created(physicalId, answer.attributes, { noEcho: answer.noEcho });
      requireSuccess(answer);
    },
    async update({ physicalId, properties: OldResourceProperties }: Existing, ResourceProperties, context) {
      const answer = await ask(
        {
          RequestType: "Update",
          ResourceType: type,
          PhysicalResourceId: physicalId,
          ResourceProperties,
          OldResourceProperties,
        },
        context,
      );
      requireSuccess(answer);
      context.created(answer.physicalId ?? physicalId, answer.attributes, { noEcho: answer.noEcho });
      return answer.attributes;
    },
    async delete({ physicalId: PhysicalResourceId, properties: ResourceProperties }: Existing, context) {
      const content = { ResourceType: type, PhysicalResourceId, ResourceProperties };
      requireSuccess(await ask({ RequestType: "Delete", ...content }, context));
    },
  };
}

interface Answer extends Omit<ProviderResponse, "physicalId"> {
  physicalId: string | undefined;
}

function requireSuccess({ failure }: Answer): void {
  if (failure !== undefined) throw new Error(failure);
}

interface Question {
  RequestType: "Create" | "Update" | "Delete";
  ResourceType: string;
  PhysicalResourceId?: string;
  ResourceProperties: JsonObject;
  OldResourceProperties?: JsonObject;
}

/** Publishes a request as the stack's caller and waits for the provider. Throws when nobody could be asked. */
async function ask(content: Question, context: ResourceContext): Promise<Answer> {
  const { request, stackId: StackId, logicalId: LogicalResourceId } = context;
  const ServiceToken = requireTopic(content.ResourceProperties, request);
  const seconds = timeoutOf(content.ResourceProperties);
  const RequestId = randomUUID();
  const response = expectResponse(`${StackId}|${LogicalResourceId}|${RequestId}`, request);
  const asked = { StackId, RequestId, LogicalResourceId };
  const { RequestType, ...about } = content;
  await publish({ RequestType, ServiceToken, ResponseURL: response.url, ...asked, ...about }, request);
  context.waits();
  const body = await response.within(seconds);
  return read(body, asked);
}

function read(body: string | undefined, asked: Parameters<typeof readResponse>[1]): Answer {
  const nothing = { physicalId: undefined, attributes: {}, noEcho: false };
  if (body === undefined) {
    const failure = `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${asked.RequestId}].`;
    return { ...nothing, failure };
  }
  try {
    return readResponse(body, asked);
  } catch (error) {
    return { ...nothing, failure: (error as Error).message };
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html */
function requireTopic(properties: JsonObject, { region }: RequestContext): string {
  const token = stringOf(properties, "ServiceToken") ?? "";
  const [arn, , service, tokenRegion] = token.split(":");
  if (arn !== "arn" || (service !== "sns" && service !== "lambda")) throw new Error("Invalid service token.");
  if (service === "lambda") {
    throw new Error(`Not supported by the sandbox: the function ${token} as a ServiceToken; only topics are`);
  }
  if (tokenRegion !== region) throw new Error(`Invalid service token. It must be in the stack's Region, ${region}.`);
  return token;
}

function timeoutOf(properties: JsonObject): number {
  const seconds = Number(own(properties, "ServiceTimeout") ?? LONGEST_SECONDS);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  throw new Error(`ServiceTimeout must be between 1 and ${LONGEST_SECONDS} seconds`);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
interface Request extends Question {
  ServiceToken: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
}

async function publish(message: Request, request: RequestContext): Promise<void> {
  try {
    await request.call("sns", "Publish", {
      TopicArn: message.ServiceToken,
      Subject: "AWS CloudFormation custom resource request",
      Message: JSON.stringify(message),
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message: text, status } = error;
    throw new Error(
      `${text} (Service: AmazonSNS; Status Code: ${status}; Error Code: ${code}; Request ID: ${request.requestId}; Proxy: null)`,
    );
  }
}
