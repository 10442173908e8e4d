import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** The name AWS makes up where the template gives none: stack, logical ID and a random end, shortened to fit. */
export function physicalName(stackName: string, logicalId: string, longest: number): string {
  const end = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join("");
  const room = longest - end.length - 2;
  const logical = logicalId.slice(0, Math.max(Math.ceil(room / 2), room - stackName.length));
  return `${stackName.slice(0, room - logical.length)}-${logical}-${end}`;
}
