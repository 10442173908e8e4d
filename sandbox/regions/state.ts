import type { Store } from "../store";

interface State {
  /** Disabled Regions by account ID. */
  disabled: Record<string, string[]>;
}

function state(store: Store): State {
  return store.slice<State>("regions", () => ({ disabled: {} }));
}

/** An account has every Region of the sandbox, opt-in ones too, until it is told otherwise. */
export function isDisabled(region: string, accountId: string, store: Store): boolean {
  const { disabled } = state(store);
  return Object.hasOwn(disabled, accountId) && (disabled[accountId] ?? []).includes(region);
}

export function saveDisabled(accountId: string, regions: string[], store: Store): void {
  state(store).disabled[accountId] = regions;
}
