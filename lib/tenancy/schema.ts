import { z } from "zod";

/** The vendor's own reference of a customer, as in the address of the page. */
export const customerReference = z.string().min(1).max(200);

/** What an action on one connection takes. */
export const connectionInput = z.strictObject({ customer: customerReference, connectionId: z.uuid() });
