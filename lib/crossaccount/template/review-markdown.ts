import type { ReviewDocument } from "./review-document";

/** The permission review as Markdown, to be read and kept by a security team. */
export function reviewMarkdown(review: ReviewDocument): string {
  const { product, template_version: version, verdict, features } = review;
  return `${[
    `# What ${plain(product)} may do`,
    [verdict.reads, verdict.changes, verdict.limits].map(plain).join("\n"),
    `Template version ${version}. Risk is ${plain(product)}'s own rating.`,
    ...(features.length > 0
      ? ["## Features", features.map(({ title, chosen }) => `- ${plain(title)}: ${chosen ? "chosen" : "not chosen"}`)]
      : []),
    "## Who may use the role",
    fenced(review.trust_policy),
    ...phase(review, "ongoing", "## Ongoing", "As long as the connection exists."),
    ...phase(review, "setup", "## Setup only", "Statements end by themselves; policies by AWS do not."),
  ]
    .map((block) => [block].flat().join("\n"))
    .join("\n\n")}\n`;
}

function phase(review: ReviewDocument, wanted: "ongoing" | "setup", title: string, meaning: string): string[] {
  const statements = review.statements.filter((one) => one.phase === wanted).map(statementText);
  const policies = review.policies_by_aws.filter((one) => one.phase === wanted).map(policyText);
  return statements.length + policies.length > 0 ? [title, meaning, ...statements, ...policies] : [];
}

function statementText(one: ReviewDocument["statements"][number]): string {
  return [
    `### ${plain(one.summary)}`,
    plain(one.why),
    ...facts(one),
    ...(one.leads_to ? [`**Leads to more than is listed:** ${one.leads_to.map(plain).join("; ")}.`] : []),
    ...(one.escalates ? [`Why: ${plain(one.escalates)}`] : []),
    fenced(one.statement),
  ].join("\n\n");
}

function policyText(one: ReviewDocument["policies_by_aws"][number]): string {
  return [
    `### What ${plain(one.name)} allows, a policy by AWS`,
    plain(one.why),
    ...facts(one),
    ...(one.escalates ? [`**What it makes possible:** ${plain(one.escalates)}`] : []),
    `AWS decides what is in \`${one.arn}\`, and may change it.`,
  ].join("\n\n");
}

function facts({ vendors_risk_rating: risk, feature }: { vendors_risk_rating?: string; feature?: string | undefined }) {
  return [...(risk ? [`Risk: ${risk}`] : []), ...(feature ? [`Only with feature: ${feature}`] : [])];
}

function fenced(value: object): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** Text as it is: nothing that an author wrote becomes a link, an image or a heading. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|!]/g, "\\$&");
}
