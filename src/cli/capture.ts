import type { Archive } from "../archive/archive.ts";
import type { CaptureReport, Subject, Surroundings } from "../capture/capture.ts";
import { readRemoved } from "../config/removed.ts";
import { EXIT, type ExitCode, UserError } from "../errors.ts";
import type { Chat, Session } from "../model.ts";
import type { Range } from "../source/network.ts";
import { isoTime } from "../source/parse/time.ts";
import { captureLines, captureRecord, zoneOf } from "./capture-words.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";
import { ProgressLine } from "./progress.ts";

const MINUTE = 60_000;
/** `--due --follow` waits for a window that opens so soon: what calls it on time is often late (capture.md, recipes). */
const AHEAD = 90 * MINUTE;
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

interface Asked {
  readonly due: boolean;
  readonly follow: boolean;
  readonly range: Range | null;
  readonly maxPosts: number | null;
  readonly dryRun: boolean;
}

function readOptions({ options, words }: Context): Asked {
  const [due, follow, dryRun] = [options.due === true, options.follow === true, options["dry-run"] === true];
  const range = rangeOf(options.from, options.to);
  if (range !== null && (due || follow)) throw new UserError("capture: --from and --to say what is captured: leave out --due and --follow");
  if (range !== null && words.length === 0)
    throw new UserError("capture: --from and --to need a chat: npx chatscribe capture <chat> --from T --to T");
  if (dryRun && (due || follow)) throw new UserError("capture: --dry-run asks nothing: leave out --due and --follow");
  return { due, follow, range, dryRun, maxPosts: maxPostsOf(options["max-posts"]) };
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

function maxPostsOf(said: unknown): number | null {
  if (said === undefined) return null;
  // 10 to 999999999: a page of X holds ten tweets at least
  if (typeof said === "string" && /^[1-9]\d{1,8}$/.test(said)) return Number(said);
  throw new UserError(`capture: --max-posts must be a whole number of at least 10 (X gives no fewer at a time), not "${String(said)}"`);
}

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
  {
    subject,
    around,
    asked,
    line,
  }: { subject: Subject & { readonly following: boolean }; around: Surroundings; asked: Asked; line: ProgressLine },
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
      const queries = [
        run.query,
        ...(run.options.gathering.hosts.length === 0 ? [] : [{ role: "hosts", handles: run.options.gathering.hosts } as const]),
      ];
      const { from, to } = run.range;
      const record = {
        session: captureLines.subject(subject),
        dry_run: true,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        queries: queries.map((query) => around.network.words(query)),
        counted: costs.tweets,
        estimate_usd: costs.costUsd,
        requests: run.requests,
        cost_usd: run.cost,
      };
      context.result(record, [
        words,
        ...record.queries.map((query) => `  ${query}`),
        `asked until now: ${many(run.requests, "request")}, $${run.cost.toFixed(3)}`,
      ]);
      return null;
    }
    line.say(words);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return stopped(run, error);
  }
  return capture(run);
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

type Planned = Subject & { readonly following: boolean };

async function subjectsOf(context: Context, archive: Archive, asked: Asked): Promise<readonly Planned[]> {
  const { dueSessions, sessionToFollow } = await import("../capture/due.ts");
  const now = context.effects.clock.now();
  const [name] = context.words;
  if (!asked.due) return [await subjectOf(context, archive, asked)];
  const { chats, only } = named(archive, name);
  const planned: Planned[] = [];
  for (const chat of chats) {
    const wanted = (session: Session): boolean => only === null || session.slug === only;
    const following = asked.follow ? sessionToFollow(archive, chat, { now, ahead: AHEAD }) : null;
    for (const session of dueSessions(archive, chat, now).filter(wanted))
      if (session.slug !== following?.slug) planned.push({ chat, session, range: null, following: false });
    if (following !== null && wanted(following)) planned.push({ chat, session: following, range: null, following: true });
  }
  return planned;
}

function named(archive: Archive, name: string | undefined): { chats: readonly Chat[]; only: string | null } {
  if (name === undefined) return { chats: archive.chats, only: null };
  const [chat = "", session = ""] = name.replace(/\/$/, "").split("/");
  return { chats: [archive.chat(chat)], only: session === "" ? null : session };
}

async function subjectOf(context: Context, archive: Archive, { range, follow }: Asked): Promise<Planned> {
  const { currentSession, sessionToFollow, sessionsAround } = await import("../capture/due.ts");
  const now = context.effects.clock.now();
  const { chats, only } = named(archive, context.words[0]);
  const [chat, second] = chats;
  if (chat === undefined) throw new UserError("capture: there is no chat yet: npx chatscribe init");
  if (second !== undefined)
    throw new UserError(
      `capture: say which chat, one of ${chats.map(({ slug }) => slug).join(", ")}, or --due for all that has fallen due`,
    );
  if (range !== null && only === null) return refuseFuture(context, { chat, session: null, range, following: false }, now);
  const session =
    only === null
      ? follow
        ? (sessionToFollow(archive, chat, { now, ahead: 7 * 24 * 60 * MINUTE }) ?? currentSession(archive, chat, now))
        : currentSession(archive, chat, now)
      : (sessionsAround(archive, chat, now).find(({ slug }) => slug === only) ?? archive.folder.session(chat, only, null));
  if (session === null)
    throw new UserError(
      `capture: chat "${chat.slug}" had no session in the last week: name one, as ${chat.slug}/2026-11-17, or write the chat's schedule`,
    );
  return refuseFuture(context, { chat, session, range, following: follow && range === null }, now);
}

function refuseFuture(context: Context, subject: Planned, now: number): Planned {
  const from =
    subject.range?.from ?? (subject.session === null ? now : subject.session.window.start - subject.session.window.lead * MINUTE);
  if (from < now || subject.following) return subject;
  throw new UserError(
    `capture: ${captureLines.subject(subject)} begins ${captureLines.when(from, zoneOf(subject))}: nothing can be captured yet; npx chatscribe capture --due${archiveFlag(context)} takes it when it is over, --follow waits for it`,
  );
}
