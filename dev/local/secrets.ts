import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Secrets of this one machine, made once and kept in a file that only its owner reads. */
export interface LocalSecrets {
  authSecret: string;
  encryptionKeys: string;
  oidcClientSecret: string;
  postgresPassword: string;
}

export async function localSecrets(file: string): Promise<LocalSecrets> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as LocalSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secrets: LocalSecrets = {
    authSecret: randomBytes(32).toString("hex"),
    encryptionKeys: `local:${randomBytes(32).toString("base64")}`,
    oidcClientSecret: randomBytes(24).toString("hex"),
    postgresPassword: randomBytes(24).toString("hex"),
  };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
