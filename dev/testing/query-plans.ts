import { vi } from "vitest";
import { env } from "@/lib/env";
import { UtcClient } from "@/lib/postgres";

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  "Temp Written Blocks"?: number;
  Plans?: PlanNode[];
}

export interface QueryPlan {
  sql: string;
  /** Pages of 8 kB that it looked at. */
  buffers: number;
  /** Pages that it wrote to disk because they did not fit into memory. */
  spilled: number;
  /** Tables that it read from their beginning to their end. */
  scanned: string[];
  indexes: string[];
}

type Query = { text: string; values: unknown[] };

/** How PostgreSQL carries out the statements that `work` makes: each is explained afterwards, and what that changes is rolled back. */
export async function plansOf(work: () => Promise<unknown>): Promise<QueryPlan[]> {
  const queries: Query[] = [];
  const query = UtcClient.prototype.query;
  const listener = vi.spyOn(UtcClient.prototype, "query").mockImplementation(function (
    this: UtcClient,
    ...given: unknown[]
  ) {
    const [asked] = given as [Partial<Query> | string];
    if (typeof asked === "object" && asked.text) queries.push({ text: asked.text, values: asked.values ?? [] });
    return Reflect.apply(query, this, given);
  });
  try {
    await work();
  } finally {
    listener.mockRestore();
  }
  const client = new UtcClient({ connectionString: env.DATABASE_URL });
  await client.connect();
  try {
    const plans: QueryPlan[] = [];
    for (const one of queries.filter(({ text }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text)))
      plans.push(await explain(client, one));
    return plans;
  } finally {
    await client.end();
  }
}

async function explain(client: UtcClient, { text, values }: Query): Promise<QueryPlan> {
  await client.query("BEGIN");
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
    values,
  );
  await client.query("ROLLBACK");
  const root = rows[0]?.["QUERY PLAN"][0].Plan;
  if (!root) throw new Error("PostgreSQL explained nothing");
  const nodes = allOf(root);
  return {
    sql: text,
    buffers: root["Shared Hit Blocks"] + root["Shared Read Blocks"],
    spilled: root["Temp Written Blocks"] ?? 0,
    scanned: nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [])),
    indexes: nodes.flatMap((node) => node["Index Name"] ?? []),
  };
}

function allOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allOf)];
}
