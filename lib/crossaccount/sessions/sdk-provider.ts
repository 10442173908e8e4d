import type { AwsCredentialProvider, AwsCredentials } from "../aws-clients";

/**
 * An SDK client keeps what a plain provider gave until five minutes before it expires, and would go on using a connection
 * that was paused meanwhile. A provider marked `memoized` does its own keeping: the client then asks it before every request.
 * The mark is the public `AwsSdkSigV4Memoized` of @aws-sdk/core. Callers get a copy, for what they change in it is theirs.
 */
export function sdkProvider(current: () => Promise<AwsCredentials>): AwsCredentialProvider {
  return Object.assign(async () => ({ ...(await current()) }), { memoized: true });
}
