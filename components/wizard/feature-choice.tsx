import type { PermissionReviewView } from "@/lib/connections/review-schema";

interface FeatureChoiceProps {
  features: PermissionReviewView["features"];
  chosen: readonly string[];
  /** The stack that was verified says which there are. */
  fixed: boolean;
  onChange: (chosen: readonly string[]) => void;
}

/** What the vendor offers besides: each adds permissions, and can be chosen later by updating the stack. */
export function FeatureChoice({ features, chosen, fixed, onChange }: FeatureChoiceProps) {
  if (features.length === 0) return null;
  return (
    <fieldset disabled={fixed}>
      <legend className="font-medium text-sm">Features</legend>
      <p className="mt-0.5 text-[13px] text-muted">
        {fixed
          ? "As the role has them. To choose others, update the stack."
          : "Each adds permissions to the role. You can choose them later too, by updating the stack."}
      </p>
      <ul className="mt-2 space-y-2">
        {features.map(({ id, title, why }) => (
          <li key={id}>
            <label className="flex items-start gap-2.5">
              <input
                type="checkbox"
                name="feature"
                value={id}
                className="mt-1 size-4 accent-accent"
                checked={chosen.includes(id)}
                onChange={({ target }) =>
                  onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
              />
              <span>
                <span className="font-medium">{title}</span>
                <span className="block text-[13px] text-muted">{why}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
