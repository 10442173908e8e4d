import { Check } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import type { WizardStep } from "@/lib/connections/wizard";
import type { StepProgress } from "./wizard-progress";

interface WizardStepperProps {
  steps: StepProgress[];
  current: WizardStep;
  hrefOf: (step: WizardStep) => string | null;
}

/** Progress through the wizard: a line of five on a phone, a list beside the step on a desktop. */
export function WizardStepper({ steps, current, hrefOf }: WizardStepperProps) {
  const position = steps.findIndex(({ step }) => step === current) + 1;
  return (
    <nav aria-label="Steps">
      <p aria-hidden className="mb-2 text-[13px] text-muted lg:hidden">
        Step {position} of {steps.length} · <span className="text-ink">{steps[position - 1]?.title}</span>
      </p>
      <ol className="flex gap-1.5 lg:flex-col lg:gap-0.5">
        {steps.map((progress, index) => (
          <li key={progress.step} className="flex-1 lg:flex-none">
            <Step
              progress={progress}
              number={index + 1}
              isCurrent={progress.step === current}
              href={progress.reached && progress.step !== current ? hrefOf(progress.step) : null}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepProps {
  progress: StepProgress;
  number: number;
  isCurrent: boolean;
  href: string | null;
}

function Step({ progress, number, isCurrent, href }: StepProps) {
  const look = classNames(
    "block rounded-full py-2 lg:flex lg:items-center lg:gap-3 lg:rounded-lg lg:px-2.5 lg:py-2",
    isCurrent ? "font-medium text-ink lg:bg-sunken" : "text-muted",
    href && "hover:text-ink lg:hover:bg-hover",
  );
  const content = (
    <>
      <span
        aria-hidden
        className={classNames("block h-1 rounded-full lg:hidden", isCurrent || progress.done ? "bg-accent" : "bg-line")}
      />
      <Marker done={progress.done} isCurrent={isCurrent} number={number} />
      <span className="sr-only lg:not-sr-only">{progress.title}</span>
      {progress.done ? <span className="sr-only"> (complete)</span> : null}
    </>
  );
  if (href) {
    return (
      <Link href={href} className={look}>
        {content}
      </Link>
    );
  }
  return (
    <span aria-current={isCurrent ? "step" : undefined} className={look}>
      {content}
    </span>
  );
}

function Marker({ done, isCurrent, number }: { done: boolean; isCurrent: boolean; number: number }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "hidden size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs lg:flex",
        isCurrent && "border-transparent bg-accent text-on-accent",
        !isCurrent && done && "border-success-line bg-success-soft text-success",
        !isCurrent && !done && "border-line bg-surface",
      )}
    >
      {done && !isCurrent ? <Check className="size-3.5" /> : number}
    </span>
  );
}
