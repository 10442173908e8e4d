import { type Browser, chromium, type Page } from "@playwright/test";
import { findChromium } from "../dev/local/chromium";

/** `npm run pictures -- [ADDRESS]` takes the pictures of docs/images from a running `script/server` and its demo data. */
const [address = "http://localhost:3000"] = process.argv.slice(2);
const folder = "docs/images";

type Look = "desktop-light" | "desktop-dark" | "phone-light" | "phone-dark";

const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  await picture("connections", "Ana Ferreira", ["desktop-light", "phone-dark"], async () => {});
  await picture("permission-review", "Ana Ferreira", ["desktop-light", "phone-light"], (page) =>
    step(page, "Research lab", "review"),
  );
  await picture("verified", "Ana Ferreira", ["desktop-light", "phone-dark"], (page) => step(page, "Staging", "verify"));
  await picture("insecure", "Ana Ferreira", ["desktop-dark"], (page) => open(page, "Warehouse robots"));
  await picture("staff", "Sam Okafor", ["desktop-dark"], async () => {});
  await picture("sandbox-console", "Ana Ferreira", ["desktop-light"], async (page) => {
    await step(page, "Research lab", "launch");
    const launch = page.getByRole("link", { name: "Open AWS CloudFormation" });
    await page.goto((await launch.getAttribute("href")) ?? "");
    await page.getByLabel("AWS account ID").fill("210987654324");
  });
} finally {
  await browser.close();
}

async function picture(name: string, person: string, looks: Look[], reach: (page: Page) => Promise<void>) {
  for (const look of looks) {
    const page = await newPage(browser, look);
    await signIn(page, person);
    await reach(page);
    await page.waitForLoadState("networkidle");
    // The development server's own badge is no part of the portal.
    await page.screenshot({ path: `${folder}/${name}-${look}.png`, style: "nextjs-portal { display: none }" });
    await page.context().close();
    console.log(`${folder}/${name}-${look}.png`);
  }
}

async function newPage(from: Browser, look: Look): Promise<Page> {
  const phone = look.startsWith("phone");
  const context = await from.newContext({
    baseURL: address,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    isMobile: phone,
    hasTouch: phone,
    colorScheme: look.endsWith("dark") ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  return context.newPage();
}

async function signIn(page: Page, person: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: person }).click();
  await page.waitForURL((url) => url.origin === new URL(address).origin && /^\/(c|staff)\b/.test(url.pathname));
}

async function open(page: Page, connection: string): Promise<void> {
  await page.getByRole("link", { name: connection, exact: true }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
}

async function step(page: Page, connection: string, name: string): Promise<void> {
  await open(page, connection);
  await page.goto(`${page.url()}/setup/${name}`);
}
