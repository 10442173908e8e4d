"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { setupPath } from "@/components/connections/paths";
import { type WizardStep, wizardSteps } from "@/lib/connections/wizard";

interface GoOnProps {
  customer: string;
  connectionId: string;
  /** The step of this page. */
  step: WizardStep;
  /** Where the connection goes on now. */
  next: WizardStep;
}

/** The step that was last waited at in this tab. */
let lastWait: { connectionId: string; step: WizardStep } | null = null;

/**
 * Goes on by itself as soon as what the step waits for is true, whoever made it so, also when that happened on the way to its page. A step
 * that was done before and is opened from elsewhere stays: someone came back to it.
 */
export function GoOn({ customer, connectionId, step, next }: GoOnProps) {
  const router = useRouter();
  const waits = useRef(false);

  useEffect(() => {
    const cameForward = lastWait?.connectionId === connectionId && isBehind(step, lastWait.step);
    waits.current ||= cameForward || !isBehind(next, step);
    if (!waits.current) return;
    lastWait = { connectionId, step };
    if (isBehind(next, step)) router.push(setupPath(customer, connectionId, next));
  }, [customer, connectionId, step, next, router]);

  return null;
}

function isBehind(one: WizardStep, other: WizardStep): boolean {
  return wizardSteps.indexOf(one) > wizardSteps.indexOf(other);
}
