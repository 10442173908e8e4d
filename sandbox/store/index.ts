import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * All state of the sandbox: one JSON-serialisable slice per service, in memory, written to a file (when one is given)
 * shortly after each change, so that a restart finds it.
 */
export class Store {
  #slices: Record<string, unknown> = {};
  #timer: NodeJS.Timeout | undefined;
  #lifetime = new AbortController();
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    if (file) this.#slices = read(file);
  }

  /** The slice of one service; made by `initial` when it does not exist yet. */
  slice<T extends object>(name: string, initial: () => T): T {
    this.#slices[name] ??= initial();
    return this.#slices[name] as T;
  }

  /** Aborts when what is here is forgotten: whatever goes on in the background then has nothing left to work on. */
  get lifetime(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** To be called after each request that may have changed something. */
  changed(): void {
    if (!this.#file || this.#timer) return;
    this.#timer = setTimeout(() => this.flush(), 50);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#file) return;
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.#slices), { mode: 0o600 });
    renameSync(next, this.#file);
  }

  close(): void {
    this.#lifetime.abort();
    this.flush();
  }

  reset(): void {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#slices = {};
    this.changed();
  }
}

function read(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
