import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { EXIT, UserError } from "../errors.ts";
import type { Built } from "../site/build.ts";
import type { Command, Context } from "./command.ts";
import { grouped, many, notHeld } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag, isFolder, outFlag, outOf } from "./paths.ts";

export const command: Command = {
  usage: "build [--out site] [--full]",
  does: "Renders the pages that are made from what changed. A build that fails leaves the last good site as it was.",
  example: "npx chatscribe build",
  options: { out: { type: "string" }, full: { type: "boolean", default: false } },
  help: { "--out DIR": "where the site goes (default site)", "--full": "reads every session and renders every page, changed or not" },
  words: [0, 0],
  async run(context) {
    const started = performance.now();
    setFlagsFromString("--no-optimize-for-size"); // set for imports (scripts/chatscribe.js): a build takes a quarter longer with it
    const out = outOf(context);
    if (existsSync(out) && !isFolder(out)) throw new UserError(`${out}: cannot be written: it is a file, not a folder`, EXIT.disk);
    const { sessions: rendered, unchanged, removed, files, ...built } = await build(context, { out, full: context.options.full === true });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await remark(context, built);
    context.result({ rendered, unchanged, removed, files, seconds }, [
      `${out}: ${wordsOf(rendered, unchanged)}, ${many(files, "file")}, ${seconds} s`,
    ]);
    context.next(`npx chatscribe serve${outFlag(context)}${archiveFlag(context)}`);
    return EXIT.done;
  },
};

/** `2 sessions`, `1 session, 999 unchanged` */
const wordsOf = (rendered: number, unchanged: number): string =>
  unchanged === 0 ? many(rendered, "session") : `${many(rendered, "session")}, ${grouped(unchanged)} unchanged`;

/** What the organiser should know of a build. */
export async function remark(
  context: Context,
  { unmatched, config, hasCards }: Pick<Built, "unmatched" | "config" | "hasCards">,
): Promise<void> {
  for (const entry of unmatched) context.say(notHeld(entry));
  if (!hasCards)
    context.say(
      `${context.archive}: no pictures of quotes and sessions: satori and @resvg/resvg-js are not installed (npm install --include=optional)`,
    );
  const { remarks } = await import("../site/remarks.ts");
  for (const line of remarks(config)) context.say(`${context.archive}: ${line}`);
}

/** Builds the site of the command's archive. */
export async function build(
  context: Context,
  { out, ...how }: { readonly out: string; readonly full: boolean; readonly drafts?: boolean },
): Promise<Built> {
  const [{ siteConfig }, { Archive }] = await Promise.all([import("../site/theme.ts"), import("../archive/archive.ts")]);
  await siteConfig(context.archive); // a mistake in it is told before a database is made
  if (!existsSync(join(context.archive, "archive.db"))) await openFolder(context.archive); // so is one in a session's file
  const archive = Archive.open(context.archive);
  try {
    return await alone(context, out, async () => {
      const { buildSite } = await import("../site/build.ts");
      return buildSite(archive, { out, now: context.effects.now(), cores: context.effects.cores ?? 1, ...how });
    });
  } finally {
    archive.close();
  }
}

/** Two builds at once would take each other's pages away. */
async function alone<T>(context: Context, out: string, use: () => Promise<T>): Promise<T> {
  const { takeLock } = await import("../store/open.ts");
  const lock = takeLock(join(context.archive, "build-lock.db"), out);
  try {
    return await use();
  } finally {
    lock.release();
  }
}
