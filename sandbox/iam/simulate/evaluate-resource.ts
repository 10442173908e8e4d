import { holds } from "../../policy/condition";
import type { PolicyDocument } from "../../policy/document";
import { applies, concerns, type EvaluationRequest, evaluate } from "../../policy/evaluate";
import { RequestKeys } from "../../policy/request-keys";
import { unknownText } from "../state";
import type { Subject } from "./subject";

export type Outcome = "allowed" | "explicitDeny" | "implicitDeny";

export interface ResourceEvaluation {
  resource: string;
  outcome: Outcome;
  matched: { SourcePolicyId: string; SourcePolicyType: string }[];
  missing: string[];
  allowedByBoundary?: boolean;
  allowedByOrganization?: boolean;
}

export interface SimulatedRequest {
  action: string;
  resource: string;
  /** Context keys that were sent. */
  given: Record<string, string[]>;
}

/** Decides one action on one resource as the simulator does: no request, resource policy or session is part of it. */
export function evaluateResource(subject: Subject, { action, resource, given }: SimulatedRequest): ResourceEvaluation {
  const { caller, policies, opaque, boundary, serviceControl } = subject;
  const missing = new Set<string>();
  const keysHearing = (onMissing: (key: string) => void) => new RequestKeys({ ...subject.keys, ...given }, onMissing);
  const request = (keys: RequestKeys): EvaluationRequest => ({
    caller,
    action,
    resource,
    resourceAccountId: caller.accountId,
    keys,
  });
  const quiet = request(keysHearing(() => undefined));
  const heard = request(keysHearing((key) => missing.add(key)));
  const own = [...policies.map(({ document }) => document), ...(boundary ? [boundary] : [])];
  askForAllKeys(own, heard);
  const decision = evaluate(
    {
      identity: policies.map(({ document }) => document),
      ...(boundary ? { boundary } : {}),
      ...(serviceControl ? { serviceControl } : {}),
    },
    quiet,
  );
  if (opaque && !decision.allowed && !decision.explicit && decision.by === "identity") throw unknownText(opaque);
  const outcome = decision.allowed ? "allowed" : decision.explicit ? "explicitDeny" : "implicitDeny";
  return {
    resource,
    outcome,
    matched: matchedStatements(subject, outcome, quiet),
    missing: [...missing],
    ...(boundary ? { allowedByBoundary: evaluate({ identity: [boundary] }, quiet).allowed } : {}),
    ...(serviceControl
      ? { allowedByOrganization: evaluate({ identity: anything, serviceControl }, quiet).allowed }
      : {}),
  };
}

const anything: PolicyDocument[] = [
  {
    version: "2012-10-17",
    versionStated: true,
    statements: [
      {
        effect: "Allow",
        actions: { negated: false, patterns: ["*"] },
        resources: { negated: false, patterns: ["*"] },
        conditions: [],
      },
    ],
  },
];

function askForAllKeys(documents: PolicyDocument[], request: EvaluationRequest): void {
  for (const document of documents) {
    const concerned = document.statements.filter((statement) => concerns(statement, document, request));
    for (const condition of concerned.flatMap(({ conditions }) => conditions)) holds(condition, request.keys);
  }
}

/** Statements behind the decision; a denial by a service control policy shows none. */
function matchedStatements({ policies }: Subject, outcome: Outcome, request: EvaluationRequest) {
  if (outcome === "implicitDeny") return [];
  const effect = outcome === "allowed" ? "Allow" : "Deny";
  return policies.flatMap(({ id, type, document }) =>
    document.statements
      .filter((statement) => statement.effect === effect && applies(statement, document, request))
      .map(() => ({ SourcePolicyId: id, SourcePolicyType: type })),
  );
}
