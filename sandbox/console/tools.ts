import type { RequestContext } from "../service";

/** What the console page is given: it acts for whoever the person at the screen says they are. */
export interface ConsoleTools {
  /** Context of requests by the administrator of an account in a Region. */
  administratorContext(accountId: string, region: string): RequestContext;
}
