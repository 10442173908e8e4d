/** What holds for every operation: for the reference in the browser and for llms.txt alike. */
export interface GuidePart {
  title: string;
  text: string;
  code?: string;
}

export function guide(portal: string): GuidePart[] {
  return [
    {
      title: "Authentication",
      text: "Send an API key with each request. The operator of the portal makes keys (npm run -s api-key, or the staff pages). A key has scopes and an end, and is for one customer or for all of them. Keep it in the environment or a secret store: never in an address, in a parameter of a command, or in a browser.",
      code: `printf 'Authorization: Bearer %s' "$CROSSACCOUNT_KEY" |\n  curl -H @- '${portal}/api/v1/connections'`,
    },
    {
      title: "Errors",
      text: "What fails answers with application/problem+json (RFC 9457). Go by its code, which does not change. try_again says whether the same request can succeed later. Tell the request_id to the operator of the portal when you ask about one.",
    },
    {
      title: "Sending a write again",
      text: "Send an Idempotency-Key with each write but those that issue credentials, a new one for each thing that you want done. Sent again within 24 hours with the same key, the request is not done a second time.",
    },
    {
      title: "Lists",
      text: "Lists of pages answer with data and next_cursor. Give next_cursor back as cursor until it is null.",
    },
    {
      title: "Limits",
      text: "RateLimit-Policy and RateLimit tell the state with every answer, and Retry-After says when to come again. What costs AWS requests, such as verifications, has bounds for each customer besides.",
    },
    {
      title: "Versions",
      text: "Within /api/v1/ fields and routes are added, never renamed or removed: ignore what you do not know.",
    },
  ];
}
