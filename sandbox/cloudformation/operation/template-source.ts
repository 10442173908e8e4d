import { AwsError, type RequestContext } from "../../service";
import { attributesOf, refuseUnknownTypes } from "../resource/registry";
import { checkTemplate } from "../template/check-template";
import { readTemplate } from "../template/read-template";
import type { Template } from "../template/template";
import { validationError } from "../validation-error";
import { type Input, stringOf } from "./input";
import { parseTemplateUrl } from "./template-url";

const mostInlineBytes = 51_200;
const mostBytes = 1_000_000;

export interface TemplateSource {
  text: string;
  template: Template;
}

/** Reads and checks the template that a request gives inline or by address; undefined when it gives none. */
export async function readTemplateSource(input: Input, context: RequestContext): Promise<TemplateSource | undefined> {
  const body = stringOf(input, "TemplateBody");
  const url = stringOf(input, "TemplateURL");
  if (body !== undefined && url !== undefined) {
    throw validationError("Only one of Template URL or Template Body can be specified.");
  }
  if (body === undefined && url === undefined) return undefined;
  const text = url === undefined ? inline(body ?? "") : await fetchTemplate(url, context);
  return { text, template: checked(text) };
}

export async function requireTemplateSource(input: Input, context: RequestContext): Promise<TemplateSource> {
  const source = await readTemplateSource(input, context);
  if (!source) throw validationError("Either Template URL or Template Body must be specified.");
  return source;
}

export function checked(text: string): Template {
  const template = readTemplate(text);
  refuseUnknownTypes(template);
  checkTemplate(template, attributesOf);
  return template;
}

function inline(body: string): string {
  if (Buffer.byteLength(body) <= mostInlineBytes) return body;
  throw validationError(
    `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${mostInlineBytes}`,
  );
}

async function fetchTemplate(url: string, context: RequestContext): Promise<string> {
  const { Bucket, Key, VersionId } = parseTemplateUrl(url, context.url);
  const { Body } = await getObject({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) }, context);
  if (Buffer.byteLength(Body) > mostBytes) throw validationError(`Template may not exceed ${mostBytes} bytes in size.`);
  return Body;
}

async function getObject(input: Input, context: RequestContext): Promise<{ Body: string }> {
  try {
    return await context.call<{ Body: string }>("s3", "GetObject", input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const text = error.code === "AccessDenied" ? "Access Denied" : error.message;
    throw validationError(
      `S3 error: ${text}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
}
