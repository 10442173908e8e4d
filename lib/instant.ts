import { z } from "zod";

/** A moment: a `Date` inside the process, ISO 8601 text in UTC once `z.encode` has made it ready to leave. */
export const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
