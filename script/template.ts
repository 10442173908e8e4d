import { configWarnings, renderTemplate, withOverrides } from "../lib/crossaccount";

const { SERVICE_NAME, SERVICE_ACCOUNT_ID, TEMPLATE_S3_BUCKET, DEFAULT_REGION, SESSION_DURATION, EXTERNAL_ID_PREFIX } =
  process.env;

try {
  const { default: config } = await import("../crossaccount.config");
  const deployed = withOverrides(config, {
    serviceName: SERVICE_NAME,
    serviceAccountId: SERVICE_ACCOUNT_ID,
    templateS3Bucket: TEMPLATE_S3_BUCKET,
    defaultRegion: DEFAULT_REGION,
    sessionDuration: SESSION_DURATION === undefined ? undefined : Number(SESSION_DURATION),
    externalIdPrefix: EXTERNAL_ID_PREFIX,
  });
  for (const { path, message } of configWarnings(deployed)) console.error(`Warning: ${path}: ${message}`);
  process.stdout.write(renderTemplate(deployed));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
