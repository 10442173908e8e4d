export { DIAGNOSIS_CAUSES, type DiagnosisCause } from "../types";
export { type CauseText, causeTexts } from "./causes";
export {
  type Diagnosis,
  type DiagnosisContext,
  type DiagnosisInput,
  diagnose,
  type KnownPermissions,
  type RankedCause,
  rankDenied,
} from "./diagnose";
export { rankFindings } from "./gravity";
export { diagnosisTable } from "./table";
