import type { Archive } from "../archive/archive.ts";
import type { CaptureReport, Subject, Surroundings } from "../capture/capture.ts";
import type { Run } from "../capture/run.ts";
import { readRemoved } from "../config/removed.ts";
import { EXIT, type ExitCode, UserError } from "../errors.ts";
import { type Asked, readOptions } from "./capture-options.ts";
import { type Planned, subjectsOf } from "./capture-subjects.ts";
import { captureLines, captureRecord, zoneOf } from "./capture-words.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";
import { ProgressLine } from "./progress.ts";

const MINUTE = 60_000;
/** A clock that is so far off is worth a word. */
const SKEW = 2 * MINUTE;

export const command: Command = {
  usage: "capture [<chat>[/<session>]] [--due] [--follow] [--from T --to T] [--max-posts N] [--dry-run]",
  does: "Captures a session from X: its tag, its conversations, its hosts; goes on where it was broken off, and says what is missing.",
  example: "npx chatscribe capture socialmedia/2009-07-21",
  options: {
    due: { type: "boolean", default: false },
    follow: { type: "boolean", default: false },
    from: { type: "string" },
    to: { type: "string" },
    "max-posts": { type: "string" },
    "dry-run": { type: "boolean", default: false },
    "token-file": { type: "string" },
  },
  help: {
    "--due": "does what has fallen due, for cron; nothing due, or another capture running: prints nothing",
    "--follow": "stays from before the window to 35 minutes after it; with --due for a window that opens within 90 minutes",
    "--from T": "only tweets of this time on, as 2026-11-20T18:00:00Z; with --to",
    "--to T": "and before this time",
    "--max-posts N": "reads at most N tweets; the same command goes on from there",
    "--dry-run": "says what would be asked and what it costs; asks only for X's count",
    "--token-file F": "the file with the bearer token (mode 600); else X_BEARER_TOKEN",
  },
  words: [0, 1],
  async run(context) {
    const asked = readOptions(context);
    const [{ writing }, { Archive }] = await Promise.all([import("../capture/import.ts"), import("../archive/archive.ts")]);
    const folder = await openFolder(context.archive, context.words[0]);
    readRemoved(context.archive);
    const work = (): Promise<ExitCode> =>
      writing(context.archive, async () => {
        const archive = new Archive(folder);
        try {
          return await captureAll(context, archive, asked);
        } finally {
          archive.close();
        }
      });
    try {
      return await work();
    } catch (error) {
      if (asked.due && error instanceof UserError && error.code === EXIT.locked) return EXIT.done;
      throw error;
    }
  },
};

async function captureAll(context: Context, archive: Archive, asked: Asked): Promise<ExitCode> {
  const subjects = await subjectsOf(context, archive, asked);
  if (subjects.length === 0) return EXIT.done;
  const { openNetwork } = await import("./x.ts");
  const network = await openNetwork(context);
  const stop = new AbortController();
  void context.effects.stopped().then(() => stop.abort());
  const { exitOf } = await import("../capture/capture.ts");
  const reports: CaptureReport[] = [];
  let code: ExitCode = EXIT.done;
  for (const subject of subjects) {
    const line = new ProgressLine(context, archive, zoneOf(subject));
    const around: Surroundings = {
      archive,
      network,
      clock: context.effects.clock,
      signal: stop.signal,
      maxPosts: asked.maxPosts,
      patient: asked.due || asked.follow,
      watcher: {
        progress(gathering, progress) {
          line.show(gathering, progress);
          warnOfSkew(context, line, network.skew());
        },
        notice: (words) => line.say(words),
      },
    };
    const report = await captureOne(context, { subject, around, asked, line });
    line.end();
    if (report === null) return EXIT.done;
    reports.push(report);
    const ended = exitOf(report);
    if (ended !== EXIT.done) code = ended;
    if (report.stopped !== "end") {
      context.warn(captureLines.stopped(context, report));
      if (ended !== EXIT.incomplete) break;
    }
  }
  tell(context, { reports, subjects });
  return code;
}

function tell(context: Context, { reports, subjects }: { reports: readonly CaptureReport[]; subjects: readonly Subject[] }): void {
  const records = reports.map(captureRecord);
  const lines = reports.flatMap((report, i) => captureLines.report(report, subjects[i] === undefined ? "UTC" : zoneOf(subjects[i])));
  context.result(records.length > 1 ? { ...records.at(-1), captures: records } : records[0], lines);
  if (reports.some((report) => report.stopped === "end")) context.next(`npx chatscribe build${archiveFlag(context)}`);
}

async function captureOne(
  context: Context,
  { subject, around, asked, line }: { subject: Planned; around: Surroundings; asked: Asked; line: ProgressLine },
): Promise<CaptureReport | null> {
  const { capture, estimate, prepare, stopped, upToDate } = await import("../capture/capture.ts");
  const { Stop } = await import("../capture/run.ts");
  const { session } = subject;
  if (subject.following && session !== null) {
    const { follow } = await import("../capture/follow.ts");
    return follow({ ...subject, session }, around);
  }
  const run = prepare(subject, around);
  const known = asked.dryRun ? null : upToDate(run);
  if (known !== null) return known;
  try {
    const costs = await estimate(run);
    const words = `${captureLines.subject(subject)}: about ${many(costs.tweets, "tweet")}, at most $${costs.costUsd.toFixed(2)}`;
    if (asked.dryRun) {
      tellPlan(context, { run, subject, costs, words });
      return null;
    }
    line.say(words);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return stopped(run, error);
  }
  return capture(run);
}

/** What `--dry-run` prints. */
function tellPlan(
  context: Context,
  { run, subject, costs, words }: { run: Run; subject: Subject; costs: { tweets: number; costUsd: number }; words: string },
): void {
  const { network, gathering } = run.options;
  const { hosts } = gathering;
  const queries = [run.query, ...(hosts.length === 0 ? [] : [{ role: "hosts", handles: hosts } as const])].map(network.words);
  const { from, to } = run.range;
  const record = {
    session: captureLines.subject(subject),
    dry_run: true,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    queries,
    counted: costs.tweets,
    estimate_usd: costs.costUsd,
    requests: run.requests,
    cost_usd: run.cost,
  };
  const asked = `asked until now: ${many(run.requests, "request")}, $${run.cost.toFixed(3)}`;
  context.result(record, [words, ...queries.map((query) => `  ${query}`), asked]);
}

/** `7 minutes`, `3 days` */
const spanWords = (ms: number): string =>
  ms < 2 * 24 * 60 * MINUTE ? many(Math.round(ms / MINUTE), "minute") : many(Math.round(ms / (24 * 60 * MINUTE)), "day");

const warned = new WeakSet<Context>();

/** X's clock and this machine's: said once. */
function warnOfSkew(context: Context, line: ProgressLine, skew: number | null): void {
  if (skew === null || Math.abs(skew) < SKEW || warned.has(context)) return;
  warned.add(context);
  line.end();
  context.warn(`this machine's clock is ${spanWords(Math.abs(skew))} ${skew > 0 ? "ahead of" : "behind"} X's: set it; going on`);
}
