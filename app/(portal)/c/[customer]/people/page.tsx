import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { InvitationList } from "@/components/people/invitation-list";
import { InviteForm } from "@/components/people/invite-form";
import { MemberList } from "@/components/people/member-list";
import { WhoCan } from "@/components/people/who-can";
import { Section } from "@/components/ui/card";
import { requireCustomer } from "@/lib/auth/session";
import {
  changeRole,
  invitePerson,
  leaveTeam,
  removeMember,
  resendInvitation,
  revokeInvitation,
} from "@/lib/people/actions";
import { listInvitations, listMembers } from "@/lib/people/queries";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ params }: { params: Promise<{ customer: string }> }) {
  const access = await requireCustomer(decodeURIComponent((await params).customer));
  const isAdmin = access.role === "admin";
  const [members, invitations] = await Promise.all([listMembers(access), isAdmin ? listInvitations(access) : []]);
  const { reference, name } = access.customer;
  return (
    <>
      <PageHeader title="People" description={`Who sees and manages the AWS connections of ${name}.`} />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        <Section title="Members">
          <MemberList
            customer={reference}
            members={members}
            me={access.person.id}
            mayChange={isAdmin}
            actions={{ changeRole, removeMember, leaveTeam }}
          />
        </Section>
        {isAdmin ? (
          <Section
            title="Invite someone"
            description={`You get a link to send. It works only for that e-mail address.`}
          >
            <InviteForm customer={reference} invitePerson={invitePerson} />
          </Section>
        ) : (
          <WhoCan
            admins={members.filter(({ role }) => role === "admin").map((admin) => admin.name)}
            what="invite and remove people"
          />
        )}
        {invitations.length > 0 ? (
          <Section title="Invitations">
            <InvitationList
              customer={reference}
              invitations={invitations}
              actions={{ revokeInvitation, resendInvitation }}
            />
          </Section>
        ) : null}
      </div>
    </>
  );
}
