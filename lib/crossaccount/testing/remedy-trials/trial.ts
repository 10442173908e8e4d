import type { AwsCredentials } from "../../aws/sts-clients";
import type { CrossAccountConfig } from "../../config/config";
import type { Check, DiagnosisCause } from "../../types";
import type { VerifyRequest } from "../../verification/request";
import type { CustomerWorld } from "../customer-world";
/** A fault that a customer's admin, AWS or the vendor makes, and a remedy that is printed for it. */
export interface RemedyTrial {
  cause: DiagnosisCause;
  fault: string;
  arrange: (world: CustomerWorld) => Promise<unknown>;
  /** Of the verification that finds it. */
  request?: Partial<VerifyRequest>;
  /** Of the one afterwards, where following the remedy changes it. */
  after?: (world: CustomerWorld) => Partial<VerifyRequest>;
  config?: CrossAccountConfig;
  /** Whose credentials the portal has, if not the vendor's administrator's. */
  identity?: (world: CustomerWorld) => Promise<AwsCredentials>;
  afterIdentity?: (world: CustomerWorld) => Promise<AwsCredentials>;
  /** Beginnings of the labels of the ways to follow, one after another. */
  ways?: readonly string[];
  /** What only words say, done as they say it. */
  words?: (world: CustomerWorld, check: Check) => Promise<unknown>;
  /** The cause is only named beside a likelier one, so its ways are asked for. */
  unranked?: true;
}
