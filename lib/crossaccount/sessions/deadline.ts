import { TaskCancelledError, TimeoutStrategy, timeout } from "cockatiel";
import { CrossAccountError } from "../errors";

export type Deadline = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** Gives up waiting after so many milliseconds, and aborts the work. @throws CrossAccountError `aws-unavailable` */
export function createDeadline(milliseconds: number): Deadline {
  const policy = timeout(milliseconds, TimeoutStrategy.Aggressive);
  return async (work) => {
    try {
      return await policy.execute(({ signal }) => work(signal));
    } catch (error) {
      if (!(error instanceof TaskCancelledError)) throw error;
      throw new CrossAccountError(
        "aws-unavailable",
        `AWS, the storage or the access log did not answer within ${milliseconds / 1_000} seconds. Try again in a moment.`,
        { cause: error },
      );
    }
  };
}
