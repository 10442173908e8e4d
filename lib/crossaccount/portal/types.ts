export interface CallOptions {
  signal?: AbortSignal;
}

export interface WriteOptions extends CallOptions {
  /** The same for each call that is to be done once, also by other processes; a new one for each call unless given. */
  idempotencyKey?: string;
}

/** A list of the API: all of it with `for await`, a page after the other, or one page. */
export interface Pages<Page extends { data: readonly unknown[] }> extends AsyncIterable<Page["data"][number]> {
  /** The first page, or the one that `next_cursor` (`older_before` of a history) of another one leads to. */
  page(after?: string): Promise<Page>;
}

export type Path = readonly string[];
export type Query = Readonly<Record<string, unknown>>;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How calls of the API are sent: as the operations of the API need it. */
export interface Transport {
  get<Answer>(path: Path, query?: Query, options?: CallOptions): Promise<Answer>;
  pages<Page extends { data: readonly unknown[] }>(
    path: Path,
    query: Query,
    next: "next_cursor" | "older_before",
    options?: CallOptions,
  ): Pages<Page>;
  /** A write that accepts an Idempotency-Key, so that it may be sent again. */
  write<Answer>(method: Method, path: Path, body?: unknown, options?: WriteOptions, query?: Query): Promise<Answer>;
  /** A write that is sent once. */
  send<Answer>(method: Method, path: Path, body?: unknown, options?: CallOptions): Promise<Answer>;
}
