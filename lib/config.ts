import "server-only";
import declared from "@/crossaccount.config";
import { type CrossAccountConfig, withOverrides } from "./crossaccount";
import { env } from "./env";

/** What the vendor declared, with what this deployment overrides, validated as a whole. */
export const config: CrossAccountConfig = withOverrides(declared, {
  serviceName: env.SERVICE_NAME,
  serviceAccountId: env.SERVICE_ACCOUNT_ID,
  templateS3Bucket: env.TEMPLATE_S3_BUCKET,
  defaultRegion: env.DEFAULT_REGION,
  sessionDuration: env.SESSION_DURATION,
  externalIdPrefix: env.EXTERNAL_ID_PREFIX,
});
