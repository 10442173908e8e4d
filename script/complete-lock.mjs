// Completes package-lock.json after `npm install`, where the registry serves only this platform's optional packages: npm then
// leaves the others out of the lock, and `npm ci` refuses it on every machine. Adds each missing one with its true version, the
// platforms that its name tells and the registry's hash, which is checked wherever it is installed. Run by `npm run lock`.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];
const aliases = new Map([
  ["windows", "win32"],
  ["linuxmusl", "linux"],
  ["armv7", "arm"],
  ["armv7l", "arm"],
  ["ppc64le", "ppc64"],
  ["x86_64", "x64"],
  ["aarch64", "arm64"],
  ["wasm", "wasm32"],
]);

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
let added = 0;
for (const [from, entry] of Object.entries(packages))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (resolves(from, name)) continue;
    const place = packages[`node_modules/${name}`] ? `${from}/node_modules/${name}` : `node_modules/${name}`;
    packages[place] = {
      version: version.replace(/^[\^~]/, ""),
      ...platform(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
for (const entry of Object.values(packages)) {
  // A registry's address is of one machine only; the hash beside it stays and is checked everywhere.
  if (entry.resolved?.startsWith("http")) delete entry.resolved;
}
const unhashed = [];
for (const [place, entry] of Object.entries(packages)) {
  if (!place.includes("node_modules/") || entry.link || entry.inBundle || entry.integrity) continue;
  const name = entry.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  const integrity = hashOf(`${name}@${entry.version}`);
  if (integrity) entry.integrity = integrity;
  else unhashed.push(`${name}@${entry.version}`);
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages of other platforms added`);
if (unhashed.length > 0) {
  console.error(`The registry gives no hash of these, so nothing could check them: ${unhashed.join(", ")}`);
  process.exitCode = 1;
}

function hashOf(spec) {
  try {
    return execFileSync("npm", ["view", spec, "dist.integrity"], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** Looks for `name` as Node would from the package at `from`. */
function resolves(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (packages[`${at}${at ? "/" : ""}node_modules/${name}`]) return true;
    if (!at) return false;
    if (!at.includes("/node_modules/")) at = "/node_modules/";
  }
}

function platform(name) {
  const words = name
    .split("/")
    .at(-1)
    .split(/[-_.]/)
    .map((word) => aliases.get(word) ?? word);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  const libc = name.includes("musl") ? ["musl"] : name.includes("gnu") ? ["glibc"] : [];
  return {
    ...(cpu.length ? { cpu } : {}),
    ...(os.length ? { os } : {}),
    ...(libc.length && os.includes("linux") ? { libc } : {}),
  };
}
