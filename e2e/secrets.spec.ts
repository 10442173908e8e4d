import { readFile } from "node:fs/promises";
import { UtcClient } from "@/lib/postgres";
import { expect, required, test } from "./fixtures/portal";

test("no external ID and no role ARN of the whole run is in the database or in any output in clear", async () => {
  const seen = (await readFile(required("E2E_SEEN_FILE"), "utf8")).split("\n").filter(Boolean);
  expect(seen.length).toBeGreaterThan(10);
  const output = await readFile(required("E2E_LOG_FILE"), "utf8");
  const places: [string, string][] = [
    ["the output of all processes", output],
    ["the database", await dump(required("E2E_DATABASE_URL"))],
  ];
  for (const [place, text] of places) {
    expect(text.length, place).toBeGreaterThan(100);
    for (const secret of seen)
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString("hex"),
        Buffer.from(secret).toString("base64").replace(/=+$/, ""),
      ])
        expect(text.includes(form), `${secret} in ${place}`).toBe(false);
  }
});

/** Every row of every table as text; byte columns appear in hexadecimal. */
async function dump(url: string): Promise<string> {
  const client = new UtcClient({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const tables: string[] = [];
  for (const { name } of rows) {
    const result = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    tables.push(...result.rows.map(({ row }) => row));
  }
  await client.end();
  return tables.join("\n");
}
