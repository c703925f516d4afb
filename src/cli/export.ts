import { renameSync, writeFileSync } from "node:fs";
import { didYouMean, EXIT, UserError } from "../errors.ts";
import { FORMATS } from "../export/formats.ts";
import type { Command } from "./command.ts";
import { many, sessionNamed } from "./names.ts";
import { inCwd } from "./paths.ts";

export const command: Command = {
  usage: "export <chat>/<session> [--format jsonl|json|csv|md|txt] [--out FILE]",
  does: "Prints a session, every tweet with its placement. The jsonl format is a public contract and can be imported again.",
  example: "npx chatscribe export socialmedia/2009-07-21 --format jsonl --out session.jsonl",
  options: { format: { type: "string" }, out: { type: "string" } },
  help: { "--format F": "jsonl (default), json, csv, md or txt", "--out FILE": "into a file, not on stdout" },
  words: [1, 1],
  async run(context) {
    const name = formatOf(context.options.format ?? (context.json ? "json" : "jsonl"));
    const [{ Archive }, { headingOf }] = await Promise.all([import("../archive/archive.ts"), import("../site/heading.ts")]);
    const archive = Archive.open(context.archive);
    try {
      const { chat, session } = sessionNamed(archive, context.words[0] ?? "");
      const { transcript } = archive.withWork((work) => archive.thread(chat, session, work));
      const text = FORMATS[name](transcript, headingOf(chat, session, archive.notes(chat, session.slug)));
      const out = context.options.out;
      if (typeof out !== "string") context.effects.out(text);
      else {
        writeWhole(inCwd(context.effects, out), text);
        context.say(`${out}: ${many(transcript.placed.length, "tweet")}`);
      }
      return EXIT.done;
    } finally {
      archive.close();
    }
  },
};

function formatOf(word: unknown): keyof typeof FORMATS {
  const known = Object.keys(FORMATS);
  if (typeof word === "string" && Object.hasOwn(FORMATS, word)) return word as keyof typeof FORMATS;
  throw new UserError(`export: unknown format "${String(word)}"${didYouMean(String(word), known) || `; there are: ${known.join(", ")}`}`);
}

/** The file as a whole or not at all. */
function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  writeFileSync(part, text);
  renameSync(part, file);
}
