/** Set by proxy.ts on every request, over whatever a client sent: path and query of the page that was asked for. */
export const requestedPathHeader = "x-requested-path";
