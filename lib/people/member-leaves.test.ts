import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { createSession, findSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { UtcClient } from "@/lib/postgres";
import { acceptInvitation } from "./accept-invitation";
import { invitePerson } from "./invite-person";
import { listInvitations, listMembers } from "./queries";

/** The statements that operators are given for a member by invitation who leaves. */
async function documentedStatements(): Promise<string> {
  const document = await readFile("docs/sign-in.md", "utf8");
  const [, statements = ""] = /## Someone leaves.*?```sql\n(.*?)```/s.exec(document) ?? [];
  return statements;
}

test("an operator removes a member who left as the document says, and nobody else loses anything", async () => {
  const email = "kim@leaving.example";
  const kim = await signInAs({ email });
  const [left, kept] = [await member(), await member()];
  for (const access of [left, kept]) {
    const { token } = await invitePerson(access, { email, role: "viewer" }, new Date());
    await acceptInvitation(kim, token, new Date());
    await invitePerson(access, { email, role: "admin" }, new Date());
  }
  for (const [token, person] of [["kims", kim] as const, ["anothers", left.person] as const])
    await createSession(db, { token, userId: person.id, now: new Date() });

  const statements = (await documentedStatements())
    .replaceAll("'kim@acme.example'", `'${email}'`)
    .replaceAll("'<the id above>'", `'${kim.id}'`)
    .replaceAll("'acme'", `'${left.customer.reference}'`);
  expect(statements).not.toMatch(/<|acme/);
  const client = new UtcClient({ connectionString: env.DATABASE_URL });
  await client.connect();
  await client.query(statements);
  await client.end();

  expect((await listMembers(left)).map(({ userId }) => userId)).toEqual([left.person.id]);
  expect(await listMembers(kept)).toHaveLength(2);
  expect((await listInvitations(left)).map(({ state }) => state).sort()).toEqual(["accepted", "revoked"]);
  expect((await listInvitations(kept)).map(({ state }) => state).sort()).toEqual(["accepted", "open"]);
  expect(await findSession(db, "kims", new Date())).toBeNull();
  expect(await findSession(db, "anothers", new Date())).not.toBeNull();
});
