import type { AwsCredentials } from "../aws/sts-clients";

/** What a probe call may use: a session of the customer's role that can do the probed action and read IAM, nothing else. */
export interface ProbeSession {
  readonly credentials: AwsCredentials;
  readonly region: string;
  /** Base address in use, when it is not AWS's own. */
  readonly endpoint?: string;
  readonly signal: AbortSignal;
}

/**
 * A harmless real call that shows whether a permission works: organization policies and endpoints count, which no reading
 * of policies shows. Give it an SDK client with `maxAttempts: 1`; it rejects with AWS's error.
 */
export interface PermissionProbe {
  /** The reading action that the call needs, such as `ec2:DescribeRegions`; one of the permission's own. */
  readonly action: string;
  readonly call: (session: ProbeSession) => Promise<unknown>;
}
