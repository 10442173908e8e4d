import { chmod, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { defaultZone } from "@/lib/postgres";
import { requireOwnFolder, startPostgres } from "./postgres";

const ourselves = [process.getuid?.()];
const newFolder = () => mkdtemp(join(tmpdir(), "own-folder-"));

test("a folder that we made ourselves is used", async () => {
  await requireOwnFolder(await newFolder(), ourselves);
});

test("what leads to another place is refused", async () => {
  const folder = await newFolder();
  await symlink(folder, `${folder}-link`);
  await expect(requireOwnFolder(`${folder}-link`, ourselves)).rejects.toThrow(/made by someone else/);
});

test("a folder in which others may write is refused", async () => {
  const folder = await newFolder();
  await chmod(folder, 0o777);
  await expect(requireOwnFolder(folder, ourselves)).rejects.toThrow(/others may write/);
});

test("a folder of another user is refused", async () => {
  await expect(requireOwnFolder(await newFolder(), [12_345])).rejects.toThrow(/made by someone else/);
});

test("a new database is in UTC, whichever zone the machine is in", async () => {
  const directory = await newFolder();
  vi.stubEnv("TZ", "America/New_York");
  const postgres = await startPostgres({ directory, port: 0, password: "test", disposable: true });
  try {
    expect(await defaultZone(postgres.url)).toBe("UTC");
  } finally {
    vi.unstubAllEnvs();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
