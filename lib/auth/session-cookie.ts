import type { CookieOption } from "next-auth";
import { sessionLifeSeconds } from "./sessions";

/** `baseUrl` decides whether the cookie is kept to https. It lives as long as a session can: the database ends it earlier. */
export function sessionCookie(baseUrl: string): CookieOption {
  const secure = baseUrl.startsWith("https://");
  return {
    name: secure ? "__Host-crossaccount-session" : "crossaccount-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: sessionLifeSeconds },
  };
}
