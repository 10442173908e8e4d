import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { CrossAccountError } from "../errors";
import { ownCredentials, renewIdentity } from "./own-identity";
import { partitionOfRegion } from "./partition";
import { type ProxyEnvironment, RequestHandler } from "./request-handler";

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
  /** Leads requests to https addresses through the proxy that it names; `process.env` will do. None: they go out directly. */
  proxyEnv?: ProxyEnvironment;
  /** Waited for before each request to STS: a bound that is shared with other processes. */
  beforeSts?: () => Promise<void>;
}

/** STS clients of the vendor's own identity, kept per Region: all that using a stored connection needs. */
export interface StsClients {
  sts(region: string): STSClient;
}

/**
 * They try once: their callers know better than the SDK what is worth another try, and until when.
 * @throws CrossAccountError `input-invalid`
 */
export function createStsClients(settings: AwsSettings = {}): StsClients {
  for (const access of [settings, ...Object.values(settings.partitions ?? {})]) requireEndpoint(access);
  const clients = new Map<string, STSClient>();
  const own = ownCredentials();
  return {
    sts(region) {
      const known = clients.get(region);
      if (known) return known;
      const access = accessFor(settings, region);
      const client = pace(
        new STSClient({
          ...clientOptions(access, region),
          requestHandler: new RequestHandler(settings),
          credentials: access.credentials ?? own,
        }),
        settings.beforeSts,
      );
      clients.set(region, client);
      return renewIdentity(client);
    },
  };
}

/** Without its scheme, `localhost:4566` would be asked for in vain, which looks like an outage. */
function requireEndpoint({ endpoint }: AwsAccess): void {
  if (endpoint === undefined || /^https?:\/\/[^/]/i.test(endpoint)) return;
  const message =
    "aws.endpoint must be an address that begins with http:// or https://, such as http://127.0.0.1:4566.";
  throw new CrossAccountError("input-invalid", message);
}

export function pace(client: STSClient, before: AwsSettings["beforeSts"]): STSClient {
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

export function clientOptions(
  access: AwsAccess,
  region: string,
): Pick<STSClientConfig, "region" | "endpoint" | "maxAttempts"> {
  return { region, maxAttempts: 1, ...(access.endpoint ? { endpoint: access.endpoint } : {}) };
}

/** @throws CrossAccountError `region-not-supported` */
export function accessFor({ partitions, ...general }: AwsSettings, region: string): AwsAccess {
  const partition = partitionOfRegion(region);
  if (!partition) {
    throw new CrossAccountError("region-not-supported", "AWS has no such Region. Write it like us-east-1.");
  }
  return { ...general, ...partitions?.[partition] };
}
