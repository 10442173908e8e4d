import { CircleAlert } from "lucide-react";

export interface ScopeMeaning {
  scope: string;
  /** What it lets its holder do, as a sentence. */
  meaning: string;
}

interface ScopeChoiceProps {
  scopes: readonly ScopeMeaning[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  error: string | undefined;
}

export function ScopeChoice({ scopes, chosen, onChange, error }: ScopeChoiceProps) {
  return (
    <fieldset aria-describedby={error ? "scopes-error" : undefined}>
      <legend className="font-medium text-sm">Scopes</legend>
      <p className="mt-0.5 text-[13px] text-muted">Choose what the program needs, and no more.</p>
      <ul className="mt-3 grid gap-3 sm:grid-cols-2">
        {scopes.map(({ scope, meaning }) => (
          <li key={scope}>
            <label className="flex items-start gap-2.5">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                className="mt-0.5 size-4 shrink-0 accent-accent"
                checked={chosen.includes(scope)}
                onChange={({ target }) =>
                  onChange(target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
                }
              />
              <span className="min-w-0">
                <code className="font-mono text-[12.5px]">{scope}</code>
                <span className="block text-[13px] text-muted">{meaning}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error ? (
        <p id="scopes-error" role="alert" className="mt-2 flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
