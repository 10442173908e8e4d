/** What a key may be allowed, each with what it lets its holder do. */
export const apiScopes = {
  "customers:read": "Reads customers and their people.",
  "customers:write": "Makes and renames customers, invites the first admin and viewers, takes people out.",
  "connections:read": "Reads connections, the permissions, the template and the trust policy.",
  "connections:write":
    "Makes, renames, pauses, resumes, rotates, ends and deletes connections, names their roles, verifies them and follows that.",
  "access-log:read": "Reads a connection's access log, history and receipts.",
  "connections:assume":
    "Announces and reports assumptions by an AWS identity of its own, told role and external ID; reads a little through the role.",
  "credentials:issue": "Is given temporary credentials of customers' roles.",
  "events:read": "Reads what happened, in order.",
  "links:write": "Lists, makes and revokes links without a login.",
} as const;

export type ApiScope = keyof typeof apiScopes;

export function isApiScope(text: string): text is ApiScope {
  return Object.hasOwn(apiScopes, text);
}

/** For those who choose. */
export function scopeMeanings(): { scope: string; meaning: string }[] {
  return Object.entries(apiScopes).map(([scope, meaning]) => ({ scope, meaning }));
}
