import { z } from "zod";
import { notFound } from "@/lib/errors";

/** Addresses hold what people type: an ID that cannot be one belongs to no row. @throws AppError `not-found` */
export function idFrom(text: string, what: string): string {
  const parsed = z.uuid().safeParse(text);
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}
