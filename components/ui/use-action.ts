"use client";

import { useState } from "react";
import type { ActionResult } from "@/lib/action";
import { requestProblem } from "./request-problem";

/** A server action behind a button: whether it is under way, and what went wrong, in words. */
export function useAction<Data>(ask: () => Promise<ActionResult<Data>>) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(onDone: (data: Data) => void) {
    setPending(true);
    setProblem(null);
    try {
      const result = await ask();
      if (result.ok) onDone(result.data);
      else setProblem(result.message);
    } catch (error) {
      setProblem(requestProblem(error));
    } finally {
      setPending(false);
    }
  }

  return { pending, problem, run };
}
