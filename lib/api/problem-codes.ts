import "server-only";
import { appErrors, type ErrorCode } from "@/lib/errors";
import { codeOfLibraryError } from "@/lib/translate-error";

/** Codes of the problems that have a status, the portal's own and the library's; none of a session, which no key has. */
export function problemCodes(status: number): string[] {
  const isOf = (code: ErrorCode) => appErrors[code].status === status && code !== "not-signed-in";
  const own = (Object.keys(appErrors) as ErrorCode[]).filter(isOf);
  const ofLibrary = Object.entries(codeOfLibraryError).filter(([, code]) => code !== "internal" && isOf(code));
  return [...new Set([...own, ...ofLibrary.map(([code]) => code)])];
}
