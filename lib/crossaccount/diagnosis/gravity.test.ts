import { expect, test } from "vitest";
import { rankFindings } from "./gravity";

test("more power than agreed comes before what is missing, and each cause is told once", () => {
  const ranked = rankFindings([
    { id: "assume-role", status: "passed" },
    { id: "trust-policy", status: "warning", causeId: "trust-differs" },
    { id: "ongoing-permissions", status: "failed", causeId: "permissions-boundary" },
    { id: "setup-permissions", status: "warning", causeId: "permissions-boundary" },
    { id: "excess-permissions", status: "failed", causeId: "excess-escalation" },
    { id: "template-version", status: "skipped" },
  ]);
  expect(ranked).toEqual([
    { id: "excess-permissions", gravity: 0 },
    { id: "ongoing-permissions", gravity: 2 },
    { id: "trust-policy", gravity: 3 },
    { id: "setup-permissions", gravity: 3, toldBy: "ongoing-permissions" },
  ]);
});

test("an open role is one finding, whichever checks saw it", () => {
  const open = { status: "failed", causeId: "trust-open" } as const;
  const ranked = rankFindings([
    { id: "reject-missing-external-id", ...open },
    { id: "reject-wrong-external-id", ...open },
    { id: "trust-policy", ...open },
  ]);
  expect(ranked.map(({ toldBy }) => toldBy)).toEqual([
    undefined,
    "reject-missing-external-id",
    "reject-missing-external-id",
  ]);
});
