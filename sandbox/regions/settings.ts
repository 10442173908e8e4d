import { z } from "zod";
import type { Store } from "../store";
import { isRegion } from "./partition";
import { saveDisabled } from "./state";

export const regionSettings = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/),
  /** All Regions that the account has disabled; `[]` enables all. */
  disabled: z.array(
    z
      .string()
      .refine(isRegion, "There is no such Region")
      .refine((region) => region !== "us-east-1", "us-east-1 cannot be disabled"),
  ),
});

export type RegionSettings = z.infer<typeof regionSettings>;

export function setRegions(settings: RegionSettings, store: Store): void {
  const { accountId, disabled } = regionSettings.parse(settings);
  saveDisabled(accountId, disabled, store);
  store.changed();
}
