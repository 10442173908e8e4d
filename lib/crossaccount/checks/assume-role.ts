import type { AwsFailure } from "../aws/classify-error";
import { type DiagnosisContext, diagnose } from "../diagnosis";
import type { Check } from "../types";
import { check, fact } from "./check";
import { diagnosed } from "./diagnosed";

export interface AssumeRoleAttempts {
  /** Absent when the last attempt succeeded. */
  failure?: AwsFailure;
  attempts: number;
  elapsedMs: number;
  region: string;
  /** What is known besides AWS's answer. */
  context?: DiagnosisContext;
}

/** Judges the positive probe: AssumeRole with the connection's own external ID. */
export function checkAssumeRole({ failure, attempts, elapsedMs, region, context }: AssumeRoleAttempts): Check {
  const asked = fact("Asked", `${times(attempts, elapsedMs)}, in ${region}`);
  if (!failure) return check("assume-role", "passed", [fact("Answer", "Allowed"), asked]);
  const diagnosis = diagnose({ call: "AssumeRole", failure, context: { region, ...context } });
  const aboutRole = diagnosis.cause !== "own-identity" && ["refused", "region-disabled"].includes(failure.kind);
  return diagnosed("assume-role", aboutRole ? "failed" : "warning", diagnosis, [asked]);
}

function times(count: number, elapsedMs: number): string {
  return count === 1 ? "1 time" : `${count} times over ${seconds(elapsedMs)}`;
}

function seconds(milliseconds: number): string {
  const count = Math.round(milliseconds / 1_000);
  return count === 1 ? "1 second" : `${count} seconds`;
}
