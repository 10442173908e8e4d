const names = new Intl.ListFormat("en", { type: "disjunction" });

/** Tells a viewer who can do what they may not. */
export function WhoCan({ admins, what }: { admins: readonly string[]; what: string }) {
  return (
    <p className="text-muted">
      {admins.length > 0
        ? `Admins of your team can ${what}. Ask ${names.format(admins)}.`
        : `Only an admin of your team can ${what}, and there is none yet.`}
    </p>
  );
}
