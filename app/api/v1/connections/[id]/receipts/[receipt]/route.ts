import { read } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { readReceipt } from "@/lib/connections/receipts";
import { receiptKinds } from "@/lib/receipts/schema";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads a receipt, or the latest of a kind, as it was written that day.",
    scope: "access-log:read",
    params: shapes.receiptPath,
    answer: shapes.receipt,
    guard: ofConnection,
    run: async ({ params: { id, receipt } }, access) => {
      const kind = receiptKinds.find((known) => known === receipt);
      const { text } = await readReceipt(access, id, kind ? { kind } : { receiptId: receipt });
      return JSON.parse(text);
    },
  }),
});
