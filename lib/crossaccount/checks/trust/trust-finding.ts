/**
 * `open`: others than the vendor may assume the role, or the vendor without this external ID. `wider`: more than the template
 * allows, but by nobody outside the two accounts. `notice`: harmless, worth a look. `stated`: lets nobody else in, and is said
 * so that the customer sees it.
 */
export interface TrustFinding {
  severity: "open" | "wider" | "notice" | "stated";
  label: string;
  text: string;
  /** False where something of the statement was not understood, and taken for the worse. */
  sure: boolean;
  /** AWS must have allowed a request that was tried, if it reads the policy as it is read here. */
  tried: boolean;
}

export function finding(
  severity: TrustFinding["severity"],
  label: string,
  text: string,
  { sure = true, tried = false }: Partial<Pick<TrustFinding, "sure" | "tried">> = {},
): TrustFinding {
  return { severity, label, text, sure, tried };
}
