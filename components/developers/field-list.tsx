export interface ShownField {
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

export function FieldList({ title, fields }: { title: string; fields: readonly ShownField[] }) {
  return (
    <div>
      <h3 className="font-medium text-muted text-xs">{title}</h3>
      <ul className="mt-1 divide-y divide-line">
        {fields.map(({ name, type, isRequired, description }) => (
          <li key={name} className="py-2">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <code className="break-all font-mono text-[12.5px]">{name}</code>
              <span className="min-w-0 break-words text-muted text-xs">{type}</span>
              {isRequired ? <span className="text-xs">required</span> : null}
            </p>
            {description ? <p className="text-muted">{description}</p> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
