import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { daysAllowed } from "@/lib/api-keys/state";

const choices = [7, 30, 90, 180, 365];

interface LifetimeFieldProps {
  label: string;
  scopes: readonly string[];
  error: string | undefined;
}

/** For how many days a key works; fewer where it may get credentials. */
export function LifetimeField({ label, scopes, error }: LifetimeFieldProps) {
  const most = daysAllowed(scopes);
  return (
    <Field
      label={label}
      description={most < 365 ? `A key that gets credentials lives for ${most} days at most.` : undefined}
      error={error}
    >
      {(control) => (
        <Select {...control} key={most} name="days" defaultValue={90}>
          {choices
            .filter((days) => days <= most)
            .map((days) => (
              <option key={days} value={days}>
                after {days} days
              </option>
            ))}
        </Select>
      )}
    </Field>
  );
}
