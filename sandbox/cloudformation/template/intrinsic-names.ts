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

/** Functions that only the Rules section has. */
const ruleFunctionNames = [
  "Fn::Contains",
  "Fn::EachMemberEquals",
  "Fn::EachMemberIn",
  "Fn::RefAll",
  "Fn::ValueOf",
  "Fn::ValueOfAll",
] as const;

/** Key of the long form for a YAML tag such as `!Sub`; undefined for a tag that CloudFormation does not know. */
export function longForm(tag: string): string | undefined {
  if (tag === "!Ref" || tag === "!Condition") return tag.slice(1);
  return [...functionNames, ...ruleFunctionNames].find((name) => name === `Fn::${tag.slice(1)}`);
}
