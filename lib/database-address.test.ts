import { describe, expect, test } from "vitest";
import { databaseAddressFault } from "./database-address";

const address = "postgresql://portal:secret@db.example:5432/portal";

describe("the address of a database", () => {
  test.each([
    address,
    "postgres://db/portal",
    "postgresql:///portal?host=/var/run/postgresql",
    "postgresql://portal@%2Fvar%2Frun%2Fpostgresql/portal",
    "postgresql://portal:p%23ss%40word@db.example/portal",
    `${address}?sslmode=verify-full&sslrootcert=/etc/hostname`,
    `${address}?channel_binding=require&application_name=portal`,
  ])("is taken: %s", (text) => {
    expect(databaseAddressFault(text)).toBeUndefined();
  });

  test.each([
    ["mysql://portal:secret@db/portal", /must be a postgresql:/],
    ["postgresql://portal:sec#ret@db.example/portal", /%23 for #/],
    ["postgresql://portal:sec%ret@db.example/portal", /%23 for #/],
    ["postgresql://one:5432,two:5432/portal", /%23 for #/],
    ["postgresql://portal:secret@db.example:99999/portal", /%23 for #/],
    [`${address}?schema=portal`, /must not have \?schema=.*search_path/],
    [`${address}?application_name=portal&schema=portal`, /must not have \?schema=/],
    [`${address}?sslaccept=strict`, /must not have \?sslaccept=.*nothing is encrypted/],
    [`${address}?pgbouncer=true`, /must not have \?pgbouncer=.*leave it out/],
    [`${address}?connection_limit=1`, /must not have \?connection_limit=/],
    [`${address}?sslmode=verify_full`, /sslmode of disable, prefer/],
    [`${address}?sslmode=`, /sslmode of/],
    [`${address}?sslmode=verify-full&sslrootcert=/no/such.pem`, /names a file by sslrootcert that this process cannot/],
    [`${address}?sslkey=/`, /by sslkey/],
  ])("is refused in a sentence that does not quote it: %s", (text, sentence) => {
    const fault = databaseAddressFault(text) ?? "";
    expect(fault).toMatch(sentence);
    expect(fault).not.toMatch(/secret|sec#|db\.example|such\.pem/);
  });
});
