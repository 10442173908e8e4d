"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuAction } from "@/components/ui/menu";
import type { MemberView } from "@/lib/people/schema";
import type { MemberActions } from "./actions";

interface MemberMenuProps {
  customer: string;
  member: MemberView;
  isMe: boolean;
  mayChange: boolean;
  actions: MemberActions;
}

/** What may be done about a member: another role, out of the team, or for oneself to leave it. */
export function MemberMenu({ customer, member, isMe, mayChange, actions }: MemberMenuProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<"role" | "remove" | "leave" | null>(null);
  const { userId, name, role, byProvider } = member;
  const other = role === "admin" ? "viewer" : "admin";
  const close = () => setAsked(null);
  return (
    <>
      <Menu label={`More for ${name}`}>
        {mayChange ? <MenuAction onSelect={() => setAsked("role")}>{roleWords[other].menu}</MenuAction> : null}
        {isMe ? (
          <MenuAction onSelect={() => setAsked("leave")}>
            <span className="text-danger">Leave the team</span>
          </MenuAction>
        ) : (
          <MenuAction onSelect={() => setAsked("remove")}>
            <span className="text-danger">Remove from the team</span>
          </MenuAction>
        )}
      </Menu>
      {asked === "role" ? (
        <ConfirmDialog
          title={`Make ${isMe ? "yourself" : name} ${other === "admin" ? "an admin" : "a viewer"}?`}
          confirm={roleWords[other].menu}
          keep="Cancel"
          ask={() => actions.changeRole({ customer, userId, role: other })}
          onClose={close}
          onDone={() => router.refresh()}
        >
          <p>{roleWords[other].effect}</p>
        </ConfirmDialog>
      ) : null}
      {asked === "remove" ? (
        <ConfirmDialog
          title={`Remove ${name}?`}
          confirm="Remove"
          keep="Keep"
          isFinal
          ask={() => actions.removeMember({ customer, userId })}
          onClose={close}
          onDone={() => router.refresh()}
        >
          <p>They lose access at once. What they did stays in the logs.</p>
          {byProvider ? (
            <p>
              Your identity provider says that they belong to this team, so they come back with their next sign-in
              unless it is changed there too.
            </p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {asked === "leave" ? (
        <ConfirmDialog
          title="Leave the team?"
          confirm="Leave"
          keep="Stay"
          isFinal
          ask={() => actions.leaveTeam({ customer })}
          onClose={close}
          onDone={() => router.push("/")}
        >
          <p>You lose access at once. To come back you need an invitation by an admin.</p>
          {byProvider ? (
            <p>Your identity provider says that you belong here, so your next sign-in makes you a member again.</p>
          ) : null}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

const roleWords = {
  admin: {
    menu: "Make admin",
    effect: "Admins connect AWS accounts, change and delete connections, and manage the people of the team.",
  },
  viewer: { menu: "Make viewer", effect: "Viewers see everything of the team, and change nothing." },
} as const;
