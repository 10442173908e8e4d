import { type ProbeOutcome, probeOutcome, wrongIdOfOtherShape, wrongIdOfSameShape } from "../checks/negative-probe";
import { checkRejectMissingExternalId } from "../checks/reject-missing-external-id";
import { checkRejectWrongExternalId } from "../checks/reject-wrong-external-id";
import type { CheckId } from "../types";
import { type Probe, probeNegatively } from "./probe";
import type { Progress } from "./progress";
import type { VerifyDependencies, VerifyRequest } from "./request";

export type Secrecy = "kept" | "insecure" | "inconclusive";

interface SecrecyOptions {
  deadline: number;
  progress: Progress;
  /** Aborts when one probe succeeded: the others then finish what they asked and ask no more. */
  signal: AbortSignal;
  onInsecure: () => void;
}

/** Proves that the role refuses who does not know the external ID. To be called after the positive probe succeeded. */
export async function proveSecrecy(
  probe: Probe,
  dependencies: VerifyDependencies,
  request: VerifyRequest,
  { deadline, progress, signal, onInsecure }: SecrecyOptions,
): Promise<Secrecy> {
  const { randomBytes } = dependencies;
  const send = async (id: CheckId, externalId: string | undefined): Promise<ProbeOutcome> => {
    const onWait = (attempt: number) => progress.waiting(id, "retry", attempt);
    const options = { deadline, signal, onWait };
    const outcome = probeOutcome(await probeNegatively(probe, externalId, dependencies, options));
    if (outcome.kind === "succeeded") onInsecure();
    return outcome;
  };

  progress.begin("reject-missing-external-id");
  progress.begin("reject-wrong-external-id");
  const [missing, sameShape, otherShape] = await Promise.all([
    send("reject-missing-external-id", undefined).then((outcome) => {
      progress.finish(checkRejectMissingExternalId(outcome));
      return outcome;
    }),
    send("reject-wrong-external-id", wrongIdOfSameShape(request.externalId, randomBytes)),
    send("reject-wrong-external-id", wrongIdOfOtherShape(randomBytes)),
  ]);
  progress.finish(checkRejectWrongExternalId({ sameShape, otherShape }));

  const outcomes = [missing, sameShape, otherShape];
  if (outcomes.some(({ kind }) => kind === "succeeded")) return "insecure";
  return outcomes.every(({ kind }) => kind === "refused") ? "kept" : "inconclusive";
}
