import type { ReactNode } from "react";
import { placesOf } from "@/app/places";
import { AppFrame } from "@/components/layout/app-frame";
import { requireStaff } from "@/lib/auth/session";
import { branding } from "@/lib/branding";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { person } = await requireStaff();
  return (
    <AppFrame
      branding={branding}
      scope="Staff"
      tabs={[
        { title: "Connections", href: "/staff" },
        { title: "Audits", href: "/staff/audits" },
        { title: "Access log", href: "/staff/access-log" },
      ]}
      person={person}
      places={placesOf(person, "staff")}
    >
      {children}
    </AppFrame>
  );
}
