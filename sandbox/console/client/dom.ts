type Attributes = Record<string, string | boolean | undefined>;
type Child = Node | string | undefined;

/** Makes an element. Children given as text stay text: nothing is ever parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(text: string, kind: string, click?: (event: Event) => void): HTMLButtonElement {
  const made = element("button", { type: click ? "button" : "submit", class: kind }, text);
  if (click) made.addEventListener("click", click);
  return made;
}

/** A link to an address that came from outside: shown as text unless it is a web address. */
export function outsideLink(address: string): HTMLElement {
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isWeb) return element("code", {}, address);
  return element("a", { href: address, rel: "noopener noreferrer", class: "address" }, address);
}

export function alertBox(message: string): HTMLElement {
  return element("p", { role: "alert", class: "alert" }, message);
}
