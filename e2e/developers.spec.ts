import config from "@/crossaccount.config";
import openApi from "@/docs/openapi.json" with { type: "json" };
import { expectNoFault } from "./fixtures/examine";
import { expect, required, test } from "./fixtures/portal";

const looks = [
  { name: "desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ viewport: look.viewport, colorScheme: look.colorScheme });

    test("the API reference has no accessibility fault, does not scroll sideways, and asks for no key", async ({
      page,
    }) => {
      for (const path of ["/developers", "/developers/connections", "/developers/verifications?language=go"]) {
        await page.goto(path);
        await expectNoFault(page);
        await page.screenshot({
          path: `.data/developers-${look.viewport.width}${path.replaceAll(/\W/g, "-")}.png`,
          fullPage: false,
        });
        await expect(page.getByRole("textbox")).toHaveCount(0);
      }
    });
  });
}

/** The document's few others are those of a small web service. */
const ofApi = Object.entries(openApi.paths).filter(([path]) => path.startsWith("/api/v1/"));

test("someone who is not signed in finds each operation, with a program to copy in four languages, by keyboard too", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).origin));

  await page.goto("/developers");
  const operations = ofApi.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations.length).toBeGreaterThan(15);
  for (const operation of operations)
    await expect(page.getByRole("link", { name: operation, exact: true })).toHaveCount(1);

  await page.getByRole("link", { name: "POST /api/v1/connections", exact: true }).click();
  await expect(page.getByRole("heading", { name: "POST /api/v1/connections", exact: true })).toBeInViewport();
  await expect(page).toHaveURL(/\/developers\/connections#create$/);

  const portal = new URL(required("E2E_BASE_URL")).origin;
  for (const [language, telling] of [
    ["TypeScript", 'from "crossaccount/portal"'],
    ["Python", "urllib.request"],
    ["Go", "http.NewRequest"],
    ["curl", "curl -H @-"],
  ] as const) {
    const choice = page
      .getByRole("navigation", { name: "Language of the samples" })
      .getByRole("link", { name: language });
    await choice.focus();
    await page.keyboard.press("Enter");
    await expect(choice).toHaveAttribute("aria-current", "true");
    await page
      .getByRole("button", { name: `Copy ${language} of POST /api/v1/connections`, exact: true })
      .press("Enter");
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()), { message: language })
      .toContain(telling);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(portal);
    expect(copied).toContain("CROSSACCOUNT_KEY");
  }
  // Nothing of the page comes from elsewhere, and its policy for scripts refused nothing.
  expect([...asked]).toEqual([portal]);
  expect(refused).toEqual([]);
});

test("the reference has scripts of its own for nothing but copying and links", async ({ page, request }) => {
  const scriptsOf = async (path: string) => {
    await page.goto(path);
    return page.evaluate(() =>
      [...document.querySelectorAll("script[src]")].map((one) => one.getAttribute("src") ?? ""),
    );
  };
  const size = async (paths: string[]) => {
    const bodies = await Promise.all(paths.map(async (path) => (await request.get(path)).body()));
    return bodies.reduce((sum, { length }) => sum + length, 0);
  };
  const others = await scriptsOf("/sign-in");
  const own = (await scriptsOf("/developers/connections")).filter((path) => !others.includes(path));
  expect(await size(own)).toBeLessThan(40_000);
});

test("llms.txt says what the API is, and names every operation", async ({ request }) => {
  const answer = await request.get("/llms.txt");
  expect(answer.headers()["content-type"]).toContain("text/plain");
  const text = await answer.text();
  expect(text).toMatch(new RegExp(`^# ${config.branding.productName}`));
  expect(text).toContain(`${required("E2E_BASE_URL")}/api/openapi.json`);
  expect(text).toContain("Authorization: Bearer");
  for (const [path, methods] of ofApi)
    for (const method of Object.keys(methods)) expect(text).toContain(`- ${method.toUpperCase()} ${path}: `);
});

test("crossaccount.json names the vendor's account of each partition, and nothing that is not there", async ({
  request,
}) => {
  const facts = await (await request.get("/.well-known/crossaccount.json")).json();
  const { serviceName, serviceAccountId, partitions, branding } = config;
  const others = Object.entries(partitions).map(([name, settings]) => [
    name,
    { service_account_id: settings?.serviceAccountId },
  ]);
  expect(facts).toEqual({
    service_name: serviceName,
    product_name: branding.productName,
    portal: required("E2E_BASE_URL"),
    partitions: { aws: { service_account_id: serviceAccountId }, ...Object.fromEntries(others) },
  });
});
