import { availableParallelism } from "node:os";
import { createInterface } from "node:readline/promises";
import { realClock } from "../clock.ts";
import { EXIT, UserError } from "../errors.ts";
import { isoTime } from "../source/parse/time.ts";
import type { Effects } from "./command.ts";
import { main } from "./main.ts";
import { bugWords } from "./secrets.ts";

/** Runs the process's own command line and sets its exit code. */
export async function start(): Promise<void> {
  process.on("uncaughtException", endAtBug);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endAt);
  try {
    process.exitCode = await main(process.argv.slice(2), processEffects());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`chatscribe: ${error.message}\n`);
    process.exitCode = error.code;
  }
}

/** Node itself would show all an error holds, the headers of a request too. */
function endAtBug(error: unknown): never {
  process.stderr.write(bugWords(error));
  process.exit(EXIT.bug);
}

/** A reader that has seen enough (`chatscribe export … | head`) is no error; a full disk is. */
function endAt(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  process.stderr.write(`chatscribe: the result cannot be written (${error.message})\n`);
  process.exit(EXIT.disk);
}

function processEffects(): Effects {
  const now = clockFrom(process.env.CHATSCRIBE_NOW);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    now,
    clock: realClock(now),
    cores: availableParallelism(),
    env: process.env,
    cwd: process.cwd(),
    terminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async ask(question) {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await prompt.question(question)).trim();
      } catch (error) {
        // Ctrl-C, Ctrl-D
        if (!(error instanceof Error) || error.name !== "AbortError") throw error;
        process.stderr.write("\n");
        throw new UserError("stopped; nothing is written", EXIT.interrupted);
      } finally {
        prompt.close();
      }
    },
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
      }),
  };
}

/** CHATSCRIBE_NOW is where the clock starts; from there it ticks. */
function clockFrom(said: string | undefined): () => number {
  if (said === undefined || said === "") return () => Date.now();
  const from = isoTime(said);
  if (from === null) throw new UserError(`CHATSCRIBE_NOW="${said}" is no time: write it as 2026-11-20T18:00:00Z`);
  const started = performance.now();
  return () => from + Math.floor(performance.now() - started);
}
