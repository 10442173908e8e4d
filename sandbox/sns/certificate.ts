import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";

const YEARS = 10;

/** A key and a certificate of it, made by the key itself: there is nobody on one machine who could vouch for it. */
export function makeSigner(now: Date): { privateKey: string; certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    sha256WithRsa,
    name,
    sequence(utcTime(now), utcTime(new Date(Date.UTC(now.getUTCFullYear() + YEARS, 0)))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  return { privateKey: pemOf(privateKey), certificate: certificateOf(body, privateKey) };
}

function certificateOf(body: Buffer, privateKey: KeyObject): string {
  const der = sequence(body, sha256WithRsa, tagged(0x03, Buffer.from([0]), sign("sha256", body, privateKey)));
  return new X509Certificate(der).toString();
}

/** The name under which a certificate is served, as SNS names its own. */
export function certificateName(certificate: string): string {
  return `SimpleNotificationService-${createHash("md5").update(certificate).digest("hex")}.pem`;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

// The little of DER that a certificate needs. https://www.rfc-editor.org/rfc/rfc5280#section-4.1
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  const long = Buffer.from([length >> 8, length & 0xff]);
  const size = length < 128 ? Buffer.from([length]) : Buffer.concat([Buffer.from([0x82]), long]);
  return Buffer.concat([Buffer.from([tag]), size, content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from([value]));
}

function utcTime(time: Date): Buffer {
  return tagged(0x17, Buffer.from(`${time.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
}

const sha256WithRsa = sequence(tagged(0x06, Buffer.from("2a864886f70d01010b", "hex")), tagged(0x05));
const commonName = tagged(0x06, Buffer.from("550403", "hex"));
const name = sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from("sns.amazonaws.com")))));
