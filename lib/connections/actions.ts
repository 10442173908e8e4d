"use server";

import { action, defer } from "@/lib/action";
import { customerAdmin, staffMember } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
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

export const markLaunched = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await mark(access, connectionId, databaseTime());
    return { connectionId };
  },
});

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

export const deleteConnection = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await remove(access, connectionId);
    return { connectionId };
  },
});

export const pauseConnection = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await pause(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const resumeConnection = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await resume(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const pauseConnectionForStaff = action({
  schema: staffConnectionInput,
  guard: staffMember,
  run: async ({ connectionId }, access) => {
    await pauseForStaff(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const resumeConnectionForStaff = action({
  schema: staffConnectionInput,
  guard: staffMember,
  run: async ({ connectionId }, access) => {
    await resumeForStaff(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const disconnectConnection = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await disconnect(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const startRotation = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await rotate(access, connectionId, databaseTime());
    return { connectionId };
  },
});

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

export const abandonRotation = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: async ({ connectionId }, access) => {
    await abandon(access, connectionId, databaseTime());
    return { connectionId };
  },
});

export const checkEndedAccess = action({
  schema: connectionInput,
  guard: customerAdmin,
  run: ({ connectionId }, access) => checkEnded(access, connectionId),
});
