import { buildOnce } from "./local/build";

await buildOnce((output) => process.stderr.write(output));
