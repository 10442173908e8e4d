import { z } from "zod";
import type { Claim } from "@/lib/crossaccount/verdict";

const conditionValues = z.union([z.string(), z.array(z.string()).readonly()]);

export const reviewedPermissionSchema = z
  .strictObject({
    phase: z.enum(["ongoing", "setup"]),
    feature: z.string().optional().describe("Id of the feature that it comes with"),
    sid: z.string(),
    effect: z.enum(["Allow", "Deny"]),
    actions: z.array(z.string()).readonly().describe("`*` where the statement says what it leaves out, in notActions"),
    notActions: z.array(z.string()).readonly().optional(),
    resources: z.array(z.string()).readonly(),
    notResources: z.array(z.string()).readonly().optional(),
    condition: z.record(z.string(), z.record(z.string(), conditionValues)).optional().describe("As in an IAM policy"),
    why: z.string().describe("Why the vendor needs it"),
    risk: z.enum(["low", "medium", "high"]),
    broad: z.string().optional().describe("Why its author asks for it as broadly as it is"),
    limitedBy: z.array(z.string()).readonly().describe("Statements of the config that deny some of it, by sid"),
    leadsTo: z.array(z.string()).readonly().describe("What it makes possible beyond what is listed, a sentence each"),
    escalates: z.string().optional().describe("Why its author asks for that"),
    upkeep: z.boolean().describe("The template's own, by which the role reads itself"),
    summary: z.string().describe("What the statement allows, made from actions and resources alone"),
  })
  .describe("One statement that the template grants, in plain words.");
export type ReviewedPermission = z.output<typeof reviewedPermissionSchema>;

export const reviewedManagedPolicySchema = z
  .strictObject({
    phase: z.enum(["ongoing", "setup"]),
    feature: z.string().optional().describe("Id of the feature that it comes with"),
    arn: z.string(),
    name: z.string().describe("As the AWS console lists it"),
    why: z.string().describe("Why the vendor needs it"),
    risk: z.enum(["low", "medium", "high"]),
    readOnly: z.boolean().describe("Known to be for reading alone, as AWS has it now"),
    escalates: z.string().optional().describe("What more it makes possible, in the vendor's words"),
  })
  .describe("A policy by AWS that the template attaches. AWS decides what is in it, and may change it.");
export type ReviewedManagedPolicy = z.output<typeof reviewedManagedPolicySchema>;

export const reviewedBoundarySchema = z
  .union([
    z.strictObject({
      statements: z
        .array(
          reviewedPermissionSchema
            .pick({ sid: true, effect: true, why: true, summary: true })
            .extend({ json: z.string() }),
        )
        .readonly(),
    }),
    z.strictObject({ arn: z.string(), name: z.string().describe("As the AWS console lists it") }),
  ])
  .describe(
    "What the role can do at most, whatever its policies allow. A boundary that the stack names takes its place.",
  );
export type ReviewedBoundary = z.output<typeof reviewedBoundarySchema>;

const reachSchema = z.strictObject({ services: z.array(z.string()).readonly(), where: z.string() });

export const verdictFactsSchema = z
  .strictObject({
    phase: z.enum(["ongoing", "setup"]),
    feature: z.string().optional().describe("Id of the feature that it comes with"),
    reads: z.array(reachSchema).readonly(),
    changes: z.array(reachSchema.extend({ verbs: z.array(z.string()).readonly() })).readonly(),
    refutes: z
      .array(z.enum(["buckets", "databases", "queues", "secrets", "access", "run"] satisfies Claim[]))
      .readonly()
      .describe("What must not be said of a role that has this"),
    policiesByAws: z.array(z.strictObject({ name: z.string(), readOnly: z.boolean() })).readonly(),
    escalates: z.boolean(),
  })
  .describe("What one permission contributes to the verdict, from which a browser makes it for the features chosen.");

export const permissionReviewSchema = z
  .strictObject({
    permissions: z.array(reviewedPermissionSchema).readonly(),
    managedPolicies: z.array(reviewedManagedPolicySchema).readonly(),
    boundary: reviewedBoundarySchema.optional(),
    verdict: z.array(verdictFactsSchema).readonly(),
    features: z
      .array(z.strictObject({ id: z.string(), title: z.string(), why: z.string(), default: z.boolean() }))
      .readonly()
      .describe("What a customer may choose"),
  })
  .describe("Everything that the template grants.");
export type PermissionReviewView = z.output<typeof permissionReviewSchema>;
