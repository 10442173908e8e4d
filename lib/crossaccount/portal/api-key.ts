import { CrossAccountError } from "../errors";

export type ApiKey = string | (() => string | Promise<string>);

/**
 * The key as a request sends it, from what the program gave. It is in no error, and neither is what its source threw, which may quote it.
 * @throws CrossAccountError `config-invalid`
 */
export async function readApiKey(source: ApiKey): Promise<string> {
  const key = await given(source);
  const trimmed = typeof key === "string" ? key.trim() : "";
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw invalid("apiKey must be the whole key that the portal printed, ck_…, or a function that gives it.");
}

async function given(source: ApiKey): Promise<unknown> {
  if (typeof source !== "function") return source;
  try {
    return await source();
  } catch {
    throw invalid("The function that was passed as apiKey failed, so the portal was not asked.");
  }
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("config-invalid", message);
}
