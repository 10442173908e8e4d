export const functionNames = [
  "Fn::And",
  "Fn::Base64",
  "Fn::Cidr",
  "Fn::Equals",
  "Fn::FindInMap",
  "Fn::GetAZs",
  "Fn::GetAtt",
  "Fn::If",
  "Fn::ImportValue",
  "Fn::Join",
  "Fn::Not",
  "Fn::Or",
  "Fn::Select",
  "Fn::Split",
  "Fn::Sub",
] as const;

/** Key of the long form for a YAML tag such as `!Sub`; undefined for a tag that CloudFormation does not know. */
export function longForm(tag: string): string | undefined {
  if (tag === "!Ref" || tag === "!Condition") return tag.slice(1);
  return functionNames.find((name) => name === `Fn::${tag.slice(1)}`);
}
