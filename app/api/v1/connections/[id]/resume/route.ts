import { exit } from "@/lib/api/exit";
import { route } from "@/lib/api/route";
import { resumeConnection, resumeConnectionForStaff } from "@/lib/connections/pause-connection";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: exit(
    "Lifts the hold that a key of this kind makes: the customer's own, or the vendor's. The other one stays.",
    {
      forCustomer: resumeConnection,
      forVendor: resumeConnectionForStaff,
    },
  ),
});
