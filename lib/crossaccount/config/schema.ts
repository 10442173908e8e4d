import { z } from "zod";
import { type Partition, partitionFacts, partitionOfRegion } from "../aws/partition";
import { boundarySchema, managedPolicySchema, permissionSchema } from "./permission-schema";
import { displayText } from "./text-schema";

const accountId = z
  .string()
  .regex(/^\d{12}$/, "must be an AWS account ID: 12 digits, written as text so that leading zeros survive");

// Without dots, which would break the certificate of https://<bucket>.s3.<region>.amazonaws.com.
const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "must be an S3 bucket name: 3 to 63 of a–z, 0–9 and hyphens, no dots")
  .refine(
    (name) => !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name),
    "begins or ends with something that S3 reserves",
  );

const unlessMissing = (message: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? "is missing" : message;

const httpsUrl = z
  .string()
  .max(2_048)
  .refine(
    (text) => URL.canParse(text) && new URL(text).protocol === "https:",
    "must be an address beginning with https://",
  )
  .refine((text) => !URL.canParse(text) || new URL(text).username === "", "must not hold a user name or password");

function regionOf(partition: Partition) {
  const { displayName, defaultRegion } = partitionFacts[partition];
  return z
    .string()
    .refine(
      (text) => partitionOfRegion(text) === partition,
      `is not a Region of ${displayName} (${partition}); an example is ${defaultRegion}`,
    );
}

function partitionShape(partition: Partition) {
  const roleArn = new RegExp(`^arn:${partition}:iam::\\d{12}:role/([\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}$`);
  return {
    serviceAccountId: accountId,
    templateS3Bucket: bucketName,
    defaultRegion: regionOf(partition).optional(),
    regions: z.array(regionOf(partition)).min(1, "must name at least one Region").optional(),
    trustedPrincipalArns: z
      .array(
        z
          .string()
          .regex(roleArn, `must be the full ARN of one of your roles in partition ${partition}, without wildcards`),
      )
      .max(4, "may name at most 4 roles: a role's trust policy is limited to 2,048 characters")
      .optional(),
  };
}

const partitionSchema = (partition: Partition) => z.strictObject(partitionShape(partition)).optional();

const phaseGrants = {
  setupPermissions: z.array(permissionSchema).default([]),
  ongoingManagedPolicies: z.array(managedPolicySchema).default([]),
  setupManagedPolicies: z.array(managedPolicySchema).default([]),
};

export const featureSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]{1,40}$/, "must be 1 to 40 letters and digits"),
  title: displayText(80),
  why: displayText(500),
  default: z.boolean(),
  ongoingPermissions: z.array(permissionSchema).default([]),
  ...phaseGrants,
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const roleSettings = z.strictObject({
  path: z
    .string()
    .max(512)
    .regex(
      /^\/([A-Za-z0-9_+=,.@-]+\/)+$/,
      "must begin and end with a slash and hold a name between, such as /vendors/acme/: the role may read the policies of its path",
    )
    .refine((path) => !/^\/aws-(service-role|reserved)\//i.test(path), "is a path that IAM reserves")
    .optional(),
  name: z
    .string()
    .regex(/^[A-Za-z0-9_+=,.@-]{1,53}$/, "must be 1 to 53 letters, digits and _+=,.@- characters: a suffix follows")
    .optional(),
  tags: z
    .record(
      z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, "is no key of a tag that IAM takes"),
      z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, "is no value of a tag that IAM takes"),
    )
    .refine((tags) => Object.keys(tags).length <= 50, "may hold at most 50 tags")
    .refine(
      (tags) => new Set(Object.keys(tags).map((key) => key.toLowerCase())).size === Object.keys(tags).length,
      "holds a key twice: IAM ignores case in the keys of tags",
    )
    .optional(),
  boundary: boundarySchema.optional(),
});

/** A picture that the portal serves itself, from its folder public/. */
const ownPicture = z.string().regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\.(svg|png|webp|jpe?g)$/);

/** International addresses too; without what would end an address in a link. */
const emailAddress =
  /^[^\s\p{C}\p{DI}@"<>()?&,;:\\]{1,64}@(?:[\p{L}\p{M}\p{N}-]+\.)+[\p{L}\p{M}\p{N}-]*\p{L}[\p{L}\p{M}\p{N}-]*$/u;

const logo = z.union(
  [httpsUrl, ownPicture],
  "must be an https address, or the path of a picture under public/, such as /logos/acme.svg",
);

export const brandingSchema = z.strictObject({
  productName: displayText(64),
  supportEmail: z.email({ pattern: emailAddress, error: unlessMissing("must be an e-mail address") }),
  securityEmail: z.email({ pattern: emailAddress, error: "must be an e-mail address" }).optional(),
  logoUrl: logo.optional(),
  logoWide: logo.optional(),
  logoDark: logo.optional(),
  accentColor: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour as #rrggbb")
    .optional(),
  websiteUrl: httpsUrl.optional(),
  documentationUrl: httpsUrl.optional(),
  securityUrl: httpsUrl.optional(),
  termsUrl: httpsUrl.optional(),
  privacyUrl: httpsUrl.optional(),
});

const secondsPerUnit = { m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds of a duration such as `30m`, `12h` or `7d`; not a number for anything else. */
export function durationSeconds(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return unit === "m" || unit === "h" || unit === "d" ? Number(amount) * secondsPerUnit[unit] : Number.NaN;
}

const setupExpiresAfter = z
  .string()
  .refine((text) => !Number.isNaN(durationSeconds(text)), 'must be a duration such as "7d", "12h" or "90m"')
  .refine(
    (text) => !(durationSeconds(text) < 3_600),
    "must be one hour or more, or setup access ends before a person has finished",
  )
  .refine((text) => !(durationSeconds(text) > 90 * 86_400), "must be 90 days or less");

function duration(least: number, words: string) {
  return z
    .string()
    .refine((text) => !Number.isNaN(durationSeconds(text)), 'must be a duration such as "1d", "12h" or "15m"')
    .refine((text) => !(durationSeconds(text) < least), `must be ${words} or more`)
    .refine((text) => !(durationSeconds(text) > 3_650 * 86_400), "must be ten years or less");
}

const MINUTE = 60;
const count = (most: number) => z.int("must be a whole number").min(1, "must be 1 or more").max(most);

/** How connections are watched. */
const auditsSchema = z.strictObject({
  every: duration(15 * MINUTE, "15 minutes").default("1d"),
  recheckAfter: duration(MINUTE, "one minute").default("15m"),
  brokenAfter: count(20).default(3),
  brokenWithin: duration(0, "0m").default("30m"),
  degradedAfter: count(20).default(2),
  degradedWithin: duration(0, "0m").default("10m"),
  stsCallsPerSecond: z
    .number()
    .min(0.1, "must be 0.1 or more")
    .max(600, "must be 600 or less: AWS refuses more")
    .default(50),
  atOncePerCustomer: count(1_000).default(5),
  keepFor: duration(86_400, "one day").default("90d"),
  remindOfSetupAfter: duration(3_600, "one hour").default("3d"),
  remindOfWizardAfter: duration(3_600, "one hour").default("2d"),
});

/** How external IDs are rotated. */
const rotationSchema = z.strictObject({
  expiresAfter: duration(3_600, "one hour").default("7d"),
  remindAfter: duration(86_400, "one day").optional(),
});

export const configInputSchema = z.strictObject({
  ...partitionShape("aws"),
  serviceName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, "must be 1 to 32 letters, digits and hyphens, beginning with a letter")
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    .refine(
      (name) => !/^aws-service-role/i.test(name),
      "must not begin with aws-service-role, a path that IAM reserves",
    ),
  partitions: z
    .strictObject({
      "aws-cn": partitionSchema("aws-cn"),
      "aws-us-gov": partitionSchema("aws-us-gov"),
      "aws-eusc": partitionSchema("aws-eusc"),
    })
    .prefault({}),
  sessionDuration: z
    .int("must be a whole number of seconds")
    .min(900, "must be 900 seconds or more")
    .max(43_200, "must be 43,200 seconds or less")
    .default(3_600),
  externalIdPrefix: z
    .string()
    .regex(
      /^[A-Za-z0-9_+=,.@:/-]{1,31}$/,
      "must be 1 to 31 letters, digits and _+=,.@:/- characters: an external ID is it, a hyphen and 32 hex digits, 64 characters at most",
    )
    .optional(),
  ongoingPermissions: z.array(permissionSchema),
  ...phaseGrants,
  role: roleSettings.default({}),
  features: z.array(featureSchema).max(15, "may hold at most 15 features").default([]),
  setupExpiresAfter: setupExpiresAfter.default("7d"),
  audits: auditsSchema.prefault({}),
  rotation: rotationSchema.prefault({}),
  branding: brandingSchema,
});

export type CrossAccountConfigInput = z.input<typeof configInputSchema>;
