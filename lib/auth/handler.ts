import "server-only";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { authOptions } from "./options";
import { sessionCookie } from "./session-cookie";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth's routes. A sign-in that is being finished always starts a new session in place of the browser's old one. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const [verb] = (await context.params).nextauth;
  const current = request.cookies.get(sessionCookie(env.BASE_URL).name)?.value;
  return NextAuth(authOptions(verb === "callback" ? { replaces: current } : {}))(request, context);
}
