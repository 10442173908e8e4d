import type { ReactNode } from "react";
import { placesOf } from "@/app/places";
import { connectionsPath } from "@/components/connections/paths";
import { AppFrame } from "@/components/layout/app-frame";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";

interface CustomerLayoutProps {
  params: Promise<{ customer: string }>;
  children: ReactNode;
}

export default async function CustomerLayout({ params, children }: CustomerLayoutProps) {
  const { person, customer } = await requireCustomer(decodeURIComponent((await params).customer));
  return (
    <AppFrame
      branding={branding}
      scope={customer.name}
      tabs={[
        { title: "Connections", href: connectionsPath(customer.reference) },
        { title: "People", href: `/c/${encodeURIComponent(customer.reference)}/people` },
      ]}
      person={person}
      places={placesOf(person, customer.reference)}
    >
      {children}
    </AppFrame>
  );
}
