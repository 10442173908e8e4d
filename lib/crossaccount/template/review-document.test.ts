import { expect, test } from "vitest";
import demo from "@/crossaccount.config";
import type { CrossAccountConfig } from "../config/config";
import { evaluateTemplate } from "../testing/evaluate-template";
import { renderTemplate, stackParameters } from ".";
import { reviewDocument } from "./review-document";
import { reviewMarkdown } from "./review-markdown";

const accountId = "111122223333";
const roleName = "Nimbus-1";
const setupExpiresAt = "2030-01-01T00:00:00Z";
const grant = { resources: ["*"], effect: "Allow", why: "To work.", risk: "low" } as const;

const config: CrossAccountConfig = {
  ...demo,
  ongoingManagedPolicies: [{ arn: "arn:aws:iam::aws:policy/SecurityAudit", why: "To see.", risk: "low" }],
  features: [
    {
      ...{ id: "Backups", title: "Backups", why: "To keep.", default: false },
      ongoingPermissions: [{ sid: "ReadBackups", actions: ["backup:ListBackupJobs"], ...grant }],
      setupPermissions: [{ sid: "TagBackups", actions: ["backup:TagResource"], ...grant }],
      ...{ ongoingManagedPolicies: [], setupManagedPolicies: [] },
    },
  ],
};

/** Every statement and every policy by AWS that the role of a stack has, read from the template as AWS reads it. */
function granted(features: readonly string[]): { statements: unknown[]; policies: unknown[] } {
  const parameters = stackParameters(config, {
    ...{ region: "us-east-1", externalId: `nimbus-${"0f".repeat(16)}`, roleName, features, setupExpiresAt },
    setupPhase: true,
  });
  const { resources } = evaluateTemplate(renderTemplate(config), { parameters, accountId });
  const all = Object.values(resources);
  const role = all.find(({ Type }) => Type === "AWS::IAM::Role")?.Properties;
  const inline = (role?.Policies ?? []) as { PolicyDocument: unknown }[];
  const documents = [
    ...all.filter(({ Type }) => Type !== "AWS::IAM::Role").map(({ Properties }) => Properties),
    ...inline,
  ];
  return {
    statements: documents.flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: unknown[] }).Statement),
    policies: ((role?.ManagedPolicyArns ?? []) as unknown[]).filter((arn) => String(arn).includes("::aws:policy/")),
  };
}

const text = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();

test.each([[[]], [["Backups"]]])(
  "what a security team downloads is what the stack grants, with features %j",
  (features) => {
    const stack = { partition: "aws", accountId, roleName, setupExpiresAt } as const;
    const document = reviewDocument(config, stack, features);
    const { statements, policies } = granted(features);
    expect(text(document.statements.map(({ statement }) => statement))).toEqual(text(statements));
    expect(document.policies_by_aws.map(({ arn }) => arn)).toEqual(policies);
    expect(document.features).toEqual([{ id: "Backups", title: "Backups", chosen: features.length > 0 }]);
  },
);

test("the Markdown holds each statement of the JSON, with why and the vendor's rating", () => {
  const document = reviewDocument(config, {}, ["Backups"]);
  const markdown = reviewMarkdown(document);
  const blocks = [...markdown.matchAll(/```json\n([\s\S]*?)\n```/g)].map(
    ([, block]) => JSON.parse(block ?? "") as unknown,
  );
  const { trust_policy, statements } = document;
  expect(text(blocks)).toEqual(text([trust_policy, ...statements.map(({ statement }) => statement)]));
  expect(markdown).toContain("SecurityAudit allows, a policy by AWS");
  expect(markdown).toContain("Risk: medium");
  expect(markdown).toContain(document.verdict.reads.replaceAll("*", "\\*"));
});

test("what an author wrote is text in the Markdown, whatever it looks like", () => {
  const why = "See [this](https://evil.example) <img src=x>\n# Heading";
  const hostile = { ...demo, ongoingPermissions: [{ sid: "S", actions: ["ce:GetTags"], ...grant, why }] };
  const markdown = reviewMarkdown(reviewDocument(hostile, {}, []));
  expect(markdown).toContain("See \\[this\\](https://evil.example) \\<img src=x\\> \\# Heading");
});
