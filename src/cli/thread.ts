import { EXIT, UserError } from "../errors.ts";
import type { Chat, Session, Transcript } from "../model.ts";
import type { Command, Context } from "./command.ts";
import { many, sessionsNamed } from "./names.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "thread [<chat>[/<session>]] [--explain ID]",
  does: "Places every tweet by question and reply, and says what changed since the last time.",
  example: "npx chatscribe thread socialmedia/2009-07-21",
  options: { explain: { type: "string" } },
  help: { "--explain ID": "prints the ladder for one tweet: which rung placed it, on what evidence, and what the others say" },
  words: [0, 1],
  async run(context) {
    const { Archive } = await import("../archive/archive.ts");
    const archive = Archive.open(context.archive);
    try {
      return typeof context.options.explain === "string"
        ? await explain(context, archive, context.options.explain)
        : threadAll(context, archive);
    } finally {
      archive.close();
    }
  },
};

type Archive = import("../archive/archive.ts").Archive;

function threadAll(context: Context, archive: Archive): typeof EXIT.done {
  const named = sessionsNamed(archive, context.words[0]);
  const reports = archive.withWork((work) =>
    named.map(({ chat, session }) => {
      const { transcript, moves } = archive.thread(chat, session, work);
      for (const entry of transcript.unmatched)
        context.say(
          `${entry.place.file}:${entry.place.line}: ${entry.what} of tweet ${entry.tweet}: not held here (yet); it has no effect`,
        );
      const pinned = new Set(archive.notes(chat, session.slug).pins.map((p) => p.tweet));
      return {
        session: `${chat.slug}/${session.slug}`,
        tweets: transcript.placed.length,
        moved: moves.moved,
        pinned: moves.movedIds.filter((id) => pinned.has(id)).length,
        unplaced: transcript.placed.filter((p) => p.placement.section === "unplaced").length,
        unmatched: transcript.unmatched.length,
        sections: sizes(transcript),
      };
    }),
  );
  context.result(
    { sessions: reports },
    reports.map(
      (r) =>
        `${r.session}: ${many(r.tweets, "tweet")} (${r.sections}), ${r.moved} moved${r.pinned > 0 ? `, ${r.pinned} of them pinned` : ""}, ${r.unplaced} not placed`,
    ),
  );
  context.next(`npx chatscribe build${archiveFlag(context)}`);
  return EXIT.done;
}

/** `Q1 61, Q2 40, welcome 17`: tweets by section. */
function sizes(transcript: Transcript): string {
  const counts = new Map<string, number>();
  for (const { placement } of transcript.placed) {
    const name = placement.question === null ? placement.section : (placement.label ?? "+");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, n]) => `${name} ${n}`).join(", ");
}

async function explain(context: Context, archive: Archive, id: string): Promise<typeof EXIT.done> {
  const { explainTweet } = await import("../thread/explain.ts");
  const found = sessionHolding(archive, id, context.words[0]);
  if (found === null)
    throw new UserError(
      `tweet "${id}" is in no session of ${context.archive}: check the id (it is the number at the end of the tweet's address)`,
    );
  const told = explainTweet(archive.input(found.chat, found.session), id);
  context.result({ session: `${found.chat.slug}/${found.session.slug}`, ...told.json }, [
    `${found.chat.slug}/${found.session.slug}`,
    ...told.lines,
  ]);
  return EXIT.done;
}

function sessionHolding(archive: Archive, id: string, name: string | undefined): { chat: Chat; session: Session } | null {
  const held = (chat: Chat, session: Session): boolean =>
    archive.sessionOf(chat, id) === session.slug || archive.input(chat, session).tweets.some((t) => t.id === id || t.aliases.includes(id));
  return sessionsNamed(archive, name).find(({ chat, session }) => held(chat, session)) ?? null;
}
