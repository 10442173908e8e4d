import type { AwsCredentialProvider, AwsCredentials } from "../aws/sts-clients";

interface Session {
  readonly credentials: AwsCredentials;
}

/**
 * An SDK client keeps what a plain provider gave until five minutes before it expires, and would go on using a connection
 * that was paused meanwhile. A provider that is marked `memoized` does its own keeping: the client then asks it before every
 * request. The other two marks say that it needs neither the client's configuration nor a note of where the credentials come
 * from, and save two promises a request. All three are the public `AwsSdkSigV4Memoized` of @aws-sdk/core; a client that does
 * not know them works as with any provider. Callers get a copy, for what they change in it is theirs.
 */
export function sdkProvider(current: () => Session | Promise<Session>): AwsCredentialProvider {
  const provider: AwsCredentialProvider = async () => {
    const session = current();
    const { credentials } = session instanceof Promise ? await session : session;
    return { ...credentials };
  };
  return Object.assign(provider, { memoized: true, configBound: true, attributed: true });
}
