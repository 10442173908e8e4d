import { afterEach, expect, test } from "vitest";
import * as facts from "@/app/.well-known/crossaccount.json/route";
import * as llms from "@/app/llms.txt/route";
import { env } from "@/lib/env";

afterEach(() => {
  env.PUBLIC_API = true;
});

test("llms.txt is not there while the API is hidden; what customers compare a role with is", async () => {
  expect(llms.GET().status).toBe(200);
  env.PUBLIC_API = false;
  expect(llms.GET().status).toBe(404);
  expect(await facts.GET().json()).toMatchObject({ partitions: { aws: { service_account_id: "123456789012" } } });
});
