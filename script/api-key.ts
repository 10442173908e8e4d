import { parseArgs } from "node:util";
import { endOnSignal } from "@/dev/local/end-on-signal";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { apiScopes } from "@/lib/api-keys/scopes";
import { databaseAddress } from "@/lib/database-address";
import { AppError } from "@/lib/errors";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { prismaAdapter } from "@/lib/postgres";
import { runningDatabase } from "../dev/local/running-database";

endOnSignal();

const usage = `npm run -s api-key -- create --name NAME --scopes A,B [--customer REFERENCE] [--expires 90d] [--networks N,…]
npm run -s api-key -- list
npm run -s api-key -- revoke ID

create   makes an API key and prints it, once: only its digest is kept
  --name NAME            what uses it
  --scopes A,B           what it may do:
${Object.entries(apiScopes)
  .map(([scope, meaning]) => `                           ${scope.padEnd(18)} ${meaning}`)
  .join("\n")}
  --customer REFERENCE   for this customer alone; without, for all of them
  --expires 90d          after so many days, 366 at most; 90 with credentials:issue, which also needs --customer
  --networks A,B         only from these addresses and ranges, such as 203.0.113.0/24
list     prints the keys there are, without the keys themselves
revoke   makes a key worthless within a second

Works on DATABASE_URL; without it, on the database of the script/server that runs here.
`;

const actor = { type: "system", id: "api-key command" } as const;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: "string", default: "" },
      scopes: { type: "string", default: "" },
      customer: { type: "string" },
      expires: { type: "string", default: "90d" },
      networks: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  const [command, id] = positionals;
  if (values.help) process.stdout.write(usage);
  else if (command === "create") await withDatabase((database) => create(database, values));
  else if (command === "list") await withDatabase(list);
  else if (command === "revoke" && id)
    await withDatabase((database) => revokeApiKey({ database, actor }, id, new Date()));
  else throw new Error(`Name what to do.\n\n${usage}`);
} catch (error) {
  const known = error instanceof AppError ? error.message : undefined;
  console.error(known ?? (error instanceof Error ? error.message : error));
  process.exitCode = 1;
}

async function create(
  database: PrismaClient,
  {
    name,
    scopes,
    customer,
    expires,
    networks,
  }: Record<"name" | "scopes" | "expires" | "networks", string> & {
    customer?: string;
  },
): Promise<void> {
  const wanted = {
    ...{ name, customer, scopes: listed(scopes), networks: listed(networks) },
    days: Number(/^(\d+)d$/.exec(expires)?.[1] ?? Number.NaN),
  };
  const { key } = await createApiKey({ database, actor }, wanted, new Date());
  process.stdout.write(`${key}\n`);
}

function listed(text: string): string[] {
  return text.split(",").flatMap((part) => part.trim() || []);
}

async function list(database: PrismaClient): Promise<void> {
  const keys = await database.apiKey.findMany({
    omit: { digest: true },
    include: { customer: { select: { reference: true } } },
    orderBy: { createdAt: "desc" },
  });
  for (const { id, prefix, name, customer, scopes, networks, expiresAt, revokedAt, lastUsedAt } of keys) {
    const ends = revokedAt ? `revoked ${revokedAt.toISOString()}` : `expires ${expiresAt.toISOString()}`;
    const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : "never used";
    const whose = customer?.reference ?? "all customers";
    const from = networks.length > 0 ? `from ${networks.join(",")}` : "from anywhere";
    process.stdout.write(`${[id, `${prefix}…`, name, whose, scopes.join(","), from, ends, used].join("  ")}\n`);
  }
}

async function withDatabase(use: (database: PrismaClient) => Promise<void>): Promise<void> {
  const { DATABASE_URL, CROSSACCOUNT_DATA = ".data" } = process.env;
  const connectionString = databaseAddress.parse(
    DATABASE_URL || (await runningDatabase(CROSSACCOUNT_DATA)).databaseUrl,
  );
  const database = new PrismaClient({ adapter: prismaAdapter({ connectionString, max: 2 }) });
  try {
    await use(database);
  } finally {
    await database.$disconnect();
  }
}
