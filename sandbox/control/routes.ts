import { z } from "zod";
import { launchRequest } from "../console/launch-stack";
import type { RequestLog } from "../dispatch/request-log";
import { faultRules } from "../faults/rule";
import { organizationSettings } from "../organization/settings";
import { regionSettings } from "../regions/settings";
import { tokenRequest } from "../web-identity/token";
import type { Controls } from "./controls";
import { publicBucketRequest } from "./public-bucket";

export interface ControlTools {
  controls: Controls;
  log: RequestLog;
}

const propagation = z.strictObject({ ms: z.int().min(0) });

/** Answers by method and path; one that returns nothing is answered 204. */
export const routes: Record<string, (body: unknown, tools: ControlTools) => unknown> = {
  "GET /_sandbox/health": () => ({ status: "running" }),
  "GET /_sandbox/requests": (_body, { log }) => ({ requests: log.recent() }),
  "GET /_sandbox/faults": (_body, { controls }) => ({ faults: controls.faults.list() }),
  "POST /_sandbox/faults": (body, { controls }) => controls.faults.set(faultRules.parse(body)),
  "PATCH /_sandbox/faults": (body, { controls }) => controls.faults.add(faultRules.parse(body)),
  "POST /_sandbox/organization": (body, { controls }) => controls.setOrganization(organizationSettings.parse(body)),
  "POST /_sandbox/regions": (body, { controls }) => controls.setRegions(regionSettings.parse(body)),
  "POST /_sandbox/propagation": (body, { controls }) => controls.setPropagation(propagation.parse(body).ms),
  "POST /_sandbox/web-identity": (body, { controls }) => ({
    token: controls.issueWebIdentityToken(tokenRequest.parse(body)),
  }),
  "POST /_sandbox/public-bucket": (body, { controls }) => controls.createPublicBucket(publicBucketRequest.parse(body)),
  "POST /_sandbox/launch": (body, { controls }) => controls.launchStack(launchRequest.parse(body)),
  "POST /_sandbox/reset": (_body, { controls }) => controls.reset(),
};
