import "server-only";
import { type LoggerOptions, pino } from "pino";
import { env } from "./env";

/**
 * The one log: a JSON line per event on standard output. Names of fields that could hold a secret, an external ID or a role
 * ARN are censored at any depth up to three; texts are censored by shape, because an error's message comes from elsewhere.
 */
const secretFields = [
  "externalId",
  "ExternalId",
  "external_id",
  "roleArn",
  "RoleArn",
  "role_arn",
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
  "token",
  "password",
  "secret",
  "authorization",
  "cookie",
];

/** Strangers choose what some of these texts say, so each shape is found in one pass over a text of any length. */
const secretShapes = [
  /arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+/g,
  /(?<=-)[0-9a-f]{32}\b/g,
  /\bck_[\w-]{43}(?![\w-])/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  /(postgres(?:ql)?:\/\/[^:@/\s]+):[^@/\s]+@/g,
];

const longestText = 8_192;

export function redact(text: string): string {
  const censored = secretShapes.reduce((rest, shape) => rest.replace(shape, "[redacted]"), text);
  return censored.length > longestText ? `${censored.slice(0, longestText)}…` : censored;
}

export function redactError(error: Error): Record<string, unknown> {
  return {
    type: error.name,
    code: (error as { code?: unknown }).code,
    message: redact(error.message),
    stack: redact(error.stack ?? ""),
    cause: error.cause instanceof Error ? redactError(error.cause) : undefined,
  };
}

/** How the log is written, apart from where to. */
export const logOptions = {
  level: env.LOG_LEVEL,
  base: { service: "crossaccount" },
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: redactError },
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    censor: "[redacted]",
  },
} satisfies LoggerOptions;

export const log = pino(logOptions);
