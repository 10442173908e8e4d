import { join } from "node:path";
import type { SourceFile } from "typescript/unstable/ast";
import { API, type Snapshot } from "typescript/unstable/async";

/** The project's TypeScript, kept open, so that a changed file is looked at in milliseconds and everything in seconds. */
export class Compiler {
  readonly #root: string;
  readonly #api: API;
  #snapshot: Snapshot;

  private constructor(root: string, api: API, snapshot: Snapshot) {
    this.#root = root;
    this.#api = api;
    this.#snapshot = snapshot;
  }

  static async open(root: string): Promise<Compiler> {
    const api = new API({ cwd: root });
    return new Compiler(root, api, await api.updateSnapshot({ openProjects: [join(root, "tsconfig.json")] }));
  }

  async sourceFile(path: string): Promise<SourceFile> {
    const file = await this.#program.getSourceFile(join(this.#root, path));
    if (!file) throw new Error(`${path} is not part of the TypeScript project.`);
    return file;
  }

  /** Reads a file again that was written. */
  async reread(path: string): Promise<void> {
    const before = this.#snapshot;
    this.#snapshot = await this.#api.updateSnapshot({ fileChanges: { changed: [join(this.#root, path)] } });
    await before.dispose();
  }

  /** The first error in the file, or, without one, anywhere. */
  async error(path?: string): Promise<string | undefined> {
    const file = path && join(this.#root, path);
    const [syntactic] = await this.#program.getSyntacticDiagnostics(file);
    const [semantic] = syntactic ? [] : await this.#program.getSemanticDiagnostics(file);
    return (syntactic ?? semantic)?.text;
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  get #program() {
    const [project] = this.#snapshot.getProjects();
    if (!project) throw new Error("tsconfig.json was not found.");
    return project.program;
  }
}
