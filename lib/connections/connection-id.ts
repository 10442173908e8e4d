import { z } from "zod";
import { notFound } from "@/lib/errors";

/** Addresses hold what people type: an id that cannot be one belongs to no row. @throws AppError `not-found` */
export function connectionIdFrom(text: string): string {
  const parsed = z.uuid().safeParse(text);
  if (!parsed.success) throw notFound("connection");
  return parsed.data;
}
