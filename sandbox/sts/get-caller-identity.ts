import type { Operation } from "../service";

/** Needs no permission, and works even under an explicit deny. */
export const getCallerIdentity: Operation = (_input, { principal }) => ({
  UserId: principal.userId,
  Account: principal.accountId,
  Arn: principal.arn,
});
