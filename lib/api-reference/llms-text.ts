import { guide } from "./guide";
import { type ApiOperation, operationsByRoom } from "./operations";

interface Facts {
  productName: string;
  supportEmail: string;
  /** The portal's address. */
  portal: string;
  operations: readonly ApiOperation[];
}

/** What a program that reads needs to use the API, as https://llmstxt.org proposes it. */
export function llmsText({ productName, supportEmail, portal, operations }: Facts): string {
  return [
    `# ${productName}: AWS connections`,
    `> ${productName} works in its customers' AWS accounts through cross-account IAM roles. This portal connects the accounts, verifies the roles and watches them. Its REST API is for ${productName}'s own services, with API keys; customers use the pages.`,
    [
      `- [OpenAPI 3.1](${portal}/api/openapi.json): every operation, field and error`,
      `- [Reference](${portal}/developers): the same for people, with samples in curl, TypeScript, Python and Go`,
      `- [Facts](${portal}/.well-known/crossaccount.json): ${productName}'s AWS accounts, by partition`,
      "- The npm package crossaccount has a typed client, crossaccount/portal.",
      `- Questions: ${supportEmail}`,
    ].join("\n"),
    ...guide(portal).map(({ title, text, code }) => `## ${title}\n\n${text}${code ? `\n\n${indented(code)}` : ""}`),
    "## Operations\n\nThe document has four more, at addresses of their own: those of a small web service that takes a customer from start to data.",
    ...operationsByRoom(operations).map(([, ofRoom]) => ofRoom.map(line).join("\n")),
  ]
    .join("\n\n")
    .concat("\n");
}

const indented = (code: string) => code.replaceAll(/^/gm, "    ");

function line({ method, path, summary, scope }: ApiOperation): string {
  return `- ${method} ${path}: ${summary}${scope ? ` Scope: ${scope}` : ""}`;
}
