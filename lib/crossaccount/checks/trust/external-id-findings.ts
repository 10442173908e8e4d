import type { TrustStatement } from "./document";
import { listingOperator, whyGuessesPass } from "./external-id";
import { guessesLike, listedIds, type TrustReading } from "./openings";
import { finding, type TrustFinding } from "./trust-finding";
import type { TrustSubject } from "./trust-subject";

const LABEL = "External ID";

/** The connection's external IDs: two while one is rotated. */
export function ownIds({ externalId, rotatedId }: Pick<TrustSubject, "externalId" | "rotatedId">): string[] {
  return rotatedId === undefined ? [externalId] : [externalId, rotatedId];
}

/** With which external IDs a statement lets the vendor in. */
export function externalIdFindings(
  allow: TrustStatement,
  reading: TrustReading,
  subject: TrustSubject,
): TrustFinding[] {
  const { statements, externalId, othersExternalIds, admitsVendor } = subject;
  const entering = listedIds(statements).filter((id) => reading.toVendor(allow, id));
  const operator = listingOperator(allow);
  const foreign = entering.some((id) => othersExternalIds.has(id))
    ? [finding("open", LABEL, `${operator} with the external ID of another connection, which may be anyone's`)]
    : [];
  const guess = reading.toGuesses(allow);
  if (guess) {
    const tried = [undefined, ...guessesLike(externalId).map((choice) => choice?.[0])];
    const sent = tried.some((id) => reading.toVendor(allow, id)?.sure);
    const nonePasses = reading.toVendor(allow, undefined) !== null;
    return [finding("open", LABEL, whyGuessesPass(allow, nonePasses), { sure: guess.sure, tried: sent }), ...foreign];
  }
  return [
    ...anySpelling(allow, reading, ownIds(subject)),
    ...listed(entering, operator, ownIds(subject), admitsVendor),
    ...foreign,
  ];
}

function anySpelling(allow: TrustStatement, reading: TrustReading, own: readonly string[]): TrustFinding[] {
  const others = own.flatMap(
    (id) => [id.toUpperCase(), id.toLowerCase()].find((spelling) => !own.includes(spelling)) ?? [],
  );
  if (!others.some((other) => reading.toVendor(allow, other))) return [];
  return [finding("wider", LABEL, `${listingOperator(allow)}: the ID in any upper or lower case passes`)];
}

function listed(
  entering: readonly string[],
  operator: string,
  own: readonly string[],
  admitsVendor: boolean,
): TrustFinding[] {
  if (entering.length === 0) return [];
  const admitted = entering.filter((id) => own.includes(id)).length;
  if (admitted === 0) {
    const text = `${operator} with other IDs than this connection's`;
    return [finding(admitsVendor ? "notice" : "wider", LABEL, text)];
  }
  const others = entering.length - admitted;
  if (others > 0)
    return [finding("notice", LABEL, `${operator}, this connection's and ${others} more, which it does not need`)];
  const which =
    admitted === 1 ? "exactly this connection's" : "both of this connection's, while one replaces the other";
  return [finding("stated", LABEL, `${operator}, ${which}`)];
}
