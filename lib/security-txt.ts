import type { Branding } from "@/lib/crossaccount";

const DAY_MILLISECONDS = 86_400_000;
const VALID_FOR_DAYS = 180;

/**
 * The vendor's contact for security researchers, in the format of
 * {@link https://www.rfc-editor.org/rfc/rfc9116 RFC 9116}; `Expires` is the beginning of a day, so that the text changes once a day.
 */
export function securityTxt(
  { supportEmail, securityEmail = supportEmail, securityUrl }: Branding,
  { baseUrl, now }: { baseUrl: string; now: Date },
): string {
  const day = Math.floor(now.getTime() / DAY_MILLISECONDS);
  const expires = new Date((day + VALID_FOR_DAYS) * DAY_MILLISECONDS);
  return [
    `Contact: mailto:${encodeURI(securityEmail)}`,
    `Expires: ${expires.toISOString()}`,
    `Canonical: ${new URL("/.well-known/security.txt", baseUrl).href}`,
    ...(securityUrl ? [`Policy: ${securityUrl}`] : []),
    "Preferred-Languages: en",
    "",
  ].join("\n");
}
