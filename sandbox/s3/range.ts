import { S3Error } from "./error";

export interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

/** One byte range; a header that is not of that form is ignored, as RFC 9110 asks. */
export function parseRange(text: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? "");
  if (!match || match[0] === "bytes=-") return undefined;
  const [, from = "", to = ""] = match;
  if (from !== "" && to !== "" && Number(from) > Number(to)) return undefined;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start < size && end >= start) return { start, end };
  throw new S3Error("InvalidRange", "The requested range is not satisfiable", 416, {
    RangeRequested: text ?? "",
    ActualObjectSize: String(size),
  });
}
