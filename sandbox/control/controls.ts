import type { LaunchedStack, LaunchRequest } from "../console/launch-stack";
import type { FaultRule } from "../faults/rule";
import type { OrganizationSettings } from "../organization/settings";
import type { RegionSettings } from "../regions/settings";
import type { TokenRequest } from "../web-identity/token";
import type { PublicBucketRequest } from "./public-bucket";

/** What a program may do with a running sandbox beyond calling AWS; `/_sandbox/...` offers the same. */
export interface Controls {
  faults: {
    /** Replaces all rules. */
    set(rules: readonly FaultRule[]): void;
    /** Puts rules behind those there are. */
    add(rules: readonly FaultRule[]): void;
    /** Rules that can still strike. */
    list(): FaultRule[];
  };
  /** Puts service and resource control policies over an account; throws when one is no such policy. */
  setOrganization(settings: OrganizationSettings): void;
  /** Disables Regions of an account. */
  setRegions(settings: RegionSettings): void;
  /** Milliseconds until a change counts that is made from now on, of roles, policies and what organizations impose. */
  setPropagation(ms: number): void;
  /** A token as an identity provider would give it to whoever the claims are about; nobody is asked whether they are true. */
  issueWebIdentityToken(request: TokenRequest): string;
  /** Makes a bucket whose objects anyone may read, as CloudFormation must be able to read a template. */
  createPublicBucket(request: PublicBucketRequest): Promise<void>;
  /**
   * Makes the stack of a launch link, as a person does who opens it and presses Create stack.
   * @throws an error with what CloudFormation answers
   */
  launchStack(request: LaunchRequest): Promise<LaunchedStack>;
  /** Forgets all state, logged requests and rules, and propagates as at the start. */
  reset(): void;
}
