import type { Agent } from "node:http";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Clock } from "../clock.ts";
import type { ExitCode } from "../errors.ts";

/** What a command may do to the world: passed in, so that tests can watch. */
export interface Effects {
  out(text: string): void;
  err(text: string): void;
  /** Milliseconds since 1970; starts at CHATSCRIBE_NOW where that is set. */
  now(): number;
  /** The same clock, with its timers and the machine's own time. */
  readonly clock: Clock;
  /** How the network is reached; absent: over sockets. */
  readonly agent?: Agent;
  /** How many processors a command may use; absent: one. */
  readonly cores?: number;
  /** The person's time zone; absent: the machine's. */
  readonly zone?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths of arguments are read from here. */
  readonly cwd: string;
  /** stdin and stderr are a terminal. */
  readonly terminal: boolean;
  /** Asks a person one thing; only where `terminal`. Throws UserError (130) where they would rather stop. */
  ask(question: string): Promise<string>;
  /** Settles when the person wants to stop (Ctrl-C). */
  stopped(): Promise<void>;
}

/** A command's arguments, read and checked as far as that is the same for all. */
export interface Context {
  readonly effects: Effects;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  /** The archive's folder, as it is shown in messages. */
  readonly archive: string;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The result, on stdout: an object under --json, else lines. */
  result(json: unknown, lines: readonly string[]): void;
  /** Progress and messages, on stderr; not under --quiet. */
  say(line: string): void;
  /** What must be known even under --quiet, on stderr. */
  warn(line: string): void;
  /** The next useful command, on stderr; not under --quiet or --json. */
  next(command: string): void;
}

export interface Command {
  /** After `chatscribe`: `import <file…> --chat C`. */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  readonly options: ParseArgsOptionsConfig;
  /** What each option says of itself under --help. */
  readonly help: Readonly<Record<string, string>>;
  /** How many words: least and most. */
  readonly words: readonly [least: number, most: number];
  run(context: Context): Promise<ExitCode>;
}
