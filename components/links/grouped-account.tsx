/** The 12 digits as the AWS console shows them; copied without the dashes that only part them for the eye. */
export function GroupedAccount({ accountId }: { accountId: string }) {
  const groups = accountId.match(/\d{4}/g) ?? [accountId];
  return <span className="whitespace-nowrap font-mono tabular-nums">{groups.join("-")}</span>;
}
