import type { CrossAccountConfig } from "@/lib/crossaccount";
import type { Environment } from "./processes";
import type { Programs } from "./programs";
import type { LocalSecrets } from "./secrets";

export interface LocalOptions {
  /** Where data and secrets are kept. */
  directory: string;
  port: number;
  operator: Environment;
  /** What the vendor declared. Asked for once the environment is complete; what it throws stops the start. */
  vendorConfig: (environment: Environment) => Promise<CrossAccountConfig>;
  onLine?: (name: string, line: string) => void;
  /** For tests: the database does not outlive them. */
  disposable?: boolean;
}

/** What each part of a start works with; parts add to the environment. */
export interface Part {
  options: LocalOptions;
  secrets: LocalSecrets;
  environment: Environment;
  programs: Programs;
}
