import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { consoleToLog } from "./console-lines";
import { log } from "./log";

const kept = { ...console };
beforeEach(() => {
  for (const level of ["error", "warn", "info"] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  consoleToLog();
});
afterEach(() => {
  Object.assign(console, kept);
  vi.restoreAllMocks();
});

test("what a page failed with is an error of the log, with its kind", () => {
  const error = new Error("The page failed");
  console.error(error);
  expect(log.error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ err: error }), "The page failed");
});

test("a warning of Node is none of our faults", () => {
  console.error("(node:11191) [DEP0169] DeprecationWarning: `url.parse()` behavior is not standardized");
  expect(log.error).not.toHaveBeenCalled();
  expect(log.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("DEP0169"));
});

test("what else is printed keeps its level, and is censored like the rest", () => {
  console.warn("careful");
  console.log("Bearer", "ASIAIOSFODNN7EXAMPLE");
  expect(log.warn).toHaveBeenCalledExactlyOnceWith("careful");
  expect(JSON.stringify(vi.mocked(log.info).mock.calls)).not.toContain("ASIAIOSFODNN7EXAMPLE");
});
