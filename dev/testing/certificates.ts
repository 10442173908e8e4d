import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface TestCertificate {
  /** PEM of an authority that nobody knows but who is told. */
  ca: string;
  certificate: string;
  key: string;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];

/** A certificate for these host names and addresses, by an authority of its own. */
export async function makeCertificate(...names: string[]): Promise<TestCertificate> {
  const folder = await mkdtemp(join(tmpdir(), "crossaccount-certificate-"));
  const openssl = (...words: string[]) => promisify(execFile)("openssl", words, { cwd: folder });
  const pem = (name: string) => readFile(join(folder, name), "utf8");
  try {
    await openssl("req", "-x509", ...newKey, "-subj", "/CN=Authority", "-keyout", "ca.key", "-out", "ca.pem");
    await openssl("req", "-new", ...newKey.slice(0, -2), "-subj", "/CN=Server", "-keyout", "key", "-out", "request");
    const alternatives = names.map((name) => `${isIP(name) ? "IP" : "DNS"}:${name}`).join(",");
    await writeFile(join(folder, "extensions"), `subjectAltName=${alternatives}`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions"];
    await openssl("x509", "-req", "-in", "request", ...signed, "-out", "certificate");
    return { ca: await pem("ca.pem"), certificate: await pem("certificate"), key: await pem("key") };
  } finally {
    await rm(folder, { recursive: true });
  }
}
