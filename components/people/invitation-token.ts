const KEY = "invitation";

/** Moves the token from the address into this tab's own storage, where it survives the way through the sign-in. */
export function takeInvitationToken(): { token: string | null; forget: () => void } {
  const fragment = window.location.hash.slice(1);
  if (fragment) {
    sessionStorage.setItem(KEY, fragment);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return { token: sessionStorage.getItem(KEY), forget: () => sessionStorage.removeItem(KEY) };
}
