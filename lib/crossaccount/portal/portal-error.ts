import type { Problem } from "./api";

/** Codes of what the client itself finds; all others are those of the API's problems. */
export type PortalErrorCode =
  | Problem["code"]
  | "portal-unavailable"
  | "answer-invalid"
  | "verification-unfinished"
  | "aborted";

export interface PortalErrorDetails {
  /** HTTP status; missing where nothing answered. */
  status?: number;
  /** Tell it to whoever runs the portal when you ask about the request. */
  requestId?: string;
  /** Faults by field of the request. */
  fields?: Readonly<Record<string, string>>;
  /** Whether the same call, made again later, can succeed without a change. */
  tryAgain?: boolean;
  /** Seconds after which the portal wants to be asked again, where it said so. */
  retryAfterSeconds?: number;
}

/**
 * Why a call of the portal's API failed. Programs go by `code`; the message says what happened and what to do next. It holds neither
 * the API key nor what was sent.
 */
export class PortalError extends Error {
  override readonly name = "PortalError";
  readonly code: PortalErrorCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly fields: Readonly<Record<string, string>> | undefined;
  readonly tryAgain: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: PortalErrorCode, message: string, details: PortalErrorDetails = {}) {
    super(message);
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.fields = details.fields;
    this.tryAgain = details.tryAgain ?? false;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
