import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { EXIT, UserError } from "../errors.ts";
import type { SiteConfig } from "../model.ts";
import type { Command, Context } from "./command.ts";
import { many, notHeld, sessionsNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, isFolder, outFlag, outOf } from "./paths.ts";

export const command: Command = {
  usage: "build [--out site] [--full]",
  does: "Places every tweet and renders the whole site. A build that fails leaves the last good site as it was.",
  example: "npx chatscribe build",
  options: { out: { type: "string" }, full: { type: "boolean", default: false } },
  help: { "--out DIR": "where the site goes (default site)", "--full": "renders every page, changed or not (today every build does)" },
  words: [0, 0],
  async run(context) {
    const started = performance.now();
    const out = outOf(context);
    if (existsSync(out) && !isFolder(out)) throw new UserError(`${out}: cannot be written: it is a file, not a folder`, EXIT.disk);
    const { files, sessions, removed } = await render(context, out);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    context.result({ rendered: sessions, unchanged: 0, removed, files, seconds }, [
      `${out}: ${many(sessions, "session")}, ${many(files, "file")}, ${seconds} s`,
    ]);
    context.next(`npx chatscribe serve${outFlag(context)}${archiveFlag(context)}`);
    return EXIT.done;
  },
};

async function render(context: Context, out: string): Promise<{ files: number; sessions: number; removed: number }> {
  const { siteConfig } = await import("../site/theme.ts");
  const config = await siteConfig(context.archive);
  const archive = await openArchive(context.archive);
  try {
    const sessions = threadAll(context, archive);
    return { sessions, ...(await alone(context, out, () => renderAll(context, { archive, config, out }))) };
  } finally {
    archive.close();
  }
}

/** Places every session and keeps the placements; returns how many there are. */
function threadAll(context: Context, archive: Archive): number {
  return archive.withWork((work) => {
    const named = sessionsNamed(archive, undefined);
    for (const { chat, session } of named)
      for (const entry of archive.thread(chat, session, work).transcript.unmatched) context.say(notHeld(entry));
    return named.length;
  });
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

interface Rendering {
  readonly archive: Archive;
  readonly config: SiteConfig;
  readonly out: string;
}

async function renderAll(context: Context, { archive, config, out }: Rendering): Promise<{ files: number; removed: number }> {
  const [{ siteOf }, { renderSite }, { remarks }] = await Promise.all([
    import("../site/open.ts"),
    import("../site/render.ts"),
    import("../site/remarks.ts"),
  ]);
  const site = siteOf(archive, config, context.effects.now());
  const { files, removed } = await renderSite(site, out);
  if (site.cards === null)
    context.say(
      `${context.archive}: no pictures of quotes and sessions: satori and @resvg/resvg-js are not installed (npm install --include=optional)`,
    );
  for (const line of remarks(config)) context.say(`${context.archive}: ${line}`);
  return { files, removed };
}
