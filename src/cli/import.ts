import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import type { Folder } from "../archive/folder.ts";
import type { ImportReport } from "../capture/import.ts";
import { readRemoved } from "../config/removed.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat, Session } from "../model.ts";
import type { ImportFile } from "../source/file.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag, inCwd } from "./paths.ts";

/** Refusals are told one by one up to here; the rest is counted. */
const TOLD = 20;

export const command: Command = {
  usage: "import <file…> --chat C [--session S] [--as FORMAT]",
  does: "Adds the tweets of files to a chat. What is held already is not added again; every record that cannot be read is named.",
  example: "npx chatscribe import tweets.csv --chat socialmedia",
  options: { chat: { type: "string" }, session: { type: "string" }, as: { type: "string" } },
  help: {
    "--chat C": "the chat the tweets belong to",
    "--session S": "the session of tweets without a time (pasted text), as 2009-07-21",
    "--as FORMAT": "one of those a refusal lists, as twarc-v1-csv; found out by content otherwise",
  },
  words: [1, Number.POSITIVE_INFINITY],
  async run(context) {
    const { chat: chatName, session, as } = context.options;
    if (typeof chatName !== "string") throw new UserError(`import: say which chat the tweets belong to: ${await exampleOf(context)}`);
    const reports = await importAll(context, {
      chatName,
      session: typeof session === "string" ? session : null,
      as: typeof as === "string" ? as : undefined,
    });
    const total = sum(reports);
    context.result(
      { files: reports.map(({ refusals: _, warnings: __, ...report }) => report), ...total },
      reports.map(lineOf).concat(reports.length > 1 ? [lineOf({ file: "in all", ...total })] : []),
    );
    if (total.new + total.held > 0) context.next(`npx chatscribe build${archiveFlag(context)}`);
    return total.refused > 0 ? EXIT.incomplete : EXIT.done;
  },
};

/** `--chat tea`, or one of several */
async function exampleOf(context: Context): Promise<string> {
  const { chats } = await openFolder(context.archive);
  return chats.map(({ slug }) => `--chat ${slug}`).join(" or ") || "make one first with npx chatscribe init";
}

async function importAll(
  context: Context,
  named: { chatName: string; session: string | null; as: string | undefined },
): Promise<ImportReport[]> {
  const [archives, { concerns }, { finder }, { importFile, writing }, { openImports }] = await Promise.all([
    import("../archive/archive.ts"),
    import("../archive/concerns.ts"),
    import("../archive/find.ts"),
    import("../capture/import.ts"),
    import("../source/file.ts"),
  ]);
  const { session, as } = named;
  // Everything that can be refused is refused before anything is written.
  const folder = await openFolder(context.archive, named.chatName);
  readRemoved(context.archive);
  const chat = folder.chat(named.chatName);
  const sessions = await knownSessions(folder, chat);
  if (session !== null && !sessions.some(({ slug }) => slug === session)) folder.session(chat, session, null);
  const opened: { archive?: Archive } = {};
  const find = finder(() => opened.archive ?? unopened(), chat);
  const options = { as, chat: chat.slug, session, zone: chat.schedule.at(-1)?.zone, keep: concerns(chat, sessions), find };
  const files: ImportFile[] = [];
  for (const word of context.words) files.push(...(await openImports(inCwd(context.effects, word), options)));
  return writing(context.archive, async () => {
    const archive = new archives.Archive(folder);
    opened.archive = archive;
    try {
      const reports: ImportReport[] = [];
      for (const file of files) {
        const report = await importFile(archive, file, chat, { session, now: context.effects.now() });
        tell(context, report);
        reports.push(report);
      }
      if (reports.some((report) => report.new > 0)) await proposeSessions(context, archive, chat);
      return reports;
    } finally {
      archive.close();
    }
  });
}

/** Hours outside every session's window in which the chat seems to have met, as the files that would make sessions of them. */
async function proposeSessions(context: Context, archive: Archive, chat: Chat): Promise<void> {
  const [{ boundsOf }, { burstsOf, outside }, { burstLines }] = await Promise.all([
    import("../archive/belonging.ts"),
    import("../archive/bursts.ts"),
    import("./burst-lines.ts"),
  ]);
  archive.refresh();
  const sessions = archive.sessions(chat);
  const windows = sessions.map(({ window }) => boundsOf(window));
  const bursts = burstsOf(outside(archive.store.posts(chat.slug), windows));
  if (bursts.length === 0) return;
  const zone = chat.schedule.at(-1)?.zone ?? "UTC";
  context.say(
    `${many(bursts.length, "hour")} outside every session's window in which ${chat.slug} seems to have met; to make sessions of them:`,
  );
  for (const line of burstLines(bursts, { chat, zone, dir: context.archive, taken: sessions.map(({ slug }) => slug) })) context.say(line);
}

/** The sessions held or with a file. */
async function knownSessions(folder: Folder, chat: Chat): Promise<readonly Session[]> {
  if (!existsSync(join(folder.dir, "archive.db"))) return [...folder.noted(chat)].map((slug) => folder.session(chat, slug, null));
  const archives = await import("../archive/archive.ts");
  const archive = new archives.Archive(folder);
  try {
    return archive.sessions(chat);
  } finally {
    archive.close();
  }
}

function unopened(): never {
  throw new TypeError("parts are read while the archive is open");
}

function tell(context: Context, report: ImportReport): void {
  for (const { line, why } of report.warnings.slice(0, TOLD)) context.say(`${report.file}:${line}: ${why}`);
  if (report.warnings.length > TOLD) context.say(`${report.file}: and ${report.warnings.length - TOLD} more like these`);
  for (const { line, why } of report.refusals.slice(0, TOLD)) context.warn(`${report.file}:${line}: ${why}`);
  if (report.refusals.length > TOLD) context.warn(`${report.file}: and ${report.refusals.length - TOLD} more records refused`);
}

const KEYS = ["read", "new", "held", "context", "repaired", "removed", "refused"] as const;
type Counts = Readonly<Record<(typeof KEYS)[number], number>>;

const sum = (reports: readonly ImportReport[]): Counts =>
  Object.fromEntries(KEYS.map((key) => [key, reports.reduce((total, report) => total + report[key], 0)])) as Counts;

/** `tweets.csv: 1,250 read, 1,201 new, 49 held, 1,250 ids repaired, 0 refused` */
function lineOf({ file, read, new: added, held, context, repaired, removed, refused }: { file: string } & Counts): string {
  const known = [
    ...(context === 0 ? [] : [`${context.toLocaleString("en")} as context`]),
    ...(removed === 0 ? [] : [`${removed.toLocaleString("en")} kept out as removed`]),
  ];
  const counts = [`${read.toLocaleString("en")} read`, `${added.toLocaleString("en")} new`, `${held.toLocaleString("en")} held`, ...known];
  return `${file}: ${[...counts, `${many(repaired, "id")} repaired`, `${refused.toLocaleString("en")} refused`].join(", ")}`;
}
