import type { ForgetReport, Wanted } from "../capture/forget.ts";
import { REASONS } from "../config/removed.ts";
import { didYouMean, EXIT, UserError } from "../errors.ts";
import type { RemovalReason } from "../model.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { openArchive, openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "forget <id|url|@handle>… [--reason author-request|deleted|protected|legal|organiser] [--dry-run] [--no-anchor]",
  does: "Removes tweets, or everything somebody wrote, from the whole archive, and keeps them out. A tombstone without text or name stays.",
  example: "npx chatscribe forget 2756127777 --reason author-request",
  options: {
    reason: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    "no-anchor": { type: "boolean", default: false },
  },
  help: {
    "--reason R": `${REASONS.join(", ")} (default author-request)`,
    "--dry-run": "says what would go; nothing is written",
    "--no-anchor": "no tombstone: links to the tweet lead nowhere",
  },
  words: [1, Number.POSITIVE_INFINITY],
  async run(context) {
    const wanted = wantedOf(context.words);
    const reason = reasonOf(context.options.reason ?? "author-request");
    await openFolder(context.archive);
    const report = await forgetAll(context, wanted, reason);
    tell(context, report);
    return report.lines.length > 0 ? EXIT.incomplete : EXIT.done;
  },
};

function reasonOf(word: unknown): RemovalReason {
  const reason = REASONS.find((known) => known === word);
  if (reason !== undefined) return reason;
  throw new UserError(`forget: unknown reason "${String(word)}"${didYouMean(String(word), REASONS)}; there are: ${REASONS.join(", ")}`);
}

// `https://x.com/amy/status/123`, `https://twitter.com/i/web/status/123?s=20`
const ON_X = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\S*?\/status(?:es)?\/(\d{1,20})(?:\D|$)/i;
// `https://chats.example.org/tea/2026-03-03/#t123`, `…/t/123/`
const ON_SITE = /^https?:\/\/\S+(?:#t|\/t\/)(\d{1,20})\/?$/i;

function wantedOf(words: readonly string[]): Wanted {
  const tweets = new Set<string>();
  const handles = new Map<string, string>();
  for (const word of words) {
    const id = /^[1-9]\d{0,19}$/.test(word) ? word : (ON_X.exec(word) ?? ON_SITE.exec(word))?.[1];
    const handle = /^@([A-Za-z0-9_]{1,20})$/.exec(word)?.[1]; // @amy
    if (id !== undefined) tweets.add(id);
    else if (handle !== undefined) handles.set(handle.toLowerCase(), handle);
    else throw new UserError(`forget: "${word}" is no tweet and nobody: write an id, as 2756127777, a tweet's URL, or a handle, as @amy`);
  }
  return { tweets: [...tweets], handles: [...handles.values()] };
}

async function forgetAll(context: Context, wanted: Wanted, reason: RemovalReason): Promise<ForgetReport> {
  const [{ forget }, { writing }] = await Promise.all([import("../capture/forget.ts"), import("../capture/import.ts")]);
  const now = context.effects.now();
  return writing(context.archive, async () => {
    const archive = await openArchive(context.archive);
    try {
      const { "dry-run": dryRun, "no-anchor": noAnchor } = context.options;
      const on = new Date(now).toISOString().slice(0, 10);
      return await forget(archive, wanted, { reason, on, now, anchor: noAnchor !== true, dryRun: dryRun === true });
    } finally {
      archive.close();
    }
  });
}

function tell(context: Context, report: ForgetReport): void {
  const dryRun = context.options["dry-run"] === true;
  const { tweets, reposts, authors, veiled, rawRecords, notes, notHeld, lines, backups, commits } = report;
  const counts = [
    `${many(tweets, "tweet")}${reposts === 0 ? "" : ` (${many(reposts, "repost")} among them)`}`,
    many(authors, "author"),
    ...(dryRun ? [] : [many(rawRecords, "record of the files", "records of the files")]),
    `${many(notes, "entry", "entries")} of notes`,
    ...(veiled === 0 ? [] : [`the name in ${many(veiled, "other tweet")}`]),
    ...(backups === 0 ? [] : [dryRun ? "all backups, for a fresh one" : "all old backups, for a fresh one"]),
  ];
  context.result({ dryRun, ...report }, [`${dryRun ? "would remove" : "removed"}: ${counts.join(", ")}`]);
  for (const word of notHeld)
    context.say(`${word}: nothing of it is held; ${dryRun ? "it would be added" : "added"} to removed.yml so that it stays out`);
  for (const { file, line } of lines) context.warn(`${file}:${line}: it still says what is removed: rewrite the line`);
  if (commits > 0)
    context.warn(
      `${context.archive}: ${many(commits, "commit")} of its git repository still hold it: rewrite the history, or put a fresh repository in its place`,
    );
  if (!dryRun) context.next(`npx chatscribe build${archiveFlag(context)}`);
}
