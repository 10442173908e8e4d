import { CrossAccountError } from "./errors";

/** JavaScript callers pass what they like. @throws CrossAccountError `input-invalid` */
export function requireInput<T extends { customerId: string }>(input: T, alsoRequired: readonly (keyof T)[] = []): T {
  if (typeof input !== "object" || input === null)
    throw invalid("This call takes an object of options, such as { customerId: … }.");
  requireText("customerId", input.customerId);
  for (const name of alsoRequired) requireText(String(name), input[name]);
  for (const [name, { what, is }] of Object.entries(optional)) {
    const value = (input as Record<string, unknown>)[name];
    if (value !== undefined && value !== null && !is(value)) throw invalid(`${name} must be ${what}.`);
  }
  return input;
}

const isText = (value: unknown) => typeof value === "string";
const isDate = (value: unknown) => value instanceof Date && !Number.isNaN(value.getTime());
const isList = (value: unknown) => Array.isArray(value) && value.every(isText);

/** What calls may be given besides, by the one name that it has in all of them. */
const optional: Readonly<Record<string, { what: string; is: (value: unknown) => boolean }>> = {
  ...Object.fromEntries(
    ["connectionId", "roleArn", "externalId", "region", "accountId", "roleId", "stackName"].map((name) => [
      name,
      { what: "text", is: isText },
    ]),
  ),
  lastAssumedAt: { what: "a Date", is: isDate },
  launchedAt: { what: "a Date", is: isDate },
  features: { what: "a list of ids", is: isList },
  deadlineMs: { what: "a number of milliseconds", is: Number.isFinite },
  signal: { what: "an AbortSignal", is: (value) => value instanceof AbortSignal },
  onCheck: { what: "a function", is: (value) => typeof value === "function" },
};

/** @throws CrossAccountError `input-invalid` */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== "string" || value.length === 0)
    throw invalid(`${name} is missing: it must be a text that is not empty.`);
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("input-invalid", message);
}
