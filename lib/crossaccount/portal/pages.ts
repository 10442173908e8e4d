import { PortalError } from "./portal-error";
import type { Pages } from "./types";

/** By the parameter that takes what a page says of the next one. */
const parameters = { next_cursor: "cursor", older_before: "before" } as const;

export function pagesOf<Page extends { data: readonly unknown[] }>(
  next: keyof typeof parameters,
  read: (more: Record<string, string>) => Promise<Page>,
): Pages<Page> {
  const page = (after?: string) => read(after === undefined ? {} : { [parameters[next]]: after });
  return {
    page,
    async *[Symbol.asyncIterator]() {
      for (let after: string | undefined; ; ) {
        const { data, [next]: following } = (await page(after)) as Page & Partial<Record<typeof next, string | null>>;
        if (!Array.isArray(data) || (following && following === after)) throw notAList();
        yield* data;
        if (!following) return;
        after = following;
      }
    },
  };
}

function notAList(): PortalError {
  return new PortalError("answer-invalid", "The portal's answer is no list, or one without an end.");
}
