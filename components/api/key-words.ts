import type { Tone } from "@/components/ui/badge";
import type { ApiKeyView } from "@/lib/api-keys/schema";
import type { ApiKeyState } from "@/lib/api-keys/state";

export const keyStateWords: Record<ApiKeyState, { word: string; tone: Tone }> = {
  active: { word: "Active", tone: "success" },
  expired: { word: "Expired", tone: "neutral" },
  revoked: { word: "Revoked", tone: "neutral" },
};

/** As part of a sentence. */
export function keyMaker({ type, id, name }: ApiKeyView["madeBy"]): string {
  if (name) return name;
  return type === "system" ? `the ${id}` : "someone who is gone";
}

export const allCustomers = "All customers";
