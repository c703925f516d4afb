import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Folder } from "../archive/folder.ts";
import type { ImportReport } from "../capture/import.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat } from "../model.ts";
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
    "--as FORMAT": "chatscribe-jsonl, twarc-v1-json, twarc-v1-csv or text; found out by content otherwise",
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
  const [{ Archive }, { importFile, writing }, { openImport }] = await Promise.all([
    import("../archive/archive.ts"),
    import("../capture/import.ts"),
    import("../source/file.ts"),
  ]);
  const { session, as } = named;
  // Everything that can be refused is refused before anything is written.
  const folder = await openFolder(context.archive, named.chatName);
  const chat = folder.chat(named.chatName);
  if (session !== null && !(await isHeld(folder, chat, session))) folder.session(chat, session, null);
  const files: ImportFile[] = [];
  for (const word of context.words) files.push(await openImport(inCwd(context.effects, word), { as, chat: chat.slug, session }));
  return writing(context.archive, async () => {
    const archive = new Archive(folder);
    try {
      const reports: ImportReport[] = [];
      for (const file of files) {
        const report = await importFile(archive, file, chat, { session, now: context.effects.now() });
        tell(context, report);
        reports.push(report);
      }
      return reports;
    } finally {
      archive.close();
    }
  });
}

/** A session that is held has its window, whatever the schedule says today. */
async function isHeld(folder: Folder, chat: Chat, session: string): Promise<boolean> {
  if (!existsSync(join(folder.dir, "archive.db"))) return false;
  const { Archive } = await import("../archive/archive.ts");
  const archive = new Archive(folder);
  try {
    return archive.sessions(chat).some(({ slug }) => slug === session);
  } finally {
    archive.close();
  }
}

function tell(context: Context, report: ImportReport): void {
  for (const { line, why } of report.warnings.slice(0, TOLD)) context.say(`${report.file}:${line}: ${why}`);
  if (report.warnings.length > TOLD) context.say(`${report.file}: and ${report.warnings.length - TOLD} more like these`);
  for (const { line, why } of report.refusals.slice(0, TOLD)) context.warn(`${report.file}:${line}: ${why}`);
  if (report.refusals.length > TOLD) context.warn(`${report.file}: and ${report.refusals.length - TOLD} more records refused`);
}

const KEYS = ["read", "new", "held", "context", "repaired", "refused"] as const;
type Counts = Readonly<Record<(typeof KEYS)[number], number>>;

const sum = (reports: readonly ImportReport[]): Counts =>
  Object.fromEntries(KEYS.map((key) => [key, reports.reduce((total, report) => total + report[key], 0)])) as Counts;

/** `tweets.csv: 1,250 read, 1,201 new, 49 held, 1,250 ids repaired, 0 refused` */
function lineOf({ file, read, new: added, held, context, repaired, refused }: { file: string } & Counts): string {
  const known = context === 0 ? [] : [`${context.toLocaleString("en")} as context`];
  const counts = [`${read.toLocaleString("en")} read`, `${added.toLocaleString("en")} new`, `${held.toLocaleString("en")} held`, ...known];
  return `${file}: ${[...counts, `${many(repaired, "id")} repaired`, `${refused.toLocaleString("en")} refused`].join(", ")}`;
}
