import { submitRole } from "@/lib/connections/submit-role";
import type { Connection } from "@/lib/generated/prisma/client";
import type { Queue } from "@/lib/jobs/queue";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { newConnection, reload, roleArnIn } from "../fixtures";
import { changed, verified } from "../neighbours";

/** Something that writes into the database and is no verb of a customer or of staff. */
export interface Writer {
  /** Files of `lib` whose writes it makes. */
  in: readonly string[];
  /** Tables of which it adds, changes or removes rows, by name. */
  writes: readonly string[];
  /** Until when the neighbours' runs count as alive; for good unless given. */
  neighboursRunUntil?: Date;
  /** Makes what it works on, and says how it is called then. */
  stage(stage: Stage): Promise<Staged>;
}

export interface Stage {
  owner: PersonalAccess;
  queue: Queue;
}

export interface Staged {
  /** IDs that rows of its own name. */
  own: string[];
  /** IDs that new rows may name besides. */
  adds?: string[];
  act(): Promise<unknown>;
}

let accounts = 720_000_000_000;

/** A connection whose role was verified, by its row; `known` is different of it. */
export async function verifiedConnection(
  owner: PersonalAccess,
  { roleArn, known = {} }: { roleArn?: string; known?: Parameters<typeof changed>[1] } = {},
): Promise<Connection> {
  const connection = await newConnection(owner, "Verified");
  const arn = roleArn ?? roleArnIn(String(++accounts), connection);
  await submitRole(owner, { connectionId: connection.id, roleArn: arn });
  await changed(connection, { status: "setup", ...verified, ...known });
  return reload(connection);
}
