import { exit } from "@/lib/api/exit";
import { route } from "@/lib/api/route";
import { pauseConnection, pauseConnectionForStaff } from "@/lib/connections/pause-connection";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: exit(
    "Stops the use of a connection until it is resumed; nothing in AWS changes. It is the customer's own hold by a key of the customer, the vendor's by one of the whole portal.",
    { forCustomer: pauseConnection, forVendor: pauseConnectionForStaff },
  ),
});
