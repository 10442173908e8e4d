/** A path of this portal, or its start page: an address of someone else is never followed after signing in. */
export function returnPath(wanted: string | undefined, baseUrl: string): string {
  if (!wanted || !URL.canParse(wanted, baseUrl)) return "/";
  const url = new URL(wanted, baseUrl);
  if (url.origin !== new URL(baseUrl).origin || url.pathname.startsWith("//")) return "/";
  return url.pathname.startsWith("/sign-") ? "/" : `${url.pathname}${url.search}`;
}
