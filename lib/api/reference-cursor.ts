/** The end of a page of customers, which are in the order of their references. */
export function writeReferenceCursor(reference: string): string {
  return Buffer.from(reference).toString("base64url");
}

/** Undefined for what is none of ours. */
export function readReferenceCursor(cursor: string): string | undefined {
  const reference = Buffer.from(cursor, "base64url").toString();
  return writeReferenceCursor(reference) === cursor && !/[\0\uFFFD]/.test(reference) ? reference : undefined;
}
