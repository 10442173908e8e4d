import { CrossAccountError } from "./errors";

/** JavaScript callers pass what they like. @throws CrossAccountError `input-invalid` */
export function requireInput<T extends { customerId: string }>(input: T, alsoRequired: readonly (keyof T)[] = []): T {
  if (typeof input !== "object" || input === null)
    throw invalid("This call takes an object of options, such as { customerId: … }.");
  requireText("customerId", input.customerId);
  for (const name of alsoRequired) requireText(String(name), input[name]);
  return input;
}

/** @throws CrossAccountError `input-invalid` */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== "string" || value.length === 0)
    throw invalid(`${name} is missing: it must be a text that is not empty.`);
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("input-invalid", message);
}
