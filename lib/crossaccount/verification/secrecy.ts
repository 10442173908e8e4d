import { retry } from "../aws/retry";
import { type ProbeOutcome, probeOutcome, wrongIdOfOtherShape, wrongIdOfSameShape } from "../checks/negative-probe";
import { checkRejectMissingExternalId } from "../checks/reject-missing-external-id";
import type { WrongIdOutcomes } from "../checks/reject-wrong-external-id";
import type { CheckId } from "../types";
import { type Probe, probeNegatively } from "./probe";
import type { Progress } from "./progress";
import { retrying, type VerifyDependencies, type VerifyRequest } from "./request";

export type Secrecy = "kept" | "insecure" | "inconclusive";

interface SecrecyOptions {
  deadline: number;
  progress: Progress;
  /** Aborts when one probe succeeded: the others then finish what they asked and ask no more. */
  signal: AbortSignal;
  onInsecure: () => void;
}

/** What the negative probes prove, and what the check of wrong external IDs is judged by. */
export interface ProvenSecrecy {
  secrecy: Secrecy;
  wrong: WrongIdOutcomes;
}

/** Without an external ID, with a wrong one of the same shape, and with one of another shape. */
type Outcomes = readonly [missing: ProbeOutcome, sameShape: ProbeOutcome, otherShape: ProbeOutcome];

/**
 * Proves that the role refuses who does not know the external ID. To be called after the positive probe succeeded; it is
 * sent once more among the negative ones, for a server of AWS that does not know the role yet refuses everything.
 */
export async function proveSecrecy(
  probe: Probe,
  dependencies: VerifyDependencies,
  request: VerifyRequest,
  { deadline, progress, signal, onInsecure }: SecrecyOptions,
): Promise<ProvenSecrecy> {
  const { randomBytes } = dependencies;
  const send = async (id: CheckId, externalId: string | undefined): Promise<ProbeOutcome> => {
    const onWait = (attempt: number) => progress.waiting(id, "retry", attempt);
    const options = { deadline, signal, onWait };
    const outcome = probeOutcome(await probeNegatively(probe, externalId, dependencies, options));
    if (outcome.kind === "succeeded") onInsecure();
    return outcome;
  };
  const sendAll = (): Promise<Outcomes> =>
    Promise.all([
      send("reject-missing-external-id", undefined),
      send("reject-wrong-external-id", wrongIdOfSameShape(request.externalId, randomBytes)),
      send("reject-wrong-external-id", wrongIdOfOtherShape(randomBytes)),
    ]);

  progress.begin("reject-missing-external-id");
  progress.begin("reject-wrong-external-id");
  const [missing, sameShape, otherShape] = await retry(() => confirmed(sendAll, () => probe(request.externalId)), {
    ...retrying(dependencies, deadline, signal),
    again: (outcomes) => outcomes.some(({ kind }) => kind === "unconfirmed"),
    onWait: (attempt) => progress.waiting("reject-missing-external-id", "iam-propagation", attempt),
  });
  progress.finish(checkRejectMissingExternalId(missing));

  const outcomes = [missing, sameShape, otherShape];
  return { secrecy: secrecyOf(outcomes), wrong: { sameShape, otherShape } };
}

function secrecyOf(outcomes: readonly ProbeOutcome[]): Secrecy {
  if (outcomes.some(({ kind }) => kind === "succeeded")) return "insecure";
  return outcomes.every(({ kind }) => kind === "refused") ? "kept" : "inconclusive";
}

/** Refusals count only if the right external ID is not refused among them. No clear answer to it takes nothing away. */
async function confirmed(sendAll: () => Promise<Outcomes>, confirm: () => ReturnType<Probe>): Promise<Outcomes> {
  const [outcomes, positive] = await Promise.all([sendAll(), confirm()]);
  const refused = !positive.ok && positive.failure.kind === "refused";
  if (!refused || !outcomes.every(({ kind }) => kind === "refused")) return outcomes;
  const unconfirmed: ProbeOutcome = { kind: "unconfirmed" };
  return [unconfirmed, unconfirmed, unconfirmed];
}
