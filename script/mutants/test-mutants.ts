import { changesOf } from "./changes";
import { Compiler } from "./compiler";
import { copyWorkingTree } from "./copy";
import { Judge, type Mutant } from "./judge";
import { readImporters } from "./reach";
import { type Report, reportOf, type Trial, trialOf } from "./report";
import { sample } from "./sample";
import { TestRuns } from "./test-runs";

interface Options {
  root: string;
  paths: readonly string[];
  seed: number;
  count: number;
  /** How many of the nearest test files are run for each change. */
  nearest: number;
  /** Seconds: test files that take longer are left out. */
  slowest: number;
  /** Ends the run after the change that is being tried; what was found so far is reported. */
  signal: AbortSignal;
  say(line: string): void;
  onTrial(trial: Trial): void;
}

/** Tests, what tests share, and the table of actions, which a test compares whole with where it was made from. */
const notChanged = /\.test\.tsx?$|(^|\/)testing\/|^lib\/crossaccount\/actions\/table\.ts$|\.d\.ts$/;

/** Tries a sample of changes, one after another, in a copy that is removed at the end. */
export async function testMutants({
  root,
  paths,
  seed,
  count,
  nearest,
  slowest,
  signal,
  say,
  onTrial,
}: Options): Promise<Report> {
  const copy = await copyWorkingTree(root);
  const testRuns = new TestRuns(copy.root);
  // Ctrl-C reaches the compiler too, which then answers nothing any more.
  const interrupted = new Promise<void>((settle) => signal.addEventListener("abort", () => settle(), { once: true }));
  let compiler: Compiler | undefined;
  try {
    compiler = await Compiler.open(copy.root);
    const error = await compiler.error();
    if (error) throw new Error(`The types are wrong before anything is changed: ${error}`);
    const files = copy.files.filter((file) => isWithin(file, paths) && !notChanged.test(file)).sort();
    const possible: Mutant[] = [];
    for (const file of files)
      possible.push(...changesOf(await compiler.sourceFile(file)).map((change) => ({ ...change, file })));
    const drawn = sample(possible, count, seed);
    say(`Seed ${seed}: ${drawn.length} of ${possible.length} changes in ${files.length} files.`);
    const folders = [...new Set(copy.files.filter(isCode).map((file) => file.split("/")[0] ?? file))];
    const importers = await readImporters(copy.root, folders);
    const onLeftOut = (why: string) => say(`A test file is left out, because ${why}`);
    const judge = new Judge({ root: copy.root, compiler, testRuns, importers, nearest, slowest, onLeftOut });

    const trials: Trial[] = [];
    for (const mutant of drawn) {
      const source = await compiler.sourceFile(mutant.file);
      const judged = judge.judge(mutant).catch((failure) => {
        if (!signal.aborted) throw failure;
      });
      const verdict = await Promise.race([judged, interrupted]);
      if (!verdict || signal.aborted) break;
      const trial = trialOf(mutant, source, verdict);
      trials.push(trial);
      onTrial(trial);
    }
    return reportOf(seed, possible.length, trials);
  } catch (error) {
    if (!signal.aborted) throw error;
    return reportOf(seed, 0, []);
  } finally {
    await testRuns.close();
    await copy.remove();
    void compiler?.close();
  }
}

function isCode(file: string): boolean {
  return /\.tsx?$/.test(file);
}

function isWithin(file: string, paths: readonly string[]): boolean {
  return isCode(file) && paths.some((path) => file === path || file.startsWith(`${path.replace(/\/+$/, "")}/`));
}
