import "server-only";
import type { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";

interface Call {
  /** The path behind `/api/auth/`. */
  path: string[];
  form: Record<string, string>;
  options: AuthOptions;
}

/** Calls next-auth as a function of request and response: that way it depends on nothing but what is passed, and works wherever the handler is called. */
export async function callNextAuth(request: NextRequest, { path, form, options }: Call): Promise<Response> {
  const headers = new Map<string, string | string[]>();
  let status = 200;
  let body: string | undefined;
  const text = (value: unknown) => {
    body = typeof value === "string" || value === undefined ? value : JSON.stringify(value);
  };
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: string | string[]) {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json(value: unknown) {
      response.setHeader("content-type", "application/json");
      text(value);
    },
    send: text,
    end: () => undefined,
  };
  await NextAuth(
    {
      method: request.method,
      query: { ...Object.fromEntries(request.nextUrl.searchParams), nextauth: path },
      body: form,
      headers: Object.fromEntries(request.headers),
      cookies: Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value])),
    } as never,
    response as never,
    options,
  );
  const all = [...headers].flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));
  return new Response(body ?? null, { status, headers: all });
}
