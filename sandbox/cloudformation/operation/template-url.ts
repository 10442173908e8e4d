import { validationError } from "../validation-error";

export interface S3Address {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

const virtualHosted =
  /^(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-](?:(?:dualstack\.)?[a-z0-9-]+\.)?amazonaws\.(?:com|com\.cn|eu)$/;
const pathStyle = /^s3[.-](?:(?:dualstack\.)?[a-z0-9-]+\.)?amazonaws\.(?:com|com\.cn|eu)$/;
const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** The object that a template URL means: an address of the sandbox itself, or one of S3, which is the sandbox's too. */
export function parseTemplateUrl(text: string, sandboxUrl: string): S3Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const own = new URL(sandboxUrl);
  if (!url || url.username || url.password) throw unsupported();
  if (url.searchParams.has("X-Amz-Signature")) {
    throw validationError("A presigned TemplateURL is not supported by the sandbox.");
  }
  const VersionId = url.searchParams.get("versionId") ?? undefined;
  const key = decodeKey(url.pathname.slice(1));
  const isSandbox = loopback.includes(url.hostname) && /^https?:$/.test(url.protocol) && url.port === own.port;
  if (isSandbox || (url.protocol === "https:" && pathStyle.test(url.hostname))) {
    const slash = key.indexOf("/");
    return address({ Bucket: key.slice(0, Math.max(slash, 0)), Key: key.slice(slash + 1), VersionId });
  }
  const bucket = url.protocol === "https:" ? virtualHosted.exec(url.hostname)?.groups?.bucket : undefined;
  if (bucket === undefined) throw unsupported();
  return address({ Bucket: bucket, Key: key, VersionId });
}

function address(found: S3Address): S3Address {
  if (!found.Bucket || !found.Key) throw unsupported();
  return found;
}

function decodeKey(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unsupported();
  }
}

function unsupported() {
  return validationError("TemplateURL must be a supported URL.");
}
