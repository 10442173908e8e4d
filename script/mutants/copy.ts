import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const made = ["lib/generated", "next-env.d.ts"];

export interface Copy {
  root: string;
  /** Every file of the project, by its path in it. */
  files: readonly string[];
  remove(): Promise<void>;
}

/** A copy of the working tree as it is, with what was not yet committed; packages are shared. Changes are made there alone. */
export async function copyWorkingTree(from: string): Promise<Copy> {
  const root = await mkdtemp(join(await realpath(tmpdir()), "crossaccount-mutants-"));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await promisify(execFile)("git", list, { cwd: from, maxBuffer: 2 ** 26 });
    const files = stdout.split("\0").filter(Boolean);
    for (const path of [...files, ...made]) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await cp(join(from, path), join(root, path), { recursive: true }).catch(unlessGone);
    }
    await symlink(join(from, "node_modules"), join(root, "node_modules"));
    return { root, files, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
