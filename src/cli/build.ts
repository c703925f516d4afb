import { EXIT } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { archiveFlag, outFlag, outOf } from "./paths.ts";

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
  const [{ Archive }, { siteOf }, { renderSite }] = await Promise.all([
    import("../archive/archive.ts"),
    import("../site/open.ts"),
    import("../site/render.ts"),
  ]);
  const archive = Archive.open(context.archive);
  try {
    const moved = archive.withWork((work) =>
      archive.chats.flatMap((chat) => archive.sessions(chat).map((session) => archive.thread(chat, session, work))),
    );
    for (const { transcript } of moved)
      for (const e of transcript.unmatched)
        context.say(`${e.place.file}:${e.place.line}: ${e.what} of tweet ${e.tweet}: not held here (yet); it has no effect`);
    const site = siteOf(archive, context.effects.now());
    if (site.config.url === null) context.say(`${context.archive}: no url in site.yml, so pages carry no absolute links`);
    const { files, removed } = await renderSite(site, out);
    return { files, sessions: moved.length, removed };
  } finally {
    archive.close();
  }
}
