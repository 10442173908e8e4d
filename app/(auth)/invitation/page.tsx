import type { Metadata } from "next";
import { CenteredPage } from "@/components/layout/centered-page";
import { AcceptInvitationForm } from "@/components/people/accept-invitation-form";
import { currentPerson } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { acceptInvitation, readInvitation } from "@/lib/people/actions";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage() {
  const person = await currentPerson();
  return (
    <CenteredPage branding={branding} title={`You are invited to ${branding.productName}`}>
      <AcceptInvitationForm
        personName={person && (person.email ?? person.name)}
        readInvitation={readInvitation}
        acceptInvitation={acceptInvitation}
      />
    </CenteredPage>
  );
}
