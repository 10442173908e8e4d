import { chmod, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireOwnFolder } from "./postgres";

const ourselves = [process.getuid?.()];
const newFolder = () => mkdtemp(join(tmpdir(), "own-folder-"));

test("a folder that we made ourselves is used", async () => {
  await requireOwnFolder(await newFolder(), ourselves);
});

test("what leads to another place is refused", async () => {
  const folder = await newFolder();
  await symlink(folder, `${folder}-link`);
  await expect(requireOwnFolder(`${folder}-link`, ourselves)).rejects.toThrow(/made by somebody else/);
});

test("a folder in which others may write is refused", async () => {
  const folder = await newFolder();
  await chmod(folder, 0o777);
  await expect(requireOwnFolder(folder, ourselves)).rejects.toThrow(/others may write/);
});

test("a folder of another user is refused", async () => {
  await expect(requireOwnFolder(await newFolder(), [12_345])).rejects.toThrow(/made by somebody else/);
});
