import { resourceTypes } from "../../sandbox/cloudformation/resource/registry";
import { functionNames } from "../../sandbox/cloudformation/template/intrinsic-names";
import { services } from "../../sandbox/registry";
import { s3Operations } from "../../sandbox/s3/routes";

const titles: Record<string, string> = {
  sts: "STS",
  iam: "IAM",
  kms: "KMS",
  cloudformation: "CloudFormation",
  s3: "S3",
  sns: "SNS",
  organizations: "Organizations",
};

/** What the sandbox answers, taken from what answers. */
export function sandboxTable(): string {
  const rows = [...services.values()].map(({ name, operations }) => {
    const all = name === "s3" ? s3Operations : Object.keys(operations);
    return [titles[name] ?? name, [...new Set(all)].sort().join(", ")];
  });
  rows.push(["Resource types of templates", `${list([...resourceTypes.keys()])}, \`Custom::…\``]);
  rows.push(["Functions of templates", list(["Ref", "Condition", ...functionNames])]);
  return ["| of | answers |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

function list(names: readonly string[]): string {
  return [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(", ");
}
