import { chown, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@/dev/local/postgres";
import { until } from "@/dev/local/until";
import { UtcClient } from "@/lib/postgres";
import { makeCertificate } from "./certificates";

export interface TlsDatabase {
  /** Without a word about TLS. */
  url: string;
  /** Files of the authority that signed its certificate, and of one that did not. */
  ca: string;
  otherCa: string;
  close(): Promise<void>;
}

/** A PostgreSQL that takes nobody without TLS, with a certificate for 127.0.0.1 by an authority of its own. */
export async function startTlsDatabase(): Promise<TlsDatabase> {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-tls-"));
  const [postgres, own, other] = await Promise.all([
    startPostgres({ directory, port: 0, password: "test", disposable: true }),
    makeCertificate("127.0.0.1"),
    makeCertificate("127.0.0.1"),
  ]);
  const [ca, otherCa] = [`${directory}-ca.pem`, `${directory}-other.pem`];
  await Promise.all([writeFile(ca, own.ca), writeFile(otherCa, other.ca)]);

  const client = new UtcClient({ connectionString: postgres.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
  const data = rows[0]?.data_directory ?? "";
  const { uid, gid } = await stat(data);
  const write = async (name: string, text: string) => {
    await writeFile(join(data, name), text, { mode: 0o600 });
    await chown(join(data, name), uid, gid);
  };
  await write("server.crt", own.certificate);
  await write("server.key", own.key);
  await write("pg_hba.conf", "hostssl all all 127.0.0.1/32 scram-sha-256");
  await client.query("ALTER SYSTEM SET ssl = on");
  await client.query("SELECT pg_reload_conf()");
  await client.end();
  await until(() => answersByTls(postgres.url));
  return {
    url: postgres.url,
    ca,
    otherCa,
    async close() {
      await postgres.stop();
      await Promise.all([ca, otherCa].map((file) => rm(file, { force: true })));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function answersByTls(url: string): Promise<boolean> {
  const client = new UtcClient({ connectionString: `${url}?sslmode=no-verify` });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
