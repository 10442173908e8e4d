import type { HttpResponse } from "../http";
import type { AwsError } from "../service";
import { escapeXml } from "./xml";

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
export function s3Error(error: AwsError, requestId: string): HttpResponse {
  const { code, status, message = error.message } = spelling[error.code] ?? error;
  return {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": requestId },
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`,
  };
}
