import { actionsMatching, actionTable } from "../actions/actions";
import { nearName } from "./near-name";

/** What is wrong with an action that AWS does not have, though nearly. */
export function actionFault(pattern: string): string | undefined {
  if (isKnown(pattern)) return undefined;
  const near = nearAction(pattern);
  return near && `is not an action that AWS has; did you mean ${near}?${sinceThen()}`;
}

/** The same where AWS has nothing like it: it adds actions every day. */
export function actionNote(pattern: string): string | undefined {
  if (isKnown(pattern) || nearAction(pattern)) return undefined;
  const what = /[*?]/.test(pattern) ? "matches no action" : "is not an action";
  return `${what} that AWS has, so it allows nothing; check its spelling.${sinceThen()}`;
}

function isKnown(pattern: string): boolean {
  return actionsMatching(pattern).length > 0;
}

function sinceThen(): string {
  return ` AWS's actions are known here as of ${actionTable().day}`;
}

function nearAction(pattern: string): string | undefined {
  const [service = "", name = ""] = pattern.split(":");
  const { services, actionsOf } = actionTable();
  if (!services.includes(service.toLowerCase())) {
    const near = nearName(
      service,
      services.filter((other) => actionsMatching(`${other}:${name}`).length > 0),
    );
    return near && `${near}:${name}`;
  }
  const names = [...actionsOf(service.toLowerCase()).values()].map((action) => action.name.slice(service.length + 1));
  const near = /[*?]/.test(name) ? nearWildcard(name, names) : nearName(name, names);
  return near && `${service}:${near}`;
}

/** For `Descibe*` the beginning of names that AWS has; other wildcards are not guessed at. */
function nearWildcard(pattern: string, names: readonly string[]): string | undefined {
  const [, beginning] = /^([A-Za-z0-9]+)\*$/.exec(pattern) ?? [];
  if (!beginning) return undefined;
  const words = names.flatMap((name) =>
    [...name.matchAll(/(?<=[a-z0-9])(?=[A-Z])|$/g)].map(({ index }) => name.slice(0, index)),
  );
  const near = nearName(beginning, [...new Set(words)]);
  return near && `${near}*`;
}
