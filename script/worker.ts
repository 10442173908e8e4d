import { work } from "@/lib/worker/worker";

/** `npm run worker`: audits connections. Any number of them, on any number of machines, share the work. */
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());

await work(stop.signal);
