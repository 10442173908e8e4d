/** Where a page of a list ends that is ordered by time and ID, newest first. */
export interface PageEnd {
  at: Date;
  id: string;
}

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function writeCursor({ at, id }: PageEnd): string {
  return `${at.toISOString()}_${id}`;
}

/** Undefined for what is none of ours; the list then begins at the newest. */
export function readCursor(cursor = ""): PageEnd | undefined {
  const [, time, id] = form.exec(cursor) ?? [];
  if (!time || !id) return undefined;
  const at = new Date(time);
  // PostgreSQL knows no year 0.
  return at.getUTCFullYear() > 0 ? { at, id } : undefined;
}
