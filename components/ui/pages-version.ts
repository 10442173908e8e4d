/** Written into the build by next.config.js, which calls Next's own build the same. */
declare const PAGES_VERSION: string;

/** The build that this code is of: what a browser has loaded, or what the server runs now. */
export const pagesVersion: string = PAGES_VERSION;
