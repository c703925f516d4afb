import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import { FORMATS } from "../export/formats.ts";
import type { Command, Context } from "./command.ts";
import { many, sessionNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint, inCwd, isFolder } from "./paths.ts";

export const command: Command = {
  usage: "export <chat>/<session> [--format jsonl|json|csv|md|txt] [--out FILE]",
  does: "Prints a session, every tweet with its placement. The jsonl format is a public contract and can be imported again.",
  example: "npx chatscribe export socialmedia/2009-07-21 --format jsonl --out session.jsonl",
  options: { format: { type: "string" }, out: { type: "string" } },
  help: { "--format F": "jsonl (default), json, csv, md or txt", "--out FILE": "into a file, not on stdout" },
  words: [1, 1],
  async run(context) {
    const name = formatOf(context.options.format ?? (context.json ? "json" : "jsonl"));
    const file = fileOf(context);
    const [word = ""] = context.words;
    const archive = await openArchive(context.archive, word);
    try {
      const [{ headingOf }, { siteWords }] = await Promise.all([import("../site/heading.ts"), import("../site/theme.ts")]);
      const words = siteWords(archive.dir);
      const { chat, session } = sessionNamed(archive, word, (named) => importHint(context, named.slug));
      const { transcript } = archive.withWork((work) => archive.thread(chat, session, work));
      const text = FORMATS[name](transcript, headingOf(words, chat, { session, notes: archive.notes(chat, session.slug) }));
      if (file === null) context.effects.out(text);
      else {
        writeWhole(file, text);
        context.say(`${file}: ${many(transcript.placed.length, "tweet")}`);
      }
      context.next(`npx chatscribe build${archiveFlag(context)}`);
      return EXIT.done;
    } finally {
      archive.close();
    }
  },
};

function formatOf(word: unknown): keyof typeof FORMATS {
  const known = Object.keys(FORMATS);
  if (typeof word === "string" && Object.hasOwn(FORMATS, word)) return word as keyof typeof FORMATS;
  throw new UserError(`export: unknown format "${String(word)}"; there are: ${known.join(", ")}`);
}

/** `--out`, if it is a place where a file can be; null: stdout. */
function fileOf({ effects, options }: Context): string | null {
  if (typeof options.out !== "string") return null;
  const file = inCwd(effects, options.out);
  const refuse = (why: string): never => {
    throw new UserError(`${file}: cannot be written: ${why}`, EXIT.disk);
  };
  if (isFolder(file)) refuse("it is a folder");
  return isFolder(dirname(file)) ? file : refuse(`there is no folder ${dirname(file)}`);
}

/** The file as a whole or not at all. */
function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
