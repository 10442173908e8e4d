import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import type { ApiKeyView } from "@/lib/api-keys/schema";
import { allCustomers, keyMaker } from "./key-words";
import { apiKeyPath } from "./paths";

/** On a phone a row keeps what the key is, whose, and until when; the rest is on its page. */
export function KeyList({ keys }: { keys: readonly ApiKeyView[] }) {
  return (
    <Card className="overflow-hidden">
      <Table>
        <caption className="sr-only">API keys</caption>
        <thead>
          <tr>
            <TableHead className="pl-5 sm:pl-6">Key</TableHead>
            <TableHead className="hidden md:table-cell">For</TableHead>
            <TableHead className="hidden lg:table-cell">Scopes</TableHead>
            <TableHead className="hidden sm:table-cell">Last used</TableHead>
            <TableHead className="pr-5 sm:pr-6">Ends</TableHead>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const { id, name, prefix, customer, scopes, madeBy, createdAt, lastUsedAt, lastUsedFrom } = apiKey;
  return (
    <tr className="hover:bg-hover/60">
      <TableCell className="w-full max-w-0 pl-5 sm:pl-6 lg:w-auto lg:max-w-64">
        <Link
          href={apiKeyPath(id)}
          className="block truncate rounded-sm font-medium underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <code className="block font-mono text-[12.5px] text-muted">{prefix}…</code>
        <span className="block text-[13px] text-muted">
          made by {keyMaker(madeBy)} <RelativeTime at={createdAt} />
        </span>
        <span className="block truncate text-[13px] text-muted md:hidden">{customer?.name ?? allCustomers}</span>
      </TableCell>
      <TableCell className="hidden max-w-48 md:table-cell">
        <span className="block truncate">{customer?.name ?? allCustomers}</span>
        {customer ? <span className="block truncate text-[13px] text-muted">{customer.reference}</span> : null}
      </TableCell>
      <TableCell className="hidden lg:table-cell">
        <ul className="font-mono text-[12.5px] leading-5">
          {scopes.map((scope) => (
            <li key={scope}>{scope}</li>
          ))}
        </ul>
      </TableCell>
      <TableCell className="hidden sm:table-cell">
        {lastUsedAt ? <RelativeTime at={lastUsedAt} /> : "Never"}
        {lastUsedFrom ? <span className="block break-all text-[13px] text-muted">from {lastUsedFrom}</span> : null}
      </TableCell>
      <TableCell className="pr-5 sm:pr-6">
        <KeyEnd apiKey={apiKey} />
      </TableCell>
    </tr>
  );
}

/** When a key ends or ended, and why. */
export function KeyEnd({ apiKey: { state, expiresAt, revokedAt, replacedBy } }: { apiKey: ApiKeyView }) {
  if (revokedAt)
    return (
      <>
        Revoked <RelativeTime at={revokedAt} />
      </>
    );
  const why = replacedBy ? <span className="block text-[13px] text-muted">rotated</span> : null;
  return (
    <>
      {state === "expired" ? "Expired " : ""}
      <RelativeTime at={expiresAt} />
      {why}
    </>
  );
}
