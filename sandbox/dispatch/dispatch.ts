import { randomUUID } from "node:crypto";
import { takeResponse } from "../cloudformation/resource/custom/responses";
import { applyFaults } from "../faults/apply";
import { faultTarget } from "../faults/target";
import { decodeChunked } from "../protocol/aws-chunked";
import type { Connection, HttpRequest, HttpResponse } from "../protocol/http";
import { jsonError, jsonResponse, parseJsonCall } from "../protocol/json";
import { parseQueryCall, queryError, queryResponse } from "../protocol/query";
import { parseSignature, type Signature } from "../protocol/sigv4";
import { handleS3 } from "../s3";
import { s3Error } from "../s3/error";
import { AwsError, type Principal, type RequestContext, type Service } from "../service";
import { anonymous } from "../service/principals";
import { authenticate } from "./authenticate";
import { callOperation, createContext, type Sandbox } from "./context";
import type { RequestLog } from "./request-log";
import { unsignedCall } from "./unsigned-call";

const DEFAULT_REGION = "us-east-1";

interface Exchange {
  request: HttpRequest;
  requestId: string;
  sourceIp: string;
  signal: AbortSignal;
  operation: string;
  principal: Principal;
  region: string;
  faults: string[];
}

/** Answers a request to AWS: finds the service by the signature's scope, checks the signature, runs the operation. */
export async function dispatch(
  request: HttpRequest,
  connection: Connection,
  { sandbox, log }: { sandbox: Sandbox; log: RequestLog },
): Promise<HttpResponse | "dropped"> {
  const exchange: Exchange = {
    request,
    requestId: randomUUID(),
    ...connection,
    operation: "",
    principal: anonymous,
    region: DEFAULT_REGION,
    faults: [],
  };
  const service = serviceOf(request, sandbox);
  const response = await answer(exchange, service, sandbox).catch((error: unknown) =>
    errorResponse(service, asAwsError(error), exchange),
  );
  log.add({
    time: sandbox.now().toISOString(),
    service: service?.name ?? "s3",
    operation: exchange.operation,
    region: exchange.region,
    principal: exchange.principal.arn,
    status: response === "dropped" ? 0 : response.status,
    ...(response === "dropped" || response.status < 400 ? {} : { errorCode: errorCode(response) }),
    ...(exchange.faults.length > 0 ? { faults: exchange.faults } : {}),
  });
  if (response === "dropped") return response;
  return { ...response, headers: { date: sandbox.now().toUTCString(), ...response.headers } };
}

async function answer(
  exchange: Exchange,
  service: Service | undefined,
  sandbox: Sandbox,
): Promise<HttpResponse | "dropped"> {
  const { request } = exchange;
  const signature = parseSignature(request);
  const faulted = await suffer(exchange, { service, signature, sandbox });
  if (faulted) return faulted;
  const unsigned = unsignedCall(request, sandbox.services);
  if (service && !unsigned) requireKnownService(signature, service);
  exchange.operation = service ? "" : `${request.method} ${request.path}`;
  exchange.region = signature?.region ?? unsigned?.region ?? DEFAULT_REGION;
  exchange.principal = authenticate(request, signature, sandbox);
  const context = createContext(sandbox, { ...exchange, userAgent: request.headers["user-agent"] ?? "" });
  if (!service) return takeResponse(request, sandbox.store) ?? handleS3(decodeChunked(request), context);
  return await runOperation(exchange, service, context);
}

/** What injected faults do to the request; undefined when it is to be answered. */
async function suffer(
  exchange: Exchange,
  { service, signature, sandbox }: { service: Service | undefined; signature: Signature | undefined; sandbox: Sandbox },
): Promise<HttpResponse | "dropped" | undefined> {
  const { request, signal } = exchange;
  const target = faultTarget(request, { service, signature, store: sandbox.store });
  const struck = sandbox.faults.strike(target);
  if (struck.length === 0) return undefined;
  exchange.faults = struck.map(({ kind }) => kind);
  exchange.operation = target.operation;
  exchange.region = target.region;
  return await applyFaults(struck, {
    service: target.service,
    wait: sandbox.wait,
    signal,
    encode: (error) => errorResponse(service, error, exchange),
  });
}

function requireKnownService(signature: Signature | undefined, service: Service): void {
  if (!signature) {
    throw new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  }
  if (Object.keys(service.operations).length === 0 && service.name === signature.service) {
    throw new AwsError("InvalidAction", `The sandbox does not support the service ${service.name}.`);
  }
}

async function runOperation(exchange: Exchange, service: Service, context: RequestContext): Promise<HttpResponse> {
  const { operation, input } =
    service.protocol === "query" ? parseQueryCall(exchange.request) : parseJsonCall(exchange.request);
  exchange.operation = operation;
  const result = await callOperation(service, operation, input, context);
  return service.protocol === "query"
    ? queryResponse(service, operation, result, exchange.requestId)
    : jsonResponse(result, exchange.requestId);
}

/** The service that a request is for; undefined is S3, whose requests may be unsigned and have no operation name. */
function serviceOf(request: HttpRequest, sandbox: Sandbox): Service | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1] ??
    request.url.searchParams.get("X-Amz-Credential");
  const isJson = request.headers["x-amz-target"] !== undefined;
  const name = credential?.split("/")[3];
  if (name === "s3") return undefined;
  const service = name === undefined ? undefined : sandbox.services.get(name);
  if (service) return service;
  if (name !== undefined) return unsupported(name, isJson);
  const unsigned = unsignedCall(request, sandbox.services);
  if (unsigned) return unsigned.service;
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isJson || (isForm && request.path === "/") ? unsupported("unknown", isJson) : undefined;
}

function unsupported(name: string, isJson: boolean): Service {
  return { name, protocol: isJson ? "json" : "query", operations: {} };
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError("InternalFailure", error instanceof Error ? (error.stack ?? error.message) : String(error), 500);
}

function errorResponse(service: Service | undefined, error: AwsError, exchange: Exchange): HttpResponse {
  const { request, requestId } = exchange;
  if (!service) return s3Error(error, requestId, request.path);
  return service.protocol === "query" ? queryError(service, error, requestId) : jsonError(error, requestId);
}

function errorCode({ headers, body }: HttpResponse): string | undefined {
  return headers["x-amzn-errortype"] ?? /<Code>([^<]+)<\/Code>/.exec(body.toString())?.[1];
}
