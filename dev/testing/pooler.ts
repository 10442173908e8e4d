import { startProxy, type TestProxy } from "./proxy";

/** A pooler that keeps to itself which zone a client asks for, as one does that is told to ignore the parameter. */
export function poolerWithoutZones(databaseUrl: string): Promise<TestProxy> {
  return startProxy(databaseUrl, { opening: withoutZone });
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE */
function withoutZone(startup: Buffer): Buffer {
  const words = startup.subarray(8).toString().split("\0");
  const at = words.indexOf("TimeZone");
  if (at >= 0) words.splice(at, 2);
  const body = Buffer.from(words.join("\0"));
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(body.length + 8);
  return Buffer.concat([head, body]);
}
