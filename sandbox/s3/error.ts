import type { HttpResponse } from "../http";
import { AwsError } from "../service";
import { document, element } from "./xml";

/** An S3 error that says more than its code: fields in the document, headers beside it. */
export class S3Error extends AwsError {
  constructor(
    code: string,
    message: string,
    status: number,
    readonly fields: Record<string, string> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(code, message, status);
  }
}

export function notImplemented(what: string): S3Error {
  return new S3Error(
    "NotImplemented",
    `A header or query you provided implies functionality that is not implemented: ${what}`,
    501,
  );
}

export function errorResponse(error: AwsError, requestId: string, resource: string): HttpResponse {
  const details = error instanceof S3Error ? error : undefined;
  const fields = {
    Code: error.code,
    Message: error.message,
    ...details?.fields,
    Resource: resource,
    RequestId: requestId,
  };
  return {
    status: error.status,
    headers: { "content-type": "application/xml", "x-amz-request-id": requestId, ...details?.headers },
    body: document(
      element(
        "Error",
        Object.entries(fields).map(([name, text]) => element(name, text)),
      ),
    ),
  };
}
