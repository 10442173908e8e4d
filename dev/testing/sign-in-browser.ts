import { NextRequest } from "next/server";
import { authHandler } from "@/lib/auth/handler";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { findSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db";
import { type Env, env } from "@/lib/env";
import { type Person, personOf } from "@/lib/tenancy/access";

export interface LogLine {
  level: "info" | "warn";
  message: string;
  [field: string]: unknown;
}

/** A browser between the portal, whose routes of next-auth are called without a server, and an OpenID provider over HTTP. */
export class SignInBrowser {
  readonly cookies = new Map<string, string>();
  readonly log: LogLine[] = [];
  readonly settings: Env;
  readonly #atProvider = new Map<string, string>();
  readonly #handle;

  constructor(settings: Partial<Env>, others: Env = env) {
    this.settings = { ...others, ...settings };
    const write = (level: LogLine["level"]) => (fields: object, message: string) => {
      this.log.push({ ...fields, level, message });
    };
    this.#handle = authHandler({
      settings: this.settings,
      log: { info: write("info") as never, warn: write("warn") as never },
    });
  }

  get callback(): string {
    return `${this.settings.BASE_URL}/api/auth/callback/oidc`;
  }

  get session(): string | undefined {
    return this.cookies.get(sessionCookie(this.settings.BASE_URL).name);
  }

  async whoIs(settings: Env = this.settings): Promise<Person | null> {
    const found = await findSession(db, this.session ?? "", new Date());
    return found && personOf(db, found.user, settings);
  }

  /** Answers with where the portal sends the browser, or with what it shows. */
  async portal(
    method: string,
    path: string,
    form?: Record<string, string>,
  ): Promise<{ location: string; answer: unknown }> {
    const request = new NextRequest(`${this.settings.BASE_URL}/api/auth/${path}`, {
      method,
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ") },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const [verbs = ""] = path.split("?");
    const response = await this.#handle(request, { params: Promise.resolve({ nextauth: verbs.split("/") }) });
    keep(this.cookies, response.headers.getSetCookie());
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { location: response.headers.get("location") ?? "", answer: isJson ? JSON.parse(text) : text };
  }

  /** Where the sign-in button leads: to the provider, or back to the sign-in page with an error. */
  async begin(): Promise<URL> {
    const { answer } = await this.portal("GET", "csrf");
    const { csrfToken } = answer as { csrfToken: string };
    const form = { csrfToken, callbackUrl: this.settings.BASE_URL, json: "true" };
    const begun = await this.portal("POST", "signin/oidc", form);
    return new URL((begun.answer as { url: string }).url);
  }

  /** Goes as far as the provider lets the person: the address back to the portal, with its code. */
  async atProvider(person: string): Promise<URL> {
    let url = await this.begin();
    if (!url.href.startsWith(this.settings.BASE_URL)) url.searchParams.set("person", person);
    let response = await this.#fetch(url.href);
    for (let hops = 0; hops < 5; hops += 1) {
      if (response.status === 200) {
        const body = new URLSearchParams({ person });
        response = await this.#fetch(url.href, { method: "POST", body });
      }
      url = new URL(response.headers.get("location") ?? "", url);
      if (url.href.startsWith(this.callback)) return url;
      response = await this.#fetch(url.href);
    }
    throw new Error("The provider never sent the browser back.");
  }

  /** Answers with the code of the error that the sign-in page shows, or null. */
  async signIn(person: string): Promise<string | null> {
    return this.finish(await this.atProvider(person));
  }

  async finish(url: URL): Promise<string | null> {
    const { location } = await this.portal("GET", `callback/oidc${url.search}`);
    return new URL(location, this.settings.BASE_URL).searchParams.get("error");
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#atProvider].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    keep(this.#atProvider, response.headers.getSetCookie());
    return response;
  }
}

function keep(jar: Map<string, string>, setCookies: readonly string[]): void {
  for (const text of setCookies) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
}
