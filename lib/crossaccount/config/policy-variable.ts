import { isMultivalued } from "./condition-key";

/** `*`, `?` or `$` for the character itself, or a condition key with or without a default. */
const variable =
  /^(?:[*?$]|([A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Za-z0-9./-]+)?:(?!:)[^${}'",*?\t\n\r]+)(?:, '[^'${}]*')?)$/;

/**
 * What is wrong with the policy variables of a text. A variable that IAM cannot resolve makes a statement apply to nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function variableFault(text: string): string | undefined {
  for (const part of text.split("${").slice(1)) {
    const end = part.indexOf("}");
    if (end < 0) return `holds \${ without }; where the characters themselves are meant, write \${$}{`;
    const inside = part.slice(0, end);
    const [, key] = variable.exec(inside) ?? [];
    if (!variable.test(inside)) {
      return `holds \${${inside}}, which is not a policy variable: it takes a condition key such as \${aws:PrincipalTag/team}, with a default as \${aws:PrincipalTag/team, 'none'}. Parameters of the template and names of CloudFormation are not replaced`;
    }
    if (key !== undefined && isMultivalued(key)) return `holds \${${inside}}, but ${key} may have several values`;
  }
  return undefined;
}
