import { faultRules } from "../faults/rule";
import { organizationSettings } from "../organization/settings";
import type { RequestLog } from "../request-log";
import type { Controls } from "./controls";

export interface ControlTools {
  controls: Controls;
  log: RequestLog;
}

/** Answers by method and path; one that returns nothing is answered 204. */
export const routes: Record<string, (body: unknown, tools: ControlTools) => unknown> = {
  "GET /_sandbox/health": () => ({ status: "running" }),
  "GET /_sandbox/requests": (_body, { log }) => ({ requests: log.recent() }),
  "GET /_sandbox/faults": (_body, { controls }) => ({ faults: controls.faults.list() }),
  "POST /_sandbox/faults": (body, { controls }) => controls.faults.set(faultRules.parse(body)),
  "POST /_sandbox/organization": (body, { controls }) => controls.setOrganization(organizationSettings.parse(body)),
  "POST /_sandbox/reset": (_body, { controls }) => controls.reset(),
};
