import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

export interface FieldControlProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  /** Receives what ties the control to its label, description and error. */
  children: (control: FieldControlProps) => ReactNode;
}

export function Field({ label, description, error, children }: FieldProps) {
  const id = useId();
  const describedBy = [description ? `${id}-description` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p id={`${id}-error`} role="alert" className="flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      ) : null}
      {description ? (
        <p id={`${id}-description`} className="text-muted text-sm">
          {description}
        </p>
      ) : null}
    </div>
  );
}
