import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { CrossAccountError } from "../errors";
import { partitionOfRegion } from "./partition";

/** Structurally the SDK's `AwsCredentialIdentity`. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Structurally the SDK's `AwsCredentialIdentityProvider`: any SDK client takes it as its `credentials`. */
export type AwsCredentialProvider = () => Promise<AwsCredentials>;

/** Where and as whom AWS is asked. Without credentials the SDK's default chain is used, without endpoint AWS itself. */
export interface AwsAccess {
  endpoint?: string;
  credentials?: AwsCredentials | AwsCredentialProvider;
}

/** `partitions` overrides the rest for one partition (`aws-cn`, `aws-us-gov`, …), which needs an identity of its own. */
export interface AwsSettings extends AwsAccess {
  partitions?: Readonly<Record<string, AwsAccess>>;
  /** Waited for before each request to STS: a bound that is shared with other processes. */
  beforeSts?: () => Promise<void>;
}

/** SDK clients of the vendor's own identity, kept per region, and of a customer's session, made for one use. */
export interface AwsClients {
  /** Base address in use for a region, when it is not AWS's own. */
  endpoint(region: string): string | undefined;
  sts(region: string): STSClient;
  s3(region: string): S3Client;
  iam(region: string): IAMClient;
  sessionSts(region: string, credentials: AwsCredentials): STSClient;
  sessionIam(region: string, credentials: AwsCredentials): IAMClient;
}

/** STS and IAM clients try once: their callers know better than the SDK what is worth another try, and until when. */
export function createAwsClients(settings: AwsSettings = {}): AwsClients {
  const stsClients = new Map<string, STSClient>();
  const s3Clients = new Map<string, S3Client>();

  function sts(region: string): STSClient {
    const known = stsClients.get(region);
    if (known) return known;
    const access = accessFor(settings, region);
    const client = pace(
      new STSClient({
        ...options(access, region),
        requestHandler: { connectionTimeout: 5_000 },
        credentials: access.credentials,
      }),
      settings.beforeSts,
    );
    stsClients.set(region, client);
    return client;
  }

  function s3(region: string): S3Client {
    const known = s3Clients.get(region);
    if (known) return known;
    const { endpoint, credentials } = accessFor(settings, region);
    const client = new S3Client({ region, credentials, ...(endpoint ? { endpoint, forcePathStyle: true } : {}) });
    s3Clients.set(region, client);
    return client;
  }

  // Sessions are many and short: they share the sockets of the region's own client.
  function sessionOptions(region: string, credentials: AwsCredentials) {
    const requestHandler = sts(region).config.requestHandler;
    return { ...options(accessFor(settings, region), region), requestHandler, credentials };
  }

  return {
    endpoint: (region) => accessFor(settings, region).endpoint,
    sts,
    s3,
    iam: (region) => {
      const access = accessFor(settings, region);
      const requestHandler = sts(region).config.requestHandler;
      return new IAMClient({ ...options(access, region), requestHandler, credentials: access.credentials });
    },
    sessionSts: (region, credentials) => pace(new STSClient(sessionOptions(region, credentials)), settings.beforeSts),
    sessionIam: (region, credentials) => new IAMClient(sessionOptions(region, credentials)),
  };
}

function pace(client: STSClient, before: AwsSettings["beforeSts"]): STSClient {
  if (before) {
    client.middlewareStack.add(
      (next) => async (request) => {
        await before();
        return next(request);
      },
      { step: "initialize", name: "paceRequests" },
    );
  }
  return client;
}

function options(access: AwsAccess, region: string): Pick<STSClientConfig, "region" | "endpoint" | "maxAttempts"> {
  return { region, maxAttempts: 1, ...(access.endpoint ? { endpoint: access.endpoint } : {}) };
}

/** @throws CrossAccountError `region-not-supported` */
function accessFor({ partitions, ...general }: AwsSettings, region: string): AwsAccess {
  const partition = partitionOfRegion(region);
  if (!partition) {
    throw new CrossAccountError("region-not-supported", "AWS has no such Region. Write it like us-east-1.");
  }
  return { ...general, ...partitions?.[partition] };
}
