import { AwsError } from "../service";

const DEFAULT_PAGE = 100;

export interface Page {
  Marker: string | undefined;
  MaxItems: number | undefined;
}

/** One page of a list, which is in a stable order; the marker names the last item of the page before. */
export function paginate<T>(items: T[], keyOf: (item: T) => string, { Marker, MaxItems = DEFAULT_PAGE }: Page) {
  const after = Marker === undefined ? "" : decode(Marker);
  const sorted = items.filter((item) => keyOf(item) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = sorted.slice(0, MaxItems);
  const last = page.at(-1);
  const IsTruncated = sorted.length > page.length;
  return {
    page,
    position: {
      IsTruncated,
      ...(IsTruncated && last !== undefined ? { Marker: Buffer.from(keyOf(last)).toString("base64url") } : {}),
    },
  };
}

function decode(marker: string): string {
  const text = Buffer.from(marker, "base64url").toString();
  if (Buffer.from(text).toString("base64url") === marker) return text;
  throw new AwsError("ValidationError", "Invalid Marker");
}
