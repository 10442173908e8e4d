import { createSandbox } from "./server";

const { SANDBOX_PORT = "4566", SANDBOX_HOST, SANDBOX_DATA, SANDBOX_PROPAGATION_MS = "0" } = process.env;

const sandbox = await createSandbox({
  port: numberOf("SANDBOX_PORT", SANDBOX_PORT),
  propagationMs: numberOf("SANDBOX_PROPAGATION_MS", SANDBOX_PROPAGATION_MS),
  ...(SANDBOX_HOST ? { host: SANDBOX_HOST } : {}),
  ...(SANDBOX_DATA ? { file: SANDBOX_DATA } : {}),
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}

console.log(`AWS sandbox on ${sandbox.url}`);

function numberOf(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${name} must be a whole number, not "${text}"`);
}
