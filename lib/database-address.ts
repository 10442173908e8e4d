import { readFileSync } from "node:fs";
import { z } from "zod";

const tlsModes = ["disable", "prefer", "require", "verify-ca", "verify-full", "no-verify"];

/** Prisma's own, which its driver for PostgreSQL does not heed: what they ask for would not happen, and nobody would hear of it. */
const unheeded: Readonly<Record<string, string>> = {
  schema: "the portal uses the role's first one, so set it there: ALTER ROLE … SET search_path = …",
  sslaccept: "write sslmode=verify-full in its place, or nothing is encrypted",
  sslidentity: "write sslcert and sslkey in its place",
  sslpassword: "write sslcert and sslkey of a key without a password in its place",
  ...Object.fromEntries(
    ["connection_limit", "pool_timeout", "socket_timeout", "pgbouncer", "statement_cache_size"].map((name) => [
      name,
      "leave it out, the portal has limits of its own",
    ]),
  ),
};

/** Address of a PostgreSQL database, all of which is heeded. Messages quote nothing of it: it holds a password. */
export const databaseAddress = z.string().superRefine((text, context) => {
  const fault = databaseAddressFault(text);
  if (fault) context.addIssue({ code: "custom", message: fault });
});

export function databaseAddressFault(text: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(text)) return "must be a postgresql:// address";
  if (!isWellFormed(text))
    return "must be an address as postgresql://user:password@host:5432/database, in whose user and password each character but letters and digits is written by its code, such as %23 for #";
  const { searchParams } = new URL(text);
  for (const [name, instead] of Object.entries(unheeded))
    if (searchParams.has(name)) return `must not have ?${name}=, which would be ignored: ${instead}`;
  const mode = searchParams.get("sslmode");
  if (mode !== null && !tlsModes.includes(mode)) return `must have an sslmode of ${tlsModes.join(", ")}`;
  for (const name of ["sslrootcert", "sslcert", "sslkey"] as const)
    if (!isReadable(searchParams.get(name))) return `names a file by ${name} that this process cannot read`;
  return undefined;
}

function isWellFormed(text: string): boolean {
  try {
    const { username, password, pathname, hash } = new URL(text);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return hash === "";
  } catch {
    return false;
  }
}

function isReadable(file: string | null): boolean {
  if (file === null) return true;
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
