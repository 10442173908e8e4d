import { RETRY_AFTER_SECONDS } from "./errors";

/** What a person sees in place of a page while the database does not answer. It needs nothing but itself. */
export function outagePage(productName: string): string {
  const name = productName.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<title>Not available · ${name}</title>
<style>
body { max-width: 28rem; margin: 16vh auto 0; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color-scheme: light dark }
h1 { font-size: 1.25rem }
</style>
</head>
<body>
<main>
<h1>${name} is not available right now</h1>
<p>Our database does not answer. Nothing of yours is lost. This page tries again by itself every ${RETRY_AFTER_SECONDS} seconds.</p>
</main>
</body>
</html>
`;
}
