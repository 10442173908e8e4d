import type { ConfigOverrides } from "@/lib/crossaccount";

/** Names that the environment may have among any others. */
type OverridingEnvironment = Readonly<Record<string, unknown>> & {
  SERVICE_NAME?: string;
  SERVICE_ACCOUNT_ID?: string;
  TEMPLATE_S3_BUCKET?: string;
  DEFAULT_REGION?: string;
  /** Seconds. */
  SESSION_DURATION?: number | string;
  EXTERNAL_ID_PREFIX?: string;
};

/** The settings of the config file that the environment replaces. */
export function configOverrides(environment: OverridingEnvironment): ConfigOverrides {
  const { SESSION_DURATION } = environment;
  return {
    serviceName: environment.SERVICE_NAME,
    serviceAccountId: environment.SERVICE_ACCOUNT_ID,
    templateS3Bucket: environment.TEMPLATE_S3_BUCKET,
    defaultRegion: environment.DEFAULT_REGION,
    sessionDuration: SESSION_DURATION === undefined ? undefined : Number(SESSION_DURATION),
    externalIdPrefix: environment.EXTERNAL_ID_PREFIX,
  };
}
