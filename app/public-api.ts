import { notFound } from "next/navigation";
import { env } from "@/lib/env";

/** For pages of the REST API: nothing is there while the operator hides it. */
export function requirePublicApi(): void {
  if (!env.PUBLIC_API) notFound();
}
