import { canonicalRequest, sha256, uriEncode } from "./canonical-request";
import { signatureFor } from "./sigv4";

interface Presigning {
  method: string;
  /** Without a query. */
  url: URL;
  accessKeyId: string;
  secret: string;
  region: string;
  now: Date;
  /** Seconds for which the address is good. */
  expires: number;
}

/** An address of S3 that whoever has it may use. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export function presign({ method, url, accessKeyId, secret, region, now, expires }: Presigning): string {
  const timestamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const scope = `${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${scope}`,
    "X-Amz-Date": timestamp,
    "X-Amz-Expires": String(expires),
    "X-Amz-SignedHeaders": "host",
  };
  const search = Object.entries(query).map(([name, value]) => `${name}=${uriEncode(value)}`);
  const signed = new URL(`${url.href}?${search.join("&")}`);
  const canonical = canonicalRequest(
    { method, url: signed, path: signed.pathname, headers: { host: url.host }, body: Buffer.alloc(0) },
    { service: "s3", signedHeaders: ["host"], payloadHash: "UNSIGNED-PAYLOAD" },
  );
  const signature = signatureFor({ secret, timestamp, scope, hash: sha256(canonical) });
  return `${signed.href}&X-Amz-Signature=${signature}`;
}
