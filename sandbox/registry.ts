import { cloudformation } from "./cloudformation";
import { iam } from "./iam";
import { kms } from "./kms";
import { organizations } from "./organizations";
import { s3 } from "./s3";
import type { Service } from "./service";
import { sns } from "./sns";
import { sts } from "./sts";

/** All services by the name that signatures carry. */
export const services: ReadonlyMap<string, Service> = new Map(
  [sts, iam, kms, cloudformation, s3, sns, organizations].map((service) => [service.name, service]),
);
