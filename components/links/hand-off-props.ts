import type { LinkPageView } from "@/lib/links/schema";
import type { LinkActions } from "./actions";

/** What each part of a hand-off's page works with. */
export interface HandOffProps {
  token: string;
  page: LinkPageView;
  todo: NonNullable<LinkPageView["todo"]>;
  productName: string;
  actions: LinkActions;
  refresh: () => Promise<void>;
}
