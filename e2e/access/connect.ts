import { randomUUID } from "node:crypto";
import { createStack, updateStack } from "../fixtures/aws";
import { linkedExternalId, linkedRoleArn } from "../fixtures/launch-link";
import { freshAccount, keepForSecretSearch, required } from "../fixtures/portal";
import { builtAction } from "./built";
import type { Caller } from "./callers";
import { postAction } from "./post-action";

export interface ProvenConnection {
  id: string;
  /** What of it nobody but its customer's members may see. */
  externalId: string;
  account: string;
}

/** Has an admin make four connections, name the roles of two and finish another, by the portal's own actions. */
export async function connect(
  admin: Caller,
  customer: string,
): Promise<{ proven: ProvenConnection; unfinished: string; named: string; ended: string }> {
  const unfinished = await createConnection(admin, customer);
  const [named, ended] = [await createConnection(admin, customer), await createConnection(admin, customer)];
  for (const connectionId of [named, ended]) {
    const role = `arn:aws:iam::${freshAccount()}:role/Named-by-a-link`;
    await act(admin, "connections", "submitRoleArn", { customer, connectionId, roleArn: role });
  }
  const id = await createConnection(admin, customer);
  const account = freshAccount();
  const address = `/c/${customer}/connections/${id}`;
  const link = await launchUrl(admin, `${address}/setup/launch`);
  const roleArn = linkedRoleArn(link, account);
  const externalId = linkedExternalId(link);
  await keepForSecretSearch(externalId);
  await keepForSecretSearch(roleArn);
  await createStack(account, link);
  await act(admin, "connections", "submitRoleArn", { customer, connectionId: id, roleArn });
  await verify(admin, { customer, connectionId: id, expectSetup: "present" }, address);
  await updateStack(account, link, { SetupPhase: "false" });
  await verify(admin, { customer, connectionId: id, expectSetup: "gone" }, address);
  return { proven: { id, externalId, account }, unfinished, named, ended };
}

async function createConnection(admin: Caller, customer: string): Promise<string> {
  const input = { customer, name: "Private", region: "us-east-1", requestId: randomUUID() };
  const { connectionId } = (await act(admin, "connections", "createConnection", input)) as { connectionId: string };
  return connectionId;
}

/** The link as the page carries it, in HTML. */
async function launchUrl(admin: Caller, path: string): Promise<string> {
  const page = await (await get(admin, path)).text();
  const [, link = ""] = /href="([^"]*stacks\/create\/review[^"]*)"/.exec(page) ?? [];
  return link.replaceAll("&amp;", "&");
}

async function verify(
  admin: Caller,
  input: { customer: string; connectionId: string; expectSetup: string },
  address: string,
) {
  const { verificationId } = (await act(admin, "verifications", "startVerification", input)) as {
    verificationId: string;
  };
  for (;;) {
    const run = (await (await get(admin, `${address}/verification`)).json()) as Record<string, string>;
    if (run.id === verificationId && run.outcome === "proven") return;
    if (run.state !== "running") throw new Error(`The connection was not proven: ${JSON.stringify(run)}`);
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

async function act(
  caller: Caller,
  feature: "connections" | "verifications",
  name: string,
  input: unknown,
): Promise<unknown> {
  const action = builtAction(`lib/${feature}/actions.ts`, name);
  const { verdict, data, body } = await postAction(action, { path: "/sign-in", caller, input });
  if (verdict !== "allowed") throw new Error(`${name}: ${body}`);
  return data;
}

function get({ cookie = "" }: Caller, path: string): Promise<Response> {
  return fetch(required("E2E_BASE_URL") + path, { headers: { cookie }, redirect: "manual" });
}
