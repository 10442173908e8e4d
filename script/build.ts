import { buildOnce } from "../dev/local/build";

await buildOnce((output) => process.stderr.write(output));
