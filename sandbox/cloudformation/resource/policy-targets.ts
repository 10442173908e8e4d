import type { JsonObject } from "../template/json";
import { unlessGone } from "./iam-call";
import { stringsOf } from "./properties";

type Kind = "Role" | "User" | "Group";

/** Gives a policy to the roles, users and groups that are new in `after` and takes it from those that are gone. */
export async function changeTargets(
  before: JsonObject,
  after: JsonObject,
  change: { add(kind: Kind, name: string): Promise<unknown>; remove(kind: Kind, name: string): Promise<unknown> },
): Promise<void> {
  for (const kind of ["Role", "User", "Group"] as const) {
    const had = stringsOf(before, `${kind}s`);
    const has = stringsOf(after, `${kind}s`);
    for (const name of has.filter((item) => !had.includes(item))) await change.add(kind, name);
    for (const name of had.filter((item) => !has.includes(item))) await unlessGone(change.remove(kind, name));
  }
}
