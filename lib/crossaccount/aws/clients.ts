import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { renewIdentity } from "./own-identity";
import {
  type AwsCredentials,
  type AwsSettings,
  accessFor,
  clientOptions,
  createStsClients,
  pace,
  type StsClients,
} from "./sts-clients";

/** SDK clients of the vendor's own identity, kept per region, and of a customer's session, made for one use. */
export interface AwsClients extends StsClients {
  /** Base address in use for a region, when it is not AWS's own. */
  endpoint(region: string): string | undefined;
  s3(region: string): S3Client;
  iam(region: string): IAMClient;
  sessionSts(region: string, credentials: AwsCredentials): STSClient;
  sessionIam(region: string, credentials: AwsCredentials): IAMClient;
}

/** STS and IAM clients try once: their callers know better than the SDK what is worth another try, and until when. */
export function createAwsClients(settings: AwsSettings = {}): AwsClients {
  const { sts } = createStsClients(settings);
  const s3Clients = new Map<string, S3Client>();

  function s3(region: string): S3Client {
    const known = s3Clients.get(region);
    if (known) return known;
    const { endpoint } = accessFor(settings, region);
    const options = { region, ...ownOptions(region), ...(endpoint ? { endpoint, forcePathStyle: true } : {}) };
    const client = new S3Client(options);
    s3Clients.set(region, client);
    return renewIdentity(client);
  }

  function ownOptions(region: string) {
    const { requestHandler, credentials } = sts(region).config;
    return { requestHandler, credentials };
  }

  // Sessions are many and short: they share the sockets of the region's own client.
  function sessionOptions(region: string, credentials: AwsCredentials) {
    return { ...clientOptions(accessFor(settings, region), region), ...ownOptions(region), credentials };
  }

  return {
    endpoint: (region) => accessFor(settings, region).endpoint,
    sts,
    s3,
    iam: (region) =>
      renewIdentity(new IAMClient({ ...clientOptions(accessFor(settings, region), region), ...ownOptions(region) })),
    sessionSts: (region, credentials) => pace(new STSClient(sessionOptions(region, credentials)), settings.beforeSts),
    sessionIam: (region, credentials) => new IAMClient(sessionOptions(region, credentials)),
  };
}
