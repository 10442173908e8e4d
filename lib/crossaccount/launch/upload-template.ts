import { createHash } from "node:crypto";
import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { classifyError } from "../aws/classify-error";
import { partitionFacts, partitionOfRegion } from "../aws/partition";
import { CrossAccountError } from "../errors";

export interface TemplateUpload {
  /** A client of the bucket's Region, with credentials that may put and read objects under `templates/`. */
  readonly s3: S3Client;
  readonly bucket: string;
  readonly serviceName: string;
  readonly template: string;
  /** Base address of S3 when it is not AWS's own; the template's address is then in path style. */
  readonly endpoint?: string;
  readonly signal?: AbortSignal;
}

/**
 * Puts a template where CloudFormation reads it, under a name made from its content: uploading again changes nothing, and a
 * link that was handed out keeps meaning the same template.
 * @returns the template's address
 * @throws CrossAccountError `template-upload-failed`, `region-not-supported`
 */
export async function uploadTemplate(upload: TemplateUpload): Promise<string> {
  const key = keyOf(upload);
  return addressOf(upload, key, await putOnce(upload, key));
}

/**
 * The address of a template that was put there before; nothing is written.
 * @throws CrossAccountError `template-missing`, `template-upload-failed`, `region-not-supported`
 */
export async function findTemplate(upload: TemplateUpload): Promise<string> {
  const key = keyOf(upload);
  return addressOf(upload, key, await readBack(upload, { Bucket: upload.bucket, Key: key }));
}

/** Two templates never have the same name, and one has the same name for ever. */
function keyOf({ serviceName, template }: TemplateUpload): string {
  const hash = createHash("sha256").update(template).digest("hex");
  return `templates/${serviceName}/${hash}.template.json`;
}

async function addressOf(upload: TemplateUpload, key: string, versionId: string | undefined): Promise<string> {
  const address = await bucketAddress(upload);
  const versioned = versionId && versionId !== "null" ? `?versionId=${encodeURIComponent(versionId)}` : "";
  return `${address}/${key}${versioned}`;
}

async function bucketAddress({ s3, bucket, endpoint }: TemplateUpload): Promise<string> {
  if (endpoint) return `${endpoint.replace(/\/+$/, "")}/${bucket}`;
  const region = await s3.config.region();
  const partition = partitionOfRegion(region);
  if (partition) return `https://${bucket}.s3.${region}.${partitionFacts[partition].dnsSuffix}`;
  throw new CrossAccountError("region-not-supported", `The template bucket's Region ${region} is not one we know.`);
}

async function putOnce(upload: TemplateUpload, key: string): Promise<string | undefined> {
  const { s3, bucket, template, signal } = upload;
  const object = { Bucket: bucket, Key: key };
  try {
    const command = new PutObjectCommand({
      ...object,
      Body: template,
      ContentType: "application/json",
      // SSE-S3: anonymous readers cannot read what is encrypted with KMS.
      ServerSideEncryption: "AES256",
      IfNoneMatch: "*",
    });
    return (await s3.send(command, { abortSignal: signal })).VersionId;
  } catch (cause) {
    if (!isAlreadyThere(cause)) throw uploadFailed(cause);
  }
  return readBack(upload, object);
}

/** A name made from the content says nothing of what somebody else put under it. */
async function readBack(
  { s3, template, signal }: TemplateUpload,
  object: { Bucket: string; Key: string },
): Promise<string | undefined> {
  let found: { VersionId?: string | undefined; text?: string | undefined };
  try {
    const { VersionId, Body } = await s3.send(new GetObjectCommand(object), { abortSignal: signal });
    found = { VersionId, text: await Body?.transformToString() };
  } catch (cause) {
    throw isMissing(cause) ? templateMissing(cause) : uploadFailed(cause);
  }
  if (found.text === template) return found.VersionId;
  throw new CrossAccountError(
    "template-upload-failed",
    `The template bucket holds something else under ${object.Key}, where this template belongs. Find out who put it there, and delete it.`,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === "NoSuchKey";
}

function templateMissing(cause: unknown): CrossAccountError {
  return new CrossAccountError(
    "template-missing",
    "The template is not in the template bucket yet. The portal puts it there when it starts, and again until it succeeds; try again in a minute.",
    { cause },
  );
}

/** 412: the object exists. 409: somebody puts the very same content at this moment. */
function isAlreadyThere(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.$metadata.httpStatusCode === 412 || error.name === "ConditionalRequestConflict";
}

const reasons: Readonly<Record<string, string>> = {
  NoSuchBucket: "the bucket does not exist; create it in the partition's default Region",
  AccessDenied: "the portal's credentials may not write there; allow s3:PutObject and s3:GetObject under templates/",
  PermanentRedirect: "the bucket is in another Region than the default Region of its partition",
};

function reasonOf(cause: unknown): string {
  const known = cause instanceof S3ServiceException ? reasons[cause.name] : undefined;
  if (known) return known;
  return classifyError(cause).kind === "own-identity"
    ? "AWS did not accept the credentials of this process, or it has none; look at which it finds, and whether they ended"
    : "S3 gave no usable answer; try again in a moment";
}

function uploadFailed(cause: unknown): CrossAccountError {
  if (cause instanceof Error && cause.name === "AbortError") {
    return new CrossAccountError("aborted", "The upload of the template was cancelled.", { cause });
  }
  return new CrossAccountError(
    "template-upload-failed",
    `The template could not be put into the template bucket: ${reasonOf(cause)}.`,
    { cause },
  );
}
