import { arnTrials, assumeTrials } from "./assume";
import { excessTrials, permissionTrials } from "./permissions";
import { boundaryTrials, roleTrials, setupTrials } from "./role";
import type { RemedyTrial } from "./trial";
import { identityTrials, trustTrials } from "./trust";

export type { RemedyTrial } from "./trial";

export const remedyTrials: readonly RemedyTrial[] = [
  ...assumeTrials,
  ...arnTrials,
  ...trustTrials,
  ...identityTrials,
  ...permissionTrials,
  ...excessTrials,
  ...boundaryTrials,
  ...roleTrials,
  ...setupTrials,
];
