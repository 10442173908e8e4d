import config from "@/crossaccount.config";
import { expect, required, test } from "./fixtures/portal";

const { branding } = config;

test("the icons, the manifest and robots.txt are there for browsers, phones and search engines", async ({
  request,
}) => {
  for (const [path, type] of [
    ["/favicon.ico", /image\/(x-icon|vnd\.microsoft\.icon)/],
    ["/apple-touch-icon.png", /image\/png/],
    ["/icon-192.png", /image\/png/],
    ["/icon-512.png", /image\/png/],
  ] as const) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["content-type"], path).toMatch(type);
  }
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /");
  const manifest = (await (await request.get("/manifest.webmanifest")).json()) as {
    name: string;
    icons: { src: string }[];
  };
  expect(manifest.name).toBe(branding.productName);
  for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
});

test("security.txt tells strangers where to report a fault, and is not out of date", async ({ request }) => {
  const answer = await request.get("/.well-known/security.txt");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/plain");
  const text = await answer.text();
  expect(text).toContain(`Contact: mailto:${branding.securityEmail ?? branding.supportEmail}`);
  expect(text).toContain(`Canonical: ${new URL("/.well-known/security.txt", required("E2E_BASE_URL")).href}`);
  const [, expires = ""] = /^Expires: (.+)$/m.exec(text) ?? [];
  expect(new Date(expires).getTime()).toBeGreaterThan(Date.now() + 86_400_000);
});
