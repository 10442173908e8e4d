import { ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { found } from "@/app/found";
import { requirePublicApi } from "@/app/public-api";
import { ApiHeader } from "@/components/api/api-header";
import { apiRequestsPath } from "@/components/api/paths";
import { RequestFilters, requestsPath } from "@/components/api/request-filters";
import { RequestList } from "@/components/api/request-list";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listApiRequests } from "@/lib/api/request-queries";
import { requestOutcomes } from "@/lib/api/schema";
import { getApiKey, listApiKeys } from "@/lib/api-keys/queries";
import { requireStaff } from "@/lib/auth/session";

export const metadata: Metadata = { title: "API requests" };

const text = z
  .string()
  .trim()
  .transform((written) => written || undefined)
  .optional()
  .catch(undefined);

/** What an address holds that is no filter is left out. */
const parametersOf = z.object({
  key: z.uuid().optional().catch(undefined),
  outcome: z.enum(requestOutcomes).optional().catch(undefined),
  id: text,
  cursor: text,
});

interface RequestsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RequestsPage({ searchParams }: RequestsPageProps) {
  requirePublicApi();
  const access = await requireStaff("security");
  const { cursor, ...filter } = parametersOf.parse(await searchParams);
  const { key: apiKeyId, outcome, id: requestId } = filter;
  const [{ rows, nextCursor }, { rows: active }] = await Promise.all([
    listApiRequests(access, { requestId, apiKeyId, outcome, cursor }),
    listApiKeys(access),
  ]);
  const isActive = !apiKeyId || active.some(({ id }) => id === apiKeyId);
  const keys = isActive ? active : [await found(getApiKey(access, apiKeyId)), ...active];
  return (
    <>
      <ApiHeader
        title="API requests"
        description="Those of the last 30 days, without bodies and queries. Callers read the ID of each in X-Request-Id."
      />
      <div className="space-y-4">
        <RequestFilters filter={filter} keys={keys.map(({ id, name, prefix }) => ({ id, name, prefix }))} />
        {rows.length > 0 ? (
          <RequestList requests={rows} />
        ) : (
          <NoRequests isNarrowed={Object.values(filter).some(Boolean)} />
        )}
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {cursor ? (
            <Link href={requestsPath(filter)} className={buttonStyle()}>
              Newest requests
            </Link>
          ) : null}
          {nextCursor ? (
            <Link href={requestsPath({ ...filter, cursor: nextCursor })} className={buttonStyle()}>
              Older requests
            </Link>
          ) : null}
        </nav>
      </div>
    </>
  );
}

function NoRequests({ isNarrowed }: { isNarrowed: boolean }) {
  if (!isNarrowed)
    return (
      <EmptyState icon={ScrollText} title="No requests yet">
        A request is shown here about a second after it was answered.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={SearchX}
      title="No request matches"
      action={
        <Link href={apiRequestsPath} className={buttonStyle()}>
          Show all requests
        </Link>
      }
    >
      Requests are kept for 30 days. Of those that are refused without a valid key or for being too many, only some are
      kept.
    </EmptyState>
  );
}
