import { UserError } from "../errors.ts";
import type { Range } from "../source/network.ts";
import { isoTime } from "../source/parse/time.ts";
import type { Context } from "./command.ts";

/** X gives no fewer tweets at a time. */
const LEAST = 10;

/** What a capture was asked to do. */
export interface Asked {
  readonly due: boolean;
  readonly follow: boolean;
  readonly range: Range | null;
  readonly maxPosts: number | null;
  readonly dryRun: boolean;
}

/** Reads the options of `capture`; combinations that make no sense are refused. */
export function readOptions({ options, words }: Context): Asked {
  const [due, follow, dryRun] = [options.due === true, options.follow === true, options["dry-run"] === true];
  const range = rangeOf(options.from, options.to);
  if (range !== null && (due || follow)) throw new UserError("capture: --from and --to say what is captured: leave out --due and --follow");
  if (range !== null && words.length === 0)
    throw new UserError("capture: --from and --to need a chat: npx chatscribe capture <chat> --from T --to T");
  if (dryRun && (due || follow)) throw new UserError("capture: --dry-run asks nothing: leave out --due and --follow");
  return { due, follow, range, dryRun, maxPosts: maxPostsOf("capture", options["max-posts"], LEAST) };
}

function rangeOf(from: unknown, to: unknown): Range | null {
  if (from === undefined && to === undefined) return null;
  const [begin, end] = [momentOf("--from", from), momentOf("--to", to)];
  if (begin >= end) throw new UserError(`capture: --to ${String(to)} is not after --from ${String(from)}`);
  return { from: begin, to: end };
}

function momentOf(flag: string, said: unknown): number {
  if (typeof said !== "string")
    throw new UserError(`capture: ${flag} is missing: --from and --to come together, as ${flag} 2026-11-20T18:00:00Z`);
  const time = isoTime(said);
  if (time === null) throw new UserError(`capture: ${flag} "${said}" is no time: write it as 2026-11-20T18:00:00Z`);
  return time;
}

/** `--max-posts 1000`; null: not said. */
export function maxPostsOf(command: string, said: unknown, least: number): number | null {
  if (said === undefined) return null;
  // 1 to 999999999
  if (typeof said === "string" && /^[1-9]\d{0,8}$/.test(said) && Number(said) >= least) return Number(said);
  const floor = least === 1 ? "" : ` of at least ${least} (X gives no fewer at a time)`;
  throw new UserError(`${command}: --max-posts must be a whole number${floor}, as 1000, not "${String(said)}"`);
}
