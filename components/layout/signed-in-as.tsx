import { TextLink } from "@/components/ui/text-link";

/** As whom, and the way to be someone else. */
export function SignedInAs({ who }: { who: string | null }) {
  if (who === null) {
    return (
      <p className="text-muted">
        You are not signed in. <TextLink href="/sign-in">Sign in</TextLink>
      </p>
    );
  }
  return (
    <p className="text-muted">
      You are signed in as <span className="text-ink">{who}</span>.{" "}
      <TextLink href="/sign-out">Sign in as someone else</TextLink>
    </p>
  );
}
