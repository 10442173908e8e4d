import type { TrustStatement } from "./document";
import { listingOperator, whyGuessesPass } from "./external-id";
import { guessesLike, listedIds, type TrustReading } from "./openings";
import { finding, type TrustFinding } from "./trust-finding";
import type { TrustSubject } from "./trust-subject";

const LABEL = "External ID";

/** With which external IDs a statement lets the vendor in. */
export function externalIdFindings(
  allow: TrustStatement,
  reading: TrustReading,
  { statements, externalId, othersExternalIds, admitsVendor }: TrustSubject,
): TrustFinding[] {
  const entering = listedIds(statements).filter((id) => reading.toVendor(allow, id));
  const operator = listingOperator(allow);
  const foreign = entering.some((id) => othersExternalIds.has(id))
    ? [finding("open", LABEL, `${operator} with the external ID of another connection, which may be anyone's`)]
    : [];
  const guess = reading.toGuesses(allow);
  if (guess) {
    const tried = [undefined, ...guessesLike(externalId).map((choice) => choice?.[0])];
    const sent = tried.some((id) => reading.toVendor(allow, id)?.sure);
    return [finding("open", LABEL, whyGuessesPass(allow), { sure: guess.sure, tried: sent }), ...foreign];
  }
  return [
    ...anySpelling(allow, reading, externalId),
    ...listed(entering, operator, externalId, admitsVendor),
    ...foreign,
  ];
}

function anySpelling(allow: TrustStatement, reading: TrustReading, externalId: string): TrustFinding[] {
  const other = [externalId.toUpperCase(), externalId.toLowerCase()].find((spelling) => spelling !== externalId);
  if (other === undefined || !reading.toVendor(allow, other)) return [];
  return [finding("wider", LABEL, `${listingOperator(allow)}: the ID in any upper or lower case passes`)];
}

function listed(
  entering: readonly string[],
  operator: string,
  externalId: string,
  admitsVendor: boolean,
): TrustFinding[] {
  if (entering.length === 0) return [];
  if (!entering.includes(externalId)) {
    const text = `${operator} with other IDs than this connection's`;
    return [finding(admitsVendor ? "notice" : "wider", LABEL, text)];
  }
  const others = entering.length - 1;
  return others === 0
    ? [finding("stated", LABEL, `${operator}, exactly this connection's`)]
    : [finding("notice", LABEL, `${operator}, this connection's and ${others} more, which it does not need`)];
}
