import { existsSync } from "node:fs";
import type { ConsoleTools } from "./context";
import type { HttpRequest, HttpResponse } from "./http";
import { iam } from "./iam";
import { AwsError, type RequestContext, type Service } from "./service";
import { sts } from "./sts";

export interface Parts {
  services: Map<string, Service>;
  handleS3(request: HttpRequest, context: RequestContext): Promise<HttpResponse>;
  handleConsole(request: HttpRequest, tools: ConsoleTools): Promise<HttpResponse>;
}

/** Parts of the sandbox that exist so far. */
export async function loadParts(): Promise<Parts> {
  const modules = await Promise.all(["kms", "cloudformation", "s3", "console"].map(load));
  const [kms, cloudformation, s3, page] = modules;
  const services = [sts, iam, kms?.["kms"], cloudformation?.["cloudformation"], s3?.["s3"]].filter(
    (part) => part,
  ) as Service[];
  const missing = async () => {
    throw new AwsError("NotImplemented", "This part of the sandbox does not exist yet", 501);
  };
  return {
    services: new Map(services.map((service) => [service.name, service])),
    handleS3: (s3?.["handleS3"] as Parts["handleS3"]) ?? missing,
    handleConsole: (page?.["handleConsole"] as Parts["handleConsole"]) ?? missing,
  };
}

async function load(name: string): Promise<Record<string, unknown> | undefined> {
  const url = new URL(`./${name}/index.ts`, import.meta.url);
  return existsSync(url) ? ((await import(url.href)) as Record<string, unknown>) : undefined;
}
