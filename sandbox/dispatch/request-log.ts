/** One request as `GET /_sandbox/requests` shows it; holds no parameters and so no secrets. */
export interface LoggedRequest {
  time: string;
  service: string;
  operation: string;
  region: string;
  principal: string;
  /** 0 when the connection was closed without an answer. */
  status: number;
  errorCode?: string;
  /** Kinds of the faults that struck it. */
  faults?: string[];
}

const CAPACITY = 10_000;

/** The last requests, oldest first. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * CAPACITY) this.#entries = this.#entries.slice(-CAPACITY);
  }

  recent(): LoggedRequest[] {
    return this.#entries.slice(-CAPACITY);
  }

  clear(): void {
    this.#entries = [];
  }
}
