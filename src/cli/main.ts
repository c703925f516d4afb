import { join } from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { didYouMean, EXIT, type ExitCode, UserError } from "../errors.ts";
import type { Command, Context, Effects } from "./command.ts";
import { besideProgram, inCwd, ROOT } from "./paths.ts";
import { bugWords } from "./secrets.ts";

/** Each command is loaded when it is called: `--help` loads nothing. */
export const COMMANDS: Readonly<Record<string, { readonly does: string; load(): Promise<{ readonly command: Command }> }>> = {
  init: { does: "starts a chat: writes its chat.md", load: () => import("./init.ts") },
  capture: { does: "captures a chat's hour from X", load: () => import("./capture.ts") },
  import: { does: "adds files of tweets", load: () => import("./import.ts") },
  thread: { does: "places tweets aloud; says what changed", load: () => import("./thread.ts") },
  review: { does: "lists what needs a human, worst first", load: () => import("./review.ts") },
  build: { does: "renders the site", load: () => import("./build.ts") },
  serve: { does: "shows the site on this machine", load: () => import("./serve.ts") },
  publish: { does: "puts the site online: a folder, rsync, a Pages branch", load: () => import("./publish.ts") },
  export: { does: "prints a session as jsonl, json, csv, md or txt", load: () => import("./export.ts") },
  status: { does: "what the archive holds", load: () => import("./status.ts") },
  recap: { does: "prints a recap to start a blog post from", load: () => import("./recap.ts") },
  next: { does: "when chats meet next", load: () => import("./next.ts") },
  plan: { does: "what to post for a session to come", load: () => import("./plan.ts") },
  sync: { does: "asks whether tweets are still there, follows deletions and edits", load: () => import("./sync.ts") },
  forget: { does: "removes tweets or authors for good", load: () => import("./forget.ts") },
  check: { does: "looks whether what was kept is as it was kept", load: () => import("./check.ts") },
  backup: { does: "copies the archive and compares the copy", load: () => import("./backup.ts") },
  rebuild: { does: "makes archive.db anew from the files as received", load: () => import("./rebuild.ts") },
  doctor: { does: "looks whether everything is there that Chatscribe needs", load: () => import("./doctor.ts") },
};

const COMMON: ParseArgsOptionsConfig = {
  archive: { type: "string" },
  json: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};

/** What every command takes. */
export const COMMON_HELP = {
  "--archive DIR": "the archive's folder (default data)",
  "--json": "the result as JSON",
  "--quiet": "no progress, no hints",
} as const;

/** Runs one command line (without node and script) and returns its exit code. Mistakes of the user are one line on stderr. */
export async function main(args: readonly string[], effects: Effects): Promise<ExitCode> {
  try {
    return await run(args, effects);
  } catch (error) {
    if (error instanceof UserError) {
      effects.err(`chatscribe: ${error.message}\n`);
      return error.code;
    }
    effects.err(bugWords(error));
    return EXIT.bug;
  }
}

async function run(args: readonly string[], effects: Effects): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    effects.err(overview());
    return EXIT.usage;
  }
  if (name === "help" && rest[0] !== undefined) return run([rest[0], "--help"], effects);
  if (name === "--help" || name === "-h" || name === "help") {
    effects.out(overview());
    return EXIT.done;
  }
  if (name === "--version") {
    const { readFileSync } = await import("node:fs");
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    effects.out(`${version}\n`);
    return EXIT.done;
  }
  if (name.startsWith("-")) throw new UserError(`the command comes first: npx chatscribe <command> ${name}`);
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined)
    throw new UserError(`unknown command "${name}"${didYouMean(name, Object.keys(COMMANDS)) || "; npx chatscribe --help lists them"}`);
  const { command } = await entry.load();
  const { values, positionals } = readArgs(name, command, rest);
  if (values.help === true) {
    effects.out(helpOf(command));
    return EXIT.done;
  }
  const [least, most] = command.words;
  if (positionals.length < least) throw new UserError(`${name}: something is missing; usage: chatscribe ${command.usage}`);
  if (positionals.length > most)
    throw new UserError(`${name}: "${positionals[most]}" is one word too many; usage: chatscribe ${command.usage}`);
  const context = contextOf(effects, positionals, values);
  try {
    return await command.run(context);
  } catch (error) {
    const { asDiskError } = await import("../store/open.ts");
    throw asDiskError(pathOf(error) ?? context.archive, error);
  }
}

const pathOf = (error: unknown): string | null =>
  error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : null;

function readArgs(name: string, command: Command, args: readonly string[]) {
  const options = { ...COMMON, ...command.options };
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const empty = Object.entries(read.values).find(([, value]) => [value].flat().includes(""));
    if (empty !== undefined) throw new UserError(`${name}: --${empty[0]} needs a value`);
    return read;
  } catch (error) {
    if (!(error instanceof TypeError) || !("code" in error)) throw error;
    throw new UserError(`${name}: ${whatIsWrong(error.message, Object.keys(options))}`);
  }
}

/** parseArgs speaks in several sentences; one line says what to do. */
function whatIsWrong(said: string, known: readonly string[]): string {
  // Unknown option '--chta'. To specify …
  const unknown = /Unknown option '(-+[^' ]+)/.exec(said)?.[1];
  if (unknown !== undefined) {
    const meant = didYouMean(unknown.replace(/^-+/, ""), known).replace(/"(.+)"/, "--$1");
    return `unknown option ${unknown}${meant || "; --help lists the options"}`;
  }
  // Option '--chat <value>' argument missing
  const missing = /Option '(?:-\w, )?(--[\w-]+)[^']*' argument (missing|is ambiguous)/.exec(said)?.[1];
  if (missing !== undefined) return `${missing} needs a value`;
  const flag = /Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(said)?.[1];
  return flag === undefined ? (said.split("\n")[0] ?? said) : `${flag} takes no value`;
}

function contextOf(effects: Effects, words: readonly string[], values: Context["options"]): Context {
  const json = values.json === true;
  const quiet = values.quiet === true;
  return {
    effects,
    words,
    options: values,
    archive: typeof values.archive === "string" ? inCwd(effects, values.archive) : besideProgram("data"),
    json,
    quiet,
    result(object, lines) {
      if (json) effects.out(`${JSON.stringify(object)}\n`);
      else if (lines.length > 0) effects.out(`${lines.join("\n")}\n`);
    },
    say: (line) => (quiet ? undefined : effects.err(`${line}\n`)),
    warn: (line) => effects.err(`${line}\n`),
    next: (command) => (quiet || json ? undefined : effects.err(`Next: ${command}\n`)),
  };
}

function overview(): string {
  const wide = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const list = Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(wide)}  ${does}`);
  return [
    "Chatscribe: the memory of a hashtag chat.",
    "",
    "Usage: npx chatscribe <command> [options]",
    "",
    ...list,
    "",
    "Every command takes --archive DIR (default data), --json, --quiet and --help.",
    "Exit codes: 0 done, 1 bug, 2 usage, 3 incomplete, 4 credentials, 5 limit, 6 locked, 7 damaged, 74 disk, 130 interrupted.",
    "",
  ].join("\n");
}

function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.help, ...COMMON_HELP });
  const wide = Math.max(...rows.map(([flag]) => flag.length));
  return [
    `Usage: npx chatscribe ${command.usage}`,
    "",
    command.does,
    "",
    ...rows.map(([flag, says]) => `  ${flag.padEnd(wide)}  ${says}`),
    "",
    `Example: ${command.example}`,
    "",
  ].join("\n");
}
