import { button } from "./dom";

export function copyButton(name: string, value: string): HTMLButtonElement {
  const made = button("Copy", "quiet", async () => {
    await navigator.clipboard.writeText(value);
    made.textContent = "Copied";
  });
  made.setAttribute("aria-label", `Copy ${name}`);
  return made;
}
