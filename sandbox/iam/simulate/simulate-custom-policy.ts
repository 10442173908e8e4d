import { read } from "../../protocol/input";
import type { Operation } from "../../service";
import { invalid, simulationParameters } from "./parameters";
import { simulate } from "./simulate";
import { customSubject } from "./subject";

export const simulateCustomPolicy: Operation = (input, context) => {
  const parameters = read(input, simulationParameters);
  context.authorize({ action: "iam:SimulateCustomPolicy", resource: "*" });
  if (parameters.PolicyInputList.length === 0) throw invalid("At least one policy must be given.");
  return simulate(customSubject(parameters, context), parameters);
};
