import { remember } from "./left-overs";
import { type Environment, type LocalProcess, start } from "./processes";

/** The programs of one start: each is noted, so that the next start stops it should we be killed, and all are stopped together. */
export interface Programs {
  /** Those that must keep running. */
  readonly running: LocalProcess[];
  /** Starts a script of ours. */
  run(name: string, script: string, environment: Environment): Promise<LocalProcess>;
  /** Takes in a program that was started elsewhere. It is stopped after those that need it. */
  add(program: LocalProcess): void;
  remember(program: LocalProcess, command: string): Promise<void>;
  /** Stops them, those that were started last first. */
  stop(): Promise<void>;
}

export interface ProgramsOptions {
  /** File in which process IDs are noted. */
  pids: string;
  onLine?: (name: string, line: string) => void;
}

export function createPrograms({ pids, onLine }: ProgramsOptions): Programs {
  const running: LocalProcess[] = [];
  const stops: LocalProcess["stop"][] = [];

  async function note({ pid }: LocalProcess, command: string): Promise<void> {
    if (pid) await remember(pids, { pid, command });
  }

  return {
    running,
    async run(name, script, environment) {
      const command = [process.execPath, "--conditions=react-server", "--import", "tsx", script];
      const program = start(name, command, environment, (line) => onLine?.(name, line));
      running.push(program);
      stops.push(program.stop);
      await note(program, script);
      return program;
    },
    add(program) {
      running.push(program);
      stops.unshift(program.stop);
    },
    remember: note,
    async stop() {
      for (const stopOne of stops.splice(0).reverse()) await stopOne();
    },
  };
}
