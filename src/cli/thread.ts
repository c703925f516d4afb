import { at, EXIT, UserError } from "../errors.ts";
import type { Transcript, Tweet } from "../model.ts";
import type { Move, Moves, Spot, Work } from "../store/work.ts";
import { excerpt } from "../text/excerpt.ts";
import type { SessionInput } from "../thread/board.ts";
import { staleEdits } from "../thread/stale.ts";
import type { Command, Context } from "./command.ts";
import { hostsClause, hostsKnown } from "./hosts.ts";
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
  const reports = archive.withWork((work) => named.map((one) => reportOf(context, archive, { ...one, work })));
  context.result({ sessions: reports.map(({ lines: _, clause: __, ...report }) => report) }, reports.flatMap(linesOf));
  const [chat] = context.words[0] === undefined ? archive.chats : [chatNamed(archive, context.words[0])];
  if (reports.length === 0) context.say(`${context.words[0] ?? context.archive}: no session has a tweet or a file yet`);
  context.next(reports.length === 0 && chat !== undefined ? importHint(context, chat.slug) : `npx chatscribe build${archiveFlag(context)}`);
  return EXIT.done;
}

type Report = ReturnType<typeof reportOf>;

/** Places one session, says which edits have no effect, and notes that what moved is told. */
function reportOf(context: Context, archive: Archive, { chat, session, work }: NamedSession & { readonly work: Work }) {
  const { transcript, moves } = archive.thread(chat, session, work);
  work.told(chat.slug, session.slug, moves);
  const notes = archive.notes(chat, session.slug);
  const stale = staleEdits(notes.edits, transcript);
  for (const entry of transcript.unmatched) context.say(notHeld(entry));
  for (const { place, tweet, why } of stale) context.say(at(place, `edit of tweet ${tweet}: ${why}; it has no effect`));
  const hosts = hostsKnown(archive, { chat, session });
  const pinned = new Set(notes.pins.map((pin) => pin.tweet));
  const isPinned = ({ tweet }: Move): boolean => pinned.has(tweet);
  return {
    session: `${chat.slug}/${session.slug}`,
    tweets: transcript.placed.length,
    moved: moves.length,
    pinned: moves.filter(isPinned).length,
    unplaced: transcript.placed.filter((p) => p.placement.section === "unplaced").length,
    unmatched: transcript.unmatched.length,
    stale: stale.length,
    sections: sizes(transcript),
    hosts: hosts.are,
    hosts_guessed: hosts.guessed,
    moves: moves.map(({ tweet, from, to }) => ({ id: tweet, from: wordsOf(from, to), to: wordsOf(to, from) })),
    clause: transcript.placed.length === 0 ? "" : hostsClause(hosts),
    lines: moveLines(transcript, [...moves.filter(isPinned), ...moves.filter((move) => !isPinned(move))]),
  };
}

const linesOf = (r: Report): string[] => [
  `${r.session}: ${many(r.tweets, "tweet")} (${r.sections}), ${r.moved} moved${r.pinned > 0 ? `, ${r.pinned} of them pinned` : ""}, ${r.unplaced} not placed${r.clause && `, ${r.clause}`}`,
  ...r.lines,
];

/** So many moves are shown; --json has them all. */
const MOST = 10;

/** `  103 @amy Q1 -> Q2: A1 green, always` */
function moveLines({ placed }: Transcript, moves: Moves): string[] {
  const tweets = new Map(placed.map(({ tweet }) => [tweet.id, tweet]));
  const lines = moves.slice(0, MOST).map(({ tweet: id, from, to }) => {
    const tweet = tweets.get(id);
    return `  ${id} @${tweet?.author.handle} ${wordsOf(from, to)} -> ${wordsOf(to, from)}: ${excerpt(tweet?.text ?? "", 60)}`;
  });
  return moves.length > MOST ? [...lines, `  and ${moves.length - MOST} more`] : lines;
}

/** A spot in words, by what it has other than `than`: its place, else whether it is shown, else whom it answers. */
function wordsOf(spot: Spot, than: Spot): string {
  const { section, label, anchor } = spot;
  if (section !== than.section || label !== than.label || anchor !== than.anchor)
    return label === "+" ? `+ (${anchor})` : section === "question" ? (label ?? section) : section;
  if (spot.hidden !== than.hidden) return spot.hidden ? "hidden" : "shown";
  return spot.parent === null ? "answers nothing" : `answers ${spot.parent}`;
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
  if (found === null) return outside(context, archive, id);
  const name = nameOf(found);
  const { lines, json, state } = explainTweet(archive.input(found.chat, found.session), id);
  const absence = state === "removed" ? archive.store.absences.get(archive.store.heldAs(id)) : null;
  const forNow =
    absence?.hidden === true ? [`It is only hidden for now: X says "${absence.why}"; sync shows it again when it is back.`] : [];
  context.result({ session: name, ...json }, [name, ...lines, ...forNow]);
  if (state === "placed" || state === "hidden")
    context.say(`To move it, write under edits: in ${archive.folder.file(found.chat, found.session.slug)}, as "${id}": Q2`);
  context.next(`npx chatscribe thread ${name}${archiveFlag(context)}`);
  return EXIT.done;
}

const nameOf = ({ chat, session }: NamedSession): string => `${chat.slug}/${session.slug}`;

/** A tweet that stands in none of the sessions asked for: another session's, one outside all windows, a removed one, or none at all. */
function outside(context: Context, archive: Archive, id: string): typeof EXIT.done {
  const elsewhere = context.words[0] === undefined ? null : sessionHolding(archive, id, sessionsNamed(archive, undefined));
  if (elsewhere !== null) throw new UserError(`tweet "${id}" is not in ${context.words[0]}: it is in ${nameOf(elsewhere)}`);
  const [tweet] = archive.store.tweets([id]);
  const grave = archive.store.removals.grave(id);
  const hidden = archive.store.absences.get(archive.store.heldAs(id))?.hidden === true;
  const state = grave !== null || hidden ? "removed" : "outside";
  if (tweet === undefined && grave === null)
    throw new UserError(
      `tweet "${id}" is in no session of ${context.archive}: check the id (it is the number at the end of the tweet's address)`,
    );
  const when = tweet?.time == null ? "" : ` It was posted ${new Date(tweet.time).toISOString()}.`;
  const why =
    grave !== null
      ? `removed on ${grave.on} (${grave.reason})`
      : hidden
        ? "hidden for now"
        : "held, but in no session: its time lies in no window";
  context.result({ session: null, id, state }, [`${id} is ${why}.${state === "outside" ? when : ""}`]);
  context.next(`npx chatscribe status${archiveFlag(context)}`);
  return EXIT.done;
}

/** The session whose tweet it is, else the one it joined by conversation or is spoken of in, for which sessions have to be read. */
function sessionHolding(archive: Archive, id: string, sessions: readonly NamedSession[]): NamedSession | null {
  const isOf = ({ chat, session }: NamedSession): boolean => archive.sessionOf(chat, id) === session.slug;
  const has = (tweets: readonly Tweet[]): boolean => tweets.some((tweet) => tweet.id === id || tweet.aliases.includes(id));
  const ways: readonly ((input: SessionInput) => boolean)[] = [
    ({ tweets }) => has(tweets),
    ({ tombstones }) => tombstones?.some(({ tweet }) => tweet === id) === true,
    ({ context, removed }) => has(context) || removed?.has(id) === true,
  ];
  const direct = sessions.find(isOf);
  if (direct !== undefined) return direct;
  const inputs = sessions.map((one) => ({ one, input: archive.input(one.chat, one.session) }));
  for (const way of ways) {
    const found = inputs.find(({ input }) => way(input));
    if (found !== undefined) return found.one;
  }
  return null;
}
