import "server-only";
import { checkReadiness } from "./readiness";

const BELIEVED_MS = 1_000;
const PATIENCE_MS = 5_000;

let asked = Number.NEGATIVE_INFINITY;
let answer: Promise<boolean> = Promise.resolve(true);

/** Whether the database answers, or did within the last second. However many ask, it is asked once. */
export function databaseAnswers(): Promise<boolean> {
  if (performance.now() - asked > BELIEVED_MS) {
    asked = performance.now();
    answer = ask().finally(() => {
      asked = performance.now();
    });
  }
  return answer;
}

async function ask(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((settle) => {
    timer = setTimeout(settle, PATIENCE_MS, false);
  });
  return Promise.race([checkReadiness(), late]).finally(() => clearTimeout(timer));
}
