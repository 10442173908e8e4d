"use server";

import { action, defer } from "@/lib/action";
import { customerAdmin, staffMember } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionInput } from "@/lib/tenancy/schema";
import { runVerification } from "@/lib/verifications/run-verification";
import { abandonRotation as abandon } from "./abandon-rotation";
import { createConnection as create } from "./create-connection";
import { deleteConnection as remove } from "./delete-connection";
import { disconnectConnection as disconnect } from "./disconnect-connection";
import { checkEndedAccess as checkEnded } from "./ended-access";
import { findRole as find } from "./find-role";
import { followRotation as follow } from "./follow-rotation";
import { markLaunched as mark } from "./mark-launched";
import {
  pauseConnection as pause,
  pauseConnectionForStaff as pauseForStaff,
  resumeConnection as resume,
  resumeConnectionForStaff as resumeForStaff,
} from "./pause-connection";
import { renameConnection as rename } from "./rename-connection";
import { reviseConnection as revise } from "./revise-connection";
import {
  createConnectionInput,
  findRoleInput,
  renameConnectionInput,
  reviseConnectionInput,
  staffConnectionInput,
  submitRoleArnInput,
} from "./schema";
import { startRotation as rotate } from "./start-rotation";
import { submitRole } from "./submit-role";

type Verb<Access> = (access: Access, connectionId: string, now: Date) => Promise<void>;

/** What an admin does with a connection and nothing else is asked for. */
const byAdmin = (verb: Verb<CustomerAccess>) =>
  action({ schema: connectionInput, guard: customerAdmin, run: doing(verb) });

const byStaff = (verb: Verb<StaffAccess>) =>
  action({ schema: staffConnectionInput, guard: staffMember, run: doing(verb) });

function doing<Access>(verb: Verb<Access>) {
  return async ({ connectionId }: { connectionId: string }, access: Access) => {
    await verb(access, connectionId, databaseTime());
    return { connectionId };
  };
}

export const createConnection = action({
  schema: createConnectionInput,
  guard: customerAdmin,
  run: ({ customer: _customer, ...input }, access) => create(access, input),
});

export const reviseConnection = action({
  schema: reviseConnectionInput,
  guard: customerAdmin,
  run: async ({ customer: _customer, ...input }, access) => {
    await revise(access, input);
    return { connectionId: input.connectionId };
  },
});

export const markLaunched = byAdmin(mark);

export const submitRoleArn = action({
  schema: submitRoleArnInput,
  guard: customerAdmin,
  run: (input, access) => submitRole(access, input),
});

export const findRole = action({
  schema: findRoleInput,
  guard: customerAdmin,
  run: (input, access) => find(access, input),
});

export const renameConnection = action({
  schema: renameConnectionInput,
  guard: customerAdmin,
  run: async ({ connectionId, name }, access) => {
    await rename(access, { connectionId, name });
    return { connectionId };
  },
});

export const deleteConnection = byAdmin(remove);

export const pauseConnection = byAdmin(pause);

export const resumeConnection = byAdmin(resume);

export const pauseConnectionForStaff = byStaff(pauseForStaff);

export const resumeConnectionForStaff = byStaff(resumeForStaff);

export const disconnectConnection = byAdmin(disconnect);

export const startRotation = byAdmin(rotate);

/** Answers at once; a verification that it starts runs on. */
export const followRotation = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    const { followed, toRun } = await follow(access, connectionId, databaseTime());
    if (toRun) defer(() => runVerification(toRun));
    return followed;
  },
});

export const abandonRotation = byAdmin(abandon);

export const checkEndedAccess = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: ({ connectionId }, access) => checkEnded(access, connectionId),
});
