import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export interface RegionChoice {
  code: string;
  name: string;
  /** Regions of one partition are shown together, under this name. */
  partitionName: string;
}

interface ReviewFieldsProps {
  initial: { name: string; accountId: string | null; region: string };
  /** Account and Region are those of the role that is named already. */
  fixed: { place: boolean };
  regions: RegionChoice[];
  /** What is wrong, by field. */
  faults: Record<string, string>;
}

/** Name, account and Region. The fields keep their own values, so that they can be filled in before the page's script is there. */
export function ReviewFields({ initial, fixed, regions, faults }: ReviewFieldsProps) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Connection name" description="Only for you and your colleagues." error={faults.name}>
        {(control) => (
          <Input {...control} name="name" defaultValue={initial.name} maxLength={80} autoComplete="off" required />
        )}
      </Field>
      {fixed.place ? (
        <Known label="AWS account" value={initial.accountId ?? "Not known yet"} />
      ) : (
        <Field
          label="AWS account ID (optional)"
          description="12 digits, in the top right menu of the AWS console. With it, the role is found by itself."
          error={faults.accountId}
        >
          {(control) => (
            <Input
              {...control}
              name="accountId"
              defaultValue={initial.accountId ?? ""}
              inputMode="numeric"
              autoComplete="off"
              placeholder="1111-2222-3333"
              className="font-mono tabular-nums"
            />
          )}
        </Field>
      )}
      {fixed.place ? (
        <Known label="Region" value={initial.region} />
      ) : (
        <Field
          label="Region"
          description="Of the CloudFormation stack. The role works in every Region."
          error={faults.region}
        >
          {(control) => (
            <Select {...control} name="region" defaultValue={initial.region}>
              <RegionOptions regions={regions} />
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}

function RegionOptions({ regions }: { regions: RegionChoice[] }) {
  return [...new Set(regions.map(({ partitionName }) => partitionName))].map((title) => (
    <optgroup key={title} label={title}>
      {regions
        .filter(({ partitionName }) => partitionName === title)
        .map(({ code, name }) => (
          <option key={code} value={code}>
            {name === code ? code : `${name} · ${code}`}
          </option>
        ))}
    </optgroup>
  ));
}

function Known({ label, value }: { label: string; value: string }) {
  return (
    <div className="space-y-1.5">
      <p className="font-medium text-sm">{label}</p>
      <p className="py-2 font-mono text-[13px]">{value}</p>
    </div>
  );
}
