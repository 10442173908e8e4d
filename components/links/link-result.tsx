import { Alert } from "@/components/ui/alert";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LinkPageView } from "@/lib/links/schema";
import { GroupedAccount } from "./grouped-account";

/** All that a link shows once its purpose is reached. */
export function LinkResult({ page, productName }: { page: LinkPageView; productName: string }) {
  const { purpose, customerName, progress } = page;
  const { accountId, accountIs, reachedAt } = progress;
  const when = reachedAt ? <RelativeTime at={reachedAt} /> : null;
  if (purpose === "repair") {
    return (
      <Alert tone="success" role="status" title="The connection is repaired" roomy>
        The role was verified {when}: it works again, and refuses requests without its external ID. Nothing is left for
        you to do.
      </Alert>
    );
  }
  if (accountIs === "proposed" && accountId) {
    return (
      <Alert tone="info" role="status" title={`The role works. ${customerName} now confirms the account`} roomy>
        <p>
          An admin of {customerName} signs in and compares these digits with the account that they mean:{" "}
          <GroupedAccount accountId={accountId} />. {productName} gets no credentials before that.
        </p>
        <p className="mt-2">Nothing is left for you to do. This page follows it, and you can close it.</p>
      </Alert>
    );
  }
  return (
    <Alert tone="success" role="status" title="The role is verified" roomy>
      <p>
        {accountId ? (
          <>
            The role in account <GroupedAccount accountId={accountId} />
          </>
        ) : (
          "The role"
        )}{" "}
        works with its external ID, and refuses requests without it.
        {accountIs === "confirmed" ? ` An admin of ${customerName} confirmed the account.` : null} Nothing is left for
        you to do.
      </p>
    </Alert>
  );
}
