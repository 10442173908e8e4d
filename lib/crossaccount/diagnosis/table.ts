import { DIAGNOSIS_CAUSES } from "../types";
import { causeTexts } from "./causes";

/** The causes as a page of the documentation, in Markdown. */
export function diagnosisTable(): string {
  const rows = DIAGNOSIS_CAUSES.map((cause) => {
    const { title, explanation, nextAction, toldBy, source } = causeTexts[cause];
    return `| \`${cause}\` | ${[`**${title}.** ${explanation}`, toldBy, nextAction, `[AWS](${source})`].map(cell).join(" | ")} |`;
  });
  return `${head}\n${rows.join("\n")}\n`;
}

const head = `# What a failure means

One classifier (\`lib/crossaccount/diagnosis/\`) turns what AWS answered, and what else is known, into a cause, how sure it is, and
one next action. It goes by AWS's codes; the words of a message are a hint at most. AWS answers \`AccessDenied\` alike for a role
that does not exist, a wrong external ID, a trust policy that does not name the vendor and an organization's policy: for that
answer the causes are ranked, and what is a guess is called one.

This page is made from the code: \`npm run docs\` writes it, and a test fails when it is out of date.

| cause | what it means | told by | next action | rests on |
|---|---|---|---|---|`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
