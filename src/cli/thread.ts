import { EXIT, UserError } from "../errors.ts";
import type { Transcript } from "../model.ts";
import type { Command, Context } from "./command.ts";
import { chatNamed, many, type NamedSession, notHeld, sessionsNamed } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint } from "./paths.ts";

export const command: Command = {
  usage: "thread [<chat>[/<session>]] [--explain ID]",
  does: "Places every tweet by question and reply, and says what changed since the last time.",
  example: "npx chatscribe thread socialmedia/2009-07-21",
  options: { explain: { type: "string" } },
  help: { "--explain ID": "prints the ladder for one tweet: which rung placed it, on what evidence, and what the others say" },
  words: [0, 1],
  async run(context) {
    const archive = await openArchive(context.archive, context.words[0]);
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
      for (const entry of transcript.unmatched) context.say(notHeld(entry));
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
  const [chat] = context.words[0] === undefined ? archive.chats : [chatNamed(archive, context.words[0])];
  if (reports.length === 0) context.say(`${context.words[0] ?? context.archive}: no session has a tweet or a file yet`);
  context.next(reports.length === 0 && chat !== undefined ? importHint(context, chat.slug) : `npx chatscribe build${archiveFlag(context)}`);
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
  const found = sessionHolding(archive, id, sessionsNamed(archive, context.words[0]));
  if (found === null) throw new UserError(whereItIs(context, archive, id));
  const name = nameOf(found);
  const told = explainTweet(archive.input(found.chat, found.session), id);
  context.result({ session: name, ...told.json }, [name, ...told.lines]);
  context.say(`To move it, write under edits: in ${archive.folder.file(found.chat, found.session.slug)}, as "${id}": Q2`);
  context.next(`npx chatscribe thread ${name}${archiveFlag(context)}`);
  return EXIT.done;
}

const nameOf = ({ chat, session }: NamedSession): string => `${chat.slug}/${session.slug}`;

function whereItIs(context: Context, archive: Archive, id: string): string {
  const elsewhere = sessionHolding(archive, id, sessionsNamed(archive, undefined));
  return elsewhere === null
    ? `tweet "${id}" is in no session of ${context.archive}: check the id (it is the number at the end of the tweet's address)`
    : `tweet "${id}" is not in ${context.words[0]}: it is in ${nameOf(elsewhere)}`;
}

/** The session whose tweet it is, else the one it joined by conversation, for which sessions have to be read. */
function sessionHolding(archive: Archive, id: string, sessions: readonly NamedSession[]): NamedSession | null {
  const isOf = ({ chat, session }: NamedSession): boolean => archive.sessionOf(chat, id) === session.slug;
  const joined = ({ chat, session }: NamedSession): boolean =>
    archive.input(chat, session).tweets.some((tweet) => tweet.id === id || tweet.aliases.includes(id));
  return sessions.find(isOf) ?? sessions.find(joined) ?? null;
}
