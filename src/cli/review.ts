import { existsSync } from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import { clock, zoneAt } from "../site/time.ts";
import type { ReviewEntry } from "../thread/review.ts";
import type { Command, Context } from "./command.ts";
import { hostsClause, hostsKnown } from "./hosts.ts";
import { many, sessionNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint } from "./paths.ts";

export const command: Command = {
  usage: "review <chat>/<session> [--open] [--port N]",
  does: "Lists what needs a human, worst first: where each tweet stands now and why, and the line for the session's file that changes it. With --open, the same as a page on this machine: beside the transcript, with a key for every decision.",
  example: "npx chatscribe review socialmedia/2009-07-21 --open",
  options: { open: { type: "boolean", default: false }, port: { type: "string" } },
  help: {
    "--open": "prints the address of that page, and shows it until Ctrl-C; open it in a browser yourself",
    "--port N": "with --open: which port (default: any that is free)",
  },
  words: [1, 1],
  async run(context) {
    if (context.options.open === true) return (await import("./desk.ts")).openDesk(context);
    if (context.options.port !== undefined) throw new UserError("review: --port goes with --open");
    const [word = ""] = context.words;
    const archive = await openArchive(context.archive, word);
    try {
      const { review } = await import("../thread/review.ts");
      const { chat, session } = sessionNamed(archive, word, (named) => importHint(context, named.slug));
      const { transcript } = archive.withWork((work) => archive.thread(chat, session, work));
      const { entries, more } = review(archive.input(chat, session), transcript, { coverage: archive.coverage(chat, session) });
      const name = `${chat.slug}/${session.slug}`;
      const fill = (entry: ReviewEntry): Told => told(entry, { name, context });
      const zone = zoneAt(chat, session.window.start);
      const hosts = hostsKnown(archive, { chat, session });
      const clause = transcript.placed.length === 0 ? "" : hostsClause(hosts);
      const json = {
        session: name,
        hosts: hosts.are,
        hosts_guessed: hosts.guessed,
        entries: entries.map((entry) => plain(entry, fill(entry))),
        more,
      };
      context.result(json, [
        `${headline(name, entries.length, more)}${clause && ` (${clause})`}`,
        ...entries.flatMap((entry, n) => ["", ...linesOf(entry, fill(entry), { n: n + 1, zone })]),
      ]);
      if (entries.some(({ write }) => write !== null)) context.say(whereToWrite(archive.folder.file(chat, session.slug)));
      if (archive.notes(chat, session.slug).status === "draft" && transcript.placed.length > 0)
        context.say(`Decide at the desk, and mark it as reviewed there: npx chatscribe review ${name} --open${archiveFlag(context)}`);
      context.next(`npx chatscribe build${archiveFlag(context)}`);
      return EXIT.done;
    } finally {
      archive.close();
    }
  },
};

const headline = (name: string, shown: number, more: number): string =>
  shown === 0
    ? `${name}: nothing needs you`
    : `${name}: ${many(shown + more, "thing")} to look at, worst first${more === 0 ? "" : `; the first ${shown}`}`;

const whereToWrite = (file: string): string =>
  `Write what you want to change into ${file}${existsSync(file) ? "" : ", a new file: the lines go between two lines of ---"}, then:`;

/** What to do about an entry: the lines to write, as they stand in the file, or a command. */
interface Told {
  readonly paste: string | null;
  readonly run: string | null;
}

function told({ kind, write }: ReviewEntry, { name, context }: { readonly name: string; readonly context: Context }): Told {
  return {
    paste: write === null ? null : write.lines.map((line) => (write.under === null ? line : `  ${line}`)).join("\n"),
    run: kind === "gap" ? `npx chatscribe capture ${name}${archiveFlag(context)}` : null,
  };
}

const plain = ({ write, instead, time, ...entry }: ReviewEntry, { paste, run }: Told) => ({
  ...entry,
  time: time === null ? null : new Date(time).toISOString(),
  under: write?.under ?? null,
  paste,
  instead: instead === null ? null : `${instead.file}:${instead.line}`,
  run,
});

/** Of a flood so many lines are shown; --json has them all. */
const MOST_LINES = 4;

function linesOf(entry: ReviewEntry, { paste, run }: Told, { n, zone }: { readonly n: number; readonly zone: string }): string[] {
  const { id, who, time, text, write, instead } = entry;
  const indent = " ".repeat(`${n}. `.length);
  const at = time === null ? "" : `${clock(zone, time)} `;
  return [
    id === null ? `${n}. ${entry.why}` : `${n}. ${at}@${who} ${id}: ${text}`,
    ...(id === null ? [] : [`${indent}${where(entry)}${entry.why}`]),
    ...(instead === null ? [] : [`${indent}${paste === null ? "remove" : "instead of"} ${instead.file}:${instead.line}`]),
    ...(run === null ? [] : [`${indent}${run}`]),
    ...(write === null ? [] : writing(write).map((line) => indent + line)),
  ];
}

/** `under edits:  "2412345678": Q2  # Q1: it stands right` */
function writing({ under, lines }: NonNullable<ReviewEntry["write"]>): string[] {
  const head = under === null ? "write:  " : `under ${under}:  `;
  const [first = "", ...others] = lines.slice(0, MOST_LINES);
  const cut = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} more lines (--json has them)`] : [];
  return [head + first, ...[...others, ...cut].map((line) => " ".repeat(head.length) + line)];
}

/** `Q2, 0.60, 4 below: ` */
function where({ stands, confidence, below }: ReviewEntry): string {
  const parts = [stands, confidence?.toFixed(2) ?? null, below === 0 ? null : `${below} below`].filter((part) => part !== null);
  return parts.length === 0 ? "" : `${parts.join(", ")}: `;
}
