import type { Audience } from "@/lib/audience";

/** Whom each page and route is for. One that is not stated here fails e2e/access.spec.ts. */
export const mayOpen: Record<string, Audience> = {
  "/": "signed-in",
  "/integrate": "signed-in",
  "/invitation": "anyone",
  "/link": "anyone",
  "/sign-in": "anyone",
  "/sign-out": "signed-in",
  "/manifest.webmanifest": "anyone",
  "/.well-known/security.txt": "anyone",

  "/c/[customer]": "members",
  "/c/[customer]/people": "members",
  "/c/[customer]/connections": "members",
  "/c/[customer]/connections/new": "admins",
  "/c/[customer]/connections/[connectionId]": "members",
  "/c/[customer]/connections/[connectionId]/access-log": "members",
  "/c/[customer]/connections/[connectionId]/access-log/export": "members",
  "/c/[customer]/connections/[connectionId]/history": "members",
  "/c/[customer]/connections/[connectionId]/receipt": "members",
  "/c/[customer]/connections/[connectionId]/verification": "members",
  "/c/[customer]/connections/[connectionId]/setup": "admins",
  "/c/[customer]/connections/[connectionId]/setup/external-id": "admins",
  "/c/[customer]/connections/[connectionId]/setup/launch": "admins",
  "/c/[customer]/connections/[connectionId]/setup/role": "admins",
  "/c/[customer]/connections/[connectionId]/setup/verify": "admins",
  "/c/[customer]/connections/[connectionId]/setup/drop-setup": "admins",

  "/staff": "staff",
  "/staff/access-log": "staff",
  "/staff/access-log/export": "staff",
  "/staff/audits": "staff",
  "/staff/audits/[roundId]": "staff",
  "/staff/connections/[connectionId]": "staff",
  "/staff/connections/[connectionId]/history": "staff",

  "/api/auth/[...nextauth]": "anyone",
  "/api/health/live": "anyone",
  "/api/health/ready": "anyone",
};
