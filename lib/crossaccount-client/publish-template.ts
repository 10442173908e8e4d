import "server-only";
import {
  type CrossAccountClient,
  type CrossAccountConfig,
  configuredPartitions,
  partitionSettings,
} from "@/lib/crossaccount";

const FIRST_PAUSE_MILLISECONDS = 5_000;
const LONGEST_PAUSE_MILLISECONDS = 5 * 60_000;

interface Publishing {
  config: CrossAccountConfig;
  client: Pick<CrossAccountClient, "publishTemplate">;
  wait: (milliseconds: number) => Promise<void>;
  onFault: (error: unknown) => void;
}

/**
 * Puts the template into the bucket of every partition, again until it is there: pages only look where it lies. To be begun
 * when a process starts, and awaited by no one who serves.
 */
export async function publishTemplates({ config, client, wait, onFault }: Publishing): Promise<void> {
  const regions = configuredPartitions(config).map((name) => partitionSettings(config, name).defaultRegion);
  await Promise.all(
    regions.map(async (region) => {
      for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)) {
        try {
          await client.publishTemplate(region);
          return;
        } catch (error) {
          onFault(error);
          await wait(pause);
        }
      }
    }),
  );
}
