import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requirePublicApi } from "@/app/public-api";
import { ApiHeader } from "@/components/api/api-header";
import { KeyList } from "@/components/api/key-list";
import { apiKeysPath, newApiKeyPath } from "@/components/api/paths";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listApiKeys } from "@/lib/api-keys/queries";
import { requireStaff } from "@/lib/auth/session";

export const metadata: Metadata = { title: "API keys" };

interface ApiKeysPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ApiKeysPage({ searchParams }: ApiKeysPageProps) {
  requirePublicApi();
  const access = await requireStaff("security");
  const parameters = await searchParams;
  const ended = parameters.show === "ended";
  const cursor = typeof parameters.cursor === "string" ? parameters.cursor : undefined;
  const { rows, nextCursor } = await listApiKeys(access, { ended, cursor });
  const path = ended ? `${apiKeysPath}?show=ended` : apiKeysPath;
  return (
    <>
      <ApiHeader
        title="API keys"
        description="They let your own programs use the REST API. Each is shown once, when it is made."
        actions={
          <Link href={newApiKeyPath} className={buttonStyle({ variant: "primary" })}>
            Make a key
          </Link>
        }
      />
      <nav aria-label="State" className="mb-4 flex gap-2">
        <StateLink title="Active" href={apiKeysPath} selected={!ended} />
        <StateLink title="Ended" href={`${apiKeysPath}?show=ended`} selected={ended} />
      </nav>
      {rows.length > 0 ? (
        <KeyList keys={rows} />
      ) : (
        <EmptyState icon={KeyRound} title={ended ? "No key has ended" : "There is no active key"}>
          {ended
            ? "Keys that were revoked or have expired are kept here."
            : "Make one for each program that uses the REST API."}
        </EmptyState>
      )}
      <nav aria-label="Pages" className="mt-4 flex justify-end gap-2">
        {cursor ? (
          <Link href={path} className={buttonStyle()}>
            Newest keys
          </Link>
        ) : null}
        {nextCursor ? (
          <Link href={`${path}${ended ? "&" : "?"}cursor=${encodeURIComponent(nextCursor)}`} className={buttonStyle()}>
            Older keys
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function StateLink({ title, href, selected }: { title: string; href: string; selected: boolean }) {
  return (
    <Link
      href={href}
      aria-current={selected ? "true" : undefined}
      className={buttonStyle({ variant: selected ? "secondary" : "ghost", size: "small" })}
    >
      {title}
    </Link>
  );
}
