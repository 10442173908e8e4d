import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge";
import { classNames } from "./class-names";

const looks: Record<Tone, { icon: LucideIcon; box: string; ink: string }> = {
  neutral: { icon: Info, box: "border-line bg-sunken", ink: "text-muted" },
  info: { icon: Info, box: "border-info-line bg-info-soft", ink: "text-info" },
  success: { icon: CircleCheck, box: "border-success-line bg-success-soft", ink: "text-success" },
  warning: { icon: TriangleAlert, box: "border-warning-line bg-warning-soft", ink: "text-warning" },
  danger: { icon: CircleAlert, box: "border-danger-line bg-danger-soft", ink: "text-danger" },
};

interface AlertProps {
  tone: Tone;
  title?: string;
  children?: ReactNode;
  /** `alert` for what just went wrong; nothing for what stands on the page from the start. */
  role?: "alert" | "status";
  /** As wide within as the cards that it stands among. */
  roomy?: boolean;
  className?: string;
}

export function Alert({ tone, title, children, role, roomy = false, className }: AlertProps) {
  const { icon: Icon, box, ink } = looks[tone];
  return (
    <div
      role={role}
      className={classNames("flex gap-3 rounded-lg border", roomy ? "px-5 py-4" : "px-4 py-3", box, className)}
    >
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1 space-y-1">
        {title ? <p className={classNames("font-medium", tone !== "neutral" && ink)}>{title}</p> : null}
        {children ? <div className="text-ink/90 [&_a]:underline [&_a]:underline-offset-2">{children}</div> : null}
      </div>
    </div>
  );
}
