import { EXIT } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { sessionNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint } from "./paths.ts";

export const command: Command = {
  usage: "recap <chat>/<session> [--html] [--private]",
  does: "Prints a recap of a session to start a blog post from: its questions with the answers the chat made something of, links, people.",
  example: "npx chatscribe recap socialmedia/2009-07-21",
  options: { html: { type: "boolean", default: false }, private: { type: "boolean", default: false } },
  help: {
    "--html": "as HTML, not as Markdown",
    "--private": "adds what was put to the host and never answered",
  },
  words: [1, 1],
  async run(context) {
    const [word = ""] = context.words;
    const archive = await openArchive(context.archive, word);
    try {
      const { chat, session } = sessionNamed(archive, word, (named) => importHint(context, named.slug));
      archive.withWork((work) => archive.thread(chat, session, work));
      const [{ siteConfig }, { aloneOf }, { recapOf }, { Identities }] = await Promise.all([
        import("../site/theme.ts"),
        import("../site/card.ts"),
        import("../site/recap.ts"),
        import("../site/identity.ts"),
      ]);
      const config = await siteConfig(archive.dir);
      const who = new Identities(archive.store.users);
      const unanswered = context.options.private === true;
      const markdown = recapOf(aloneOf(archive, config, { chat, session }), { config, who, unanswered });
      const recap = context.options.html === true ? await asHtml(markdown) : markdown;
      context.result({ session: `${chat.slug}/${session.slug}`, recap }, [recap.trimEnd()]);
      if (config.url === null) context.say(`${context.archive}: no url in site.yml, so links lead to X`);
      hint(context, `${chat.slug}/${session.slug}`);
      return EXIT.done;
    } finally {
      archive.close();
    }
  },
};

async function asHtml(markdown: string): Promise<string> {
  const { markdownHtml } = await import("../text/markdown.ts");
  return String(markdownHtml(markdown));
}

/** Without pins the chat itself has chosen: a person may choose better. */
const hint = (context: Context, name: string): void => context.next(`npx chatscribe review ${name}${archiveFlag(context)}`);
