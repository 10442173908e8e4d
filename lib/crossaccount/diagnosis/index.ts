export { type CauseText, causeTexts, DIAGNOSIS_CAUSES, type DiagnosisCause } from "./causes";
export { type Diagnosis, type DiagnosisContext, type DiagnosisInput, diagnose, type RankedCause } from "./diagnose";
export { diagnosisTable } from "./table";
