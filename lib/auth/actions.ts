"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { signedIn } from "./guards";
import { currentSessionToken } from "./session";
import { sessionCookie } from "./session-cookie";
import { deleteSession, revokeSessionsOf } from "./sessions";

/** Ends this session and shows the sign-in page. */
export async function signOut(): Promise<void> {
  const token = await currentSessionToken();
  if (token) await deleteSession(db, token);
  await forgetCookie();
  redirect("/sign-in");
}

/** Signs the person out everywhere, here included. */
export const revokeMySessions = action({
  schema: z.strictObject({}),
  guard: signedIn,
  run: async (_input, person) => {
    const ended = await revokeSessionsOf(db, person.id);
    await forgetCookie();
    return { ended };
  },
});

async function forgetCookie(): Promise<void> {
  const { name, options } = sessionCookie(env.BASE_URL);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
