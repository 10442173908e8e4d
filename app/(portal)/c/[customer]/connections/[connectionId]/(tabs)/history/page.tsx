import type { Metadata } from "next";
import { orNull } from "@/app/found";
import { type HistoryParams, readHistoryParams } from "@/app/history-params";
import { Timeline } from "@/components/audits/timeline";
import { historyPath } from "@/components/connections/paths";
import { ReceiptList } from "@/components/connections/receipt-list";
import { connectionHistory } from "@/lib/audits/queries";
import { listReceipts } from "@/lib/connections/receipts";
import { getVerification } from "@/lib/verifications/queries";
import { openConnection, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "History" };

interface HistoryPageProps {
  params: TabParams;
  searchParams: Promise<HistoryParams>;
}

export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const { access, connection } = await openConnection(params);
  const { run, before } = readHistoryParams(await searchParams);
  const [history, receipts, opened] = await Promise.all([
    connectionHistory(access, connection.id, before),
    before ? [] : listReceipts(access, connection.id),
    run ? orNull(getVerification(access, { connectionId: connection.id, verificationId: run })) : null,
  ]);
  const { customer, id } = connection;
  return (
    <>
      <ReceiptList customer={customer} connectionId={id} receipts={receipts} />
      <Timeline
        history={history}
        before={before}
        opened={opened}
        createdAt={connection.createdAt}
        path={historyPath(customer, id)}
        externalId={connection.externalId}
      />
    </>
  );
}
