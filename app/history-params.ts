import { z } from "zod";

export interface HistoryParams {
  run?: string | string[];
  before?: string | string[];
}

const instant = z.iso.datetime().transform((text) => new Date(text));

/** The run that is open, and before what time the page of the history ends; without what is neither. */
export function readHistoryParams({ run, before }: HistoryParams): { run?: string; before?: Date } {
  const { data } = instant.safeParse(before);
  return { ...(typeof run === "string" && { run }), ...(data && { before: data }) };
}
