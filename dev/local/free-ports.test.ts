import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { requireFreePorts } from "./free-ports";

async function listening() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

test("every taken port is named at once with the variable that changes it", async () => {
  const [portal, sandbox] = [await listening(), await listening()];
  const wanted = [
    { port: portal.port, program: "portal", variable: "PORT" },
    { port: sandbox.port, program: "sandbox", variable: "SANDBOX_PORT" },
  ];
  const message = await requireFreePorts(wanted).catch((error: Error) => error.message);
  expect(message).toContain(`${portal.port}, of the portal: set PORT`);
  expect(message).toContain(`${sandbox.port}, of the sandbox: set SANDBOX_PORT`);
  for (const { server } of [portal, sandbox]) server.close();
  await Promise.all([portal, sandbox].map(({ server }) => once(server, "close")));
  await requireFreePorts(wanted);
});
