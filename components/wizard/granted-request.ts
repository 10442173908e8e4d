/**
 * Which connection a request made, as this tab knows: the way back leads to a copy of the page that asked for it, which the browser
 * shows without asking the server.
 */
export function noteGranted(requestId: string, connectionId: string): void {
  sessionStorage.setItem(`granted:${requestId}`, connectionId);
}

export function grantedConnection(requestId: string): string | null {
  return sessionStorage.getItem(`granted:${requestId}`);
}
