import type { ReactNode } from "react";
import { requirePublicApi } from "@/app/public-api";
import { requireStaff } from "@/lib/auth/session";

/** Asks what its pages ask too, before any of them is begun: whoever may not see them gets the status that says so. */
export default async function ApiLayout({ children }: { children: ReactNode }) {
  requirePublicApi();
  await requireStaff("security");
  return children;
}
