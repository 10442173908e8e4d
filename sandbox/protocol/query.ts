import { AwsError, type Service } from "../service";
import type { HttpRequest, HttpResponse } from "./http";
import { escapeXml, toXml } from "./xml";

type Node = Map<string, Node | string>;

export interface QueryCall {
  operation: string;
  version: string;
  input: Record<string, unknown>;
}

/** AWS query protocol: `Action`, `Version` and flattened parameters, in a form body or in the query of a GET. */
export function parseQueryCall(request: HttpRequest): QueryCall {
  const parameters = request.method === "GET" ? request.url.searchParams : new URLSearchParams(request.body.toString());
  const operation = parameters.get("Action") ?? "";
  const version = parameters.get("Version") ?? "";
  if (operation === "") {
    throw new AwsError("MissingAction", "The request must contain the parameter Action");
  }
  const root: Node = new Map();
  for (const [name, value] of parameters) {
    if (name !== "Action" && name !== "Version" && !name.startsWith("X-Amz-"))
      insert(root, name.split("."), value, name);
  }
  return { operation, version, input: toStructure(root) };
}

function insert(node: Node, [head = "", ...rest]: string[], value: string, name: string): void {
  if (rest.length === 0) {
    if (node.has(head)) throw malformed(name);
    node.set(head, value);
    return;
  }
  const child = node.get(head) ?? new Map();
  if (typeof child === "string") throw malformed(name);
  node.set(head, child);
  insert(child, rest, value, name);
}

function malformed(name: string): AwsError {
  return new AwsError("MalformedInput", `The parameter ${name} is given twice or in two shapes`);
}

function toStructure(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node].map(([name, child]) => [name, toValue(child)]));
}

function toValue(child: Node | string): unknown {
  if (typeof child === "string") return child;
  const members = child.get("member");
  return members instanceof Map && child.size === 1 ? toList(members) : toStructure(child);
}

function toList(members: Node): unknown[] {
  return [...members]
    .map(([index, item]) => {
      if (!/^\d+$/.test(index)) throw malformed(`member.${index}`);
      return [Number(index), toValue(item)] as const;
    })
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

export function queryResponse(service: Service, operation: string, result: unknown, requestId: string): HttpResponse {
  const content = result === undefined ? "" : `<${operation}Result>${toXml(result)}</${operation}Result>`;
  return xml(
    200,
    `<${operation}Response xmlns="${escapeXml(service.namespace ?? "")}">${content}` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    requestId,
  );
}

export function queryError(service: Service, error: AwsError, requestId: string): HttpResponse {
  const type = error.status < 500 ? "Sender" : "Receiver";
  return xml(
    error.status,
    `<ErrorResponse xmlns="${escapeXml(service.namespace ?? "")}"><Error><Type>${type}</Type>` +
      `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    requestId,
  );
}

function xml(status: number, body: string, requestId: string): HttpResponse {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}
