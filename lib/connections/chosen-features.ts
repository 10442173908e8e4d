import "server-only";
import { config } from "@/lib/config";
import { AppError } from "@/lib/errors";

/** In the config's order; its defaults unless given. @throws AppError `invalid-input` for one that the config does not have */
export function chosenFeatures(chosen: readonly string[] | undefined): string[] {
  if (chosen?.some((id) => !config.features.some((feature) => feature.id === id)))
    throw new AppError("invalid-input", "One of the features chosen is not offered any more. Reload the page.");
  return config.features
    .filter((feature) => (chosen ? chosen.includes(feature.id) : feature.default))
    .map(({ id }) => id);
}
