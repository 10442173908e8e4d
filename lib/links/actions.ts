"use server";

import { action, defer } from "@/lib/action";
import { customerAdmin, staffMember } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { runVerification } from "@/lib/verifications/run-verification";
import { type StartedVerification, startVerification } from "@/lib/verifications/start-verification";
import { confirmAccount as confirm, rejectAccount as reject } from "./confirm-account";
import { createLink as create, createLinkForStaff as createForStaff } from "./create-link";
import { heldLink, openLink, openSetupLink } from "./link-access";
import { revokeLink as revoke, revokeLinkForStaff as revokeForStaff } from "./revoke-link";
import {
  accountInput,
  createLinkForStaffInput,
  createLinkInput,
  findRoleByLinkInput,
  linkInput,
  revokeLinkForStaffInput,
  revokeLinkInput,
} from "./schema";
import { linkProgress, showLink } from "./show-link";
import { findRoleByLink as findBy, launchByLink as launchBy, verifyByLink as verifyBy } from "./use-link";

/** Answers with the link to send; it is shown once. Its token is in the fragment, so no server's log holds it. */
export const createLink = action({
  schema: createLinkInput,
  guard: customerAdmin,
  run: (input, access) => create(access, input, databaseTime()),
});

export const revokeLink = action({
  schema: revokeLinkInput,
  guard: customerAdmin,
  run: async ({ linkId }, access) => {
    await revoke(access, linkId, databaseTime());
    return { linkId };
  },
});

export const createLinkForStaff = action({
  schema: createLinkForStaffInput,
  guard: staffMember,
  run: (input, access) => createForStaff(access, input, databaseTime()),
});

export const revokeLinkForStaff = action({
  schema: revokeLinkForStaffInput,
  guard: staffMember,
  run: async ({ linkId }, access) => {
    await revokeForStaff(access, linkId, databaseTime());
    return { linkId };
  },
});

/** Verifies the role again, because what was found before the account was confirmed made nothing of it. */
export const confirmAccount = action({
  schema: accountInput,
  guard: customerAdmin,
  run: async (input, access) => {
    await confirm(access, input, databaseTime());
    const { connectionId } = input;
    return begin(await startVerification(access, { connectionId, expectSetup: "present" }, databaseTime()));
  },
});

export const rejectAccount = action({
  schema: accountInput,
  guard: customerAdmin,
  run: async (input, access) => {
    await reject(access, input, databaseTime());
    return { connectionId: input.connectionId };
  },
});

export const showLinkPage = action({
  schema: linkInput,
  guard: heldLink,
  run: (_input, held) => showLink(held, databaseTime()),
});

export const readLinkProgress = action({
  schema: linkInput,
  guard: heldLink,
  run: (_input, held) => linkProgress(held),
});

export const launchByLink = action({
  schema: linkInput,
  guard: openSetupLink,
  run: async (_input, held) => {
    await launchBy(held, databaseTime());
    return {};
  },
});

/** Once it is found, its verification begins. */
export const findRoleByLink = action({
  schema: findRoleByLinkInput,
  guard: openSetupLink,
  run: async ({ accountId }, held) => {
    const result = await findBy(held, accountId, databaseTime());
    if (result.found) begin(await verifyBy(held, databaseTime()));
    return result;
  },
});

export const verifyByLink = action({
  schema: linkInput,
  guard: openLink,
  run: async (_input, held) => begin(await verifyBy(held, databaseTime())),
});

function begin({ verificationId, started }: StartedVerification): { verificationId: string } {
  if (started) defer(() => runVerification(verificationId));
  return { verificationId };
}
