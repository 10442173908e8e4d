export { type CauseText, causeTexts, DIAGNOSIS_CAUSES, type DiagnosisCause } from "./causes";
export {
  type Diagnosis,
  type DiagnosisContext,
  type DiagnosisInput,
  diagnose,
  type KnownPermissions,
  type RankedCause,
  rankDenied,
} from "./diagnose";
export { diagnosisTable } from "./table";
