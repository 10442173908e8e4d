const KEY = "link";
const whole = /^[\w-]{43}$/;

/**
 * Moves the token from the address into this tab's own storage: it survives a reload, is in no history and on no picture of the
 * screen, and is gone with the tab. Null for an address that holds none.
 */
export function takeLinkToken(): string | null {
  const fragment = window.location.hash.slice(1);
  if (whole.test(fragment)) {
    sessionStorage.setItem(KEY, fragment);
    window.history.replaceState(window.history.state, "", window.location.pathname);
    return fragment;
  }
  // A link of which the end is missing is not the one that this tab had before.
  return fragment === "" || fragment === permissionsAnchor ? sessionStorage.getItem(KEY) : null;
}

/** Where the permission review stands on the page. */
export const permissionsAnchor = "permissions";
