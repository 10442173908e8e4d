import type { DemoPerson } from "../../../prisma/demo-people";

/** The page that stands in for an identity provider's sign-in: one button a person. */
export function choosePersonPage(people: readonly DemoPerson[], action: string): string {
  const buttons = people.map(
    ({ subject, name, description }) => `
        <li><button name="person" value="${escapeHtml(subject)}" aria-label="${escapeHtml(`${name} — ${description}`)}">
          <span class="initials" aria-hidden="true">${escapeHtml(initials(name))}</span>
          <span><strong>${escapeHtml(name)}</strong><small>${escapeHtml(description)}</small></span>
        </button></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Choose a person · local OpenID provider</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      <p class="badge">Local OpenID provider, for one machine only</p>
      <h1>Who are you today?</h1>
      <p>These people exist on this machine only. In production your own identity provider stands here.</p>
      <form method="post" action="${escapeHtml(action)}">
        <ul>${buttons.join("")}
        </ul>
      </form>
    </main>
  </body>
</html>`;
}

const style = `
  :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --text: #16191d; --quiet: #5b6470; --accent: #3558d4; }
  @media (prefers-color-scheme: dark) {
    :root { --page: #0f1216; --card: #171b21; --line: #2a313a; --text: #eceff3; --quiet: #9aa5b1; --accent: #8ea6ff; }
  }
  * { box-sizing: border-box; margin: 0; }
  body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--page); color: var(--text);
    font: 16px/1.5 system-ui, sans-serif; }
  main { width: min(30rem, 100%); display: grid; gap: 1rem; padding: 2rem; background: var(--card); border: 1px solid var(--line);
    border-radius: 1rem; }
  h1 { font-size: 1.5rem; letter-spacing: -0.01em; }
  p, small { color: var(--quiet); }
  .badge { justify-self: start; padding: 0.1rem 0.6rem; border: 1px dashed var(--quiet); border-radius: 1rem; font-size: 0.8rem; }
  ul { list-style: none; padding: 0; display: grid; gap: 0.5rem; }
  button { width: 100%; display: flex; gap: 0.9rem; align-items: center; padding: 0.7rem 0.9rem; text-align: left; font: inherit;
    color: inherit; background: none; border: 1px solid var(--line); border-radius: 0.7rem; cursor: pointer; }
  button:hover { border-color: var(--accent); }
  button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  strong, small { display: block; }
  strong { font-weight: 600; }
  .initials { flex: none; width: 2.4rem; height: 2.4rem; display: grid; place-items: center; border-radius: 50%;
    color: var(--accent); border: 1px solid var(--line); font-size: 0.85rem; font-weight: 600; }
`;

function initials(name: string): string {
  return name
    .split(" ")
    .map((word) => word.slice(0, 1))
    .join("");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
