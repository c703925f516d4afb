import type { PlacedTweet, Transcript, Tweet } from "../model.ts";

/** One line of an export: a public contract (archive.md, "Export"). Keys stay, and stay in this order. */
export interface ExportRecord {
  readonly id: string;
  readonly session: string;
  readonly author: string;
  readonly author_id: string | null;
  readonly name: string;
  readonly created_at: string | null;
  readonly text: string;
  readonly [key: string]: unknown;
}

/** A removed tweet in an export. Ids sort it: its time is no part of the contract. `label`: of the question it asked. */
export interface ErasedRecord {
  readonly id: string;
  readonly session: string;
  readonly erased: string;
  readonly on: string;
  readonly label?: string;
}

/** What stands for a session's removed tweets, the shorter id first, then the smaller. */
export function erasedOf({ session, tombstones }: Transcript): ErasedRecord[] {
  return tombstones
    .map(({ tweet, reason, on, asked }) => ({
      id: tweet,
      session: `${session.chat}/${session.slug}`,
      erased: reason,
      on,
      ...(asked === null ? {} : { label: asked }),
    }))
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
}

/** A session's tweets in order, then the context they need, as records. */
export function recordsOf(transcript: Transcript): ExportRecord[] {
  const session = `${transcript.session.chat}/${transcript.session.slug}`;
  const sides = new Set(transcript.questions.filter((q) => q.side).map((q) => q.number));
  return [
    ...transcript.placed.map((placed) => ({
      ...said(placed.tweet, session),
      ...placement(placed, sides),
      ...rest(placed.tweet, placed.placement),
    })),
    ...transcript.context.map((tweet) => ({
      ...said(tweet, session),
      ...NOWHERE,
      ...rest(tweet, { hidden: false, late: false, untagged: false }, true),
    })),
  ];
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

const said = (tweet: Tweet, session: string) => ({
  id: tweet.id,
  session,
  author: tweet.author.handle,
  author_id: tweet.author.id,
  name: tweet.author.name,
  created_at: iso(tweet.time),
  text: tweet.text,
  lang: tweet.lang,
  reply_to: tweet.replyTo,
  reply_to_user: tweet.replyToUser,
  quotes: tweet.quotes,
  repost_of: tweet.repostOf,
  tags: tweet.tags,
  mentions: tweet.mentions,
  links: tweet.links,
  media: tweet.media,
});

const placement = ({ placement: p }: PlacedTweet, sides: ReadonlySet<number>) => ({
  asks: p.asks,
  side: p.question !== null && sides.has(p.question),
  section: p.section,
  question: p.question,
  label: p.label,
  reason: p.reason,
  confidence: p.confidence,
  parent: p.parent,
  relation: p.relation,
  parent_reason: p.parentReason,
  parent_confidence: p.parentConfidence,
});

/** Context has no place of its own. */
const NOWHERE = {
  asks: null,
  side: false,
  section: null,
  question: null,
  label: null,
  reason: null,
  confidence: null,
  parent: null,
  relation: null,
  parent_reason: null,
  parent_confidence: null,
};

const rest = (tweet: Tweet, marks: { hidden: boolean; late: boolean; untagged: boolean }, context = false) => ({
  late: marks.late,
  untagged: marks.untagged,
  edited: iso(tweet.edited),
  aliases: tweet.aliases,
  poll: tweet.poll,
  local: tweet.local,
  context,
  hidden: marks.hidden,
  ...(tweet.heading === null ? {} : { heading: tweet.heading }),
});
