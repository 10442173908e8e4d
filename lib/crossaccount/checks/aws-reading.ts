import type { IAMClient } from "@aws-sdk/client-iam";
import { type AwsFailure, classifyError } from "../aws/classify-error";

/** Runs one read, with whatever retries and time limit the caller allows. Rejects with the AWS error. */
export type AwsRead = <T>(read: (options: { abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;

export interface Reading {
  iam: IAMClient;
  read: AwsRead;
}

/** Something about the role that could not be read, and the IAM action that was refused or gave no answer. */
export interface Unreadable {
  /** Policy name, or what it is. */
  what: string;
  /** Of a managed policy. */
  arn?: string;
  action: string;
  failure: AwsFailure;
  /** It is the permissions boundary, which grants nothing. */
  boundary?: boolean;
}

export type Result<T> = { ok: true; value: T } | { ok: false; unreadable: Unreadable };

export async function attempt<T>(
  { read }: Pick<Reading, "read">,
  what: string,
  action: string,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<Result<T>> {
  try {
    return { ok: true, value: await read(send) };
  } catch (error) {
    return { ok: false, unreadable: { what, action, failure: classifyError(error) } };
  }
}

/** All items of a list that AWS gives page by page. */
export async function pages<T>(read: (marker?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  do {
    const page = await read(marker);
    all.push(...page.items);
    marker = page.next;
  } while (marker);
  return all;
}
