import { exit } from "@/lib/api/exit";
import { route } from "@/lib/api/route";
import { disconnectConnection } from "@/lib/connections/disconnect-connection";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: exit("Ends a connection for good, in every process at once. Its log, history and receipts stay.", {
    forCustomer: disconnectConnection,
  }),
});
