import { EXIT, type ExitCode, UserError } from "../errors.ts";
import type { Context } from "./command.ts";
import { portOf, sessionNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint } from "./paths.ts";
import { bugWords } from "./secrets.ts";

/** `review --open`: the desk, until the person stops it. */
export async function openDesk(context: Context): Promise<ExitCode> {
  const [word = ""] = context.words;
  const port = portOf("review", context.options.port ?? "0");
  const archive = await openArchive(context.archive, word);
  try {
    const { chat, session } = sessionNamed(archive, word, (named) => importHint(context, named.slug));
    if (archive.read(chat, session).transcript.placed.length === 0)
      throw new UserError(`${chat.slug}/${session.slug} has no tweets yet; add some: ${importHint(context, chat.slug)}`);
    const [{ siteConfig }, { serveDesk }] = await Promise.all([import("../site/theme.ts"), import("../desk/serve.ts")]);
    const where = { archive, chat, slug: session.slug, config: await siteConfig(context.archive) };
    const server = await serveDesk(where, { port, bug: (error) => context.effects.err(bugWords(error)) });
    // Listened for before anybody is told that it can be stopped.
    const stopped = context.effects.stopped();
    context.result({ url: server.url, file: archive.folder.file(chat, session.slug) }, [server.url]);
    context.say("Ctrl-C ends it.");
    await stopped;
    await server.close();
    const { status } = archive.notes(chat, session.slug);
    context.next(`npx chatscribe ${status === "reviewed" ? "publish <target>" : "build"}${archiveFlag(context)}`);
    return EXIT.done;
  } finally {
    archive.close();
  }
}
