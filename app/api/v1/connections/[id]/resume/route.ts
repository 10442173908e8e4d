import { exit } from "@/lib/api/exit";
import { route } from "@/lib/api/route";
import { resumeConnection } from "@/lib/connections/pause-connection";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: exit("Lifts the customer's own hold; one of the vendor's staff stays.", resumeConnection),
});
