import type { HttpResponse } from "../protocol/http";
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

/** S3 has its own names for what is wrong with credentials. */
const spelling: Record<string, { code: string; status: number; message?: string }> = {
  InvalidClientTokenId: {
    code: "InvalidAccessKeyId",
    status: 403,
    message: "The AWS Access Key Id you provided does not exist in our records.",
  },
  ExpiredToken: { code: "ExpiredToken", status: 400, message: "The provided token has expired." },
  IncompleteSignature: { code: "InvalidArgument", status: 400 },
};

/** S3's error document, which unlike the query protocol's has no wrapper and no namespace. */
export function s3Error(error: AwsError, requestId: string, resource: string): HttpResponse {
  const { code, status, message = error.message } = spelling[error.code] ?? error;
  const details = error instanceof S3Error ? error : undefined;
  const fields = {
    Code: code,
    Message: message,
    ...details?.fields,
    Resource: resource,
    RequestId: requestId,
  };
  return {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": requestId, ...details?.headers },
    body: document(
      element(
        "Error",
        Object.entries(fields).map(([name, text]) => element(name, text)),
      ),
    ),
  };
}
