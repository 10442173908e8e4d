import type { ReactNode } from "react";
import { placesOf } from "@/app/places";
import { apiKeysPath } from "@/components/api/paths";
import { AppFrame } from "@/components/layout/app-frame";
import { requireStaff } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { env } from "@/lib/env";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { person, role } = await requireStaff();
  const seesApi = env.PUBLIC_API && role === "security";
  return (
    <AppFrame
      branding={branding}
      scope="Staff"
      tabs={[
        { title: "Connections", href: "/staff" },
        { title: "Audits", href: "/staff/audits" },
        { title: "Access log", href: "/staff/access-log" },
        ...(seesApi ? [{ title: "API", href: apiKeysPath }] : []),
      ]}
      person={person}
      places={placesOf(person, "staff")}
    >
      {children}
    </AppFrame>
  );
}
