// The vocabulary. Types only; imports nothing. Times are milliseconds since 1970 (UTC) unless a name says otherwise.

/** An id is a string everywhere: a number rounds it silently (1800000000000000001 becomes ...000). */
export type TweetId = string;
/** A handle without its @, spelled as its owner spells it. Compare in lower case. */
export type Handle = string;
/** A chat's folder name: `[a-z0-9_-]+`. */
export type ChatSlug = string;
/** `2009-07-21`, or `2009-07-21-1900` for one of several sittings on a day. */
export type SessionSlug = string;
/** A calendar date without a zone: `2009-07-21`. */
export type PlainDate = string;

/** Who wrote a tweet. `id` is X's own id where the source gave it. */
export interface Author {
  readonly id: string | null;
  readonly handle: Handle;
  readonly name: string;
}

/** A link of a tweet: `url` as it stands in the text, `to` where it leads, `text` as it is shown. Untrusted data. */
export interface Link {
  readonly url: string;
  readonly to: string;
  readonly text: string;
}

/** An image or video of a tweet. `alt` null: its author described nothing. `file`: its name in media/, once kept. */
export interface Media {
  readonly type: string;
  readonly alt: string | null;
  readonly url: string;
  readonly file: string | null;
}

export interface Poll {
  readonly options: readonly { readonly label: string; readonly votes: number }[];
  /** When it closed or closes, ISO 8601; null where the source does not say. */
  readonly ends: string | null;
}

/** One post as captured. `text` is plain: escapes of the wire are decoded exactly once, at the door. */
export interface Tweet {
  readonly id: TweetId;
  readonly author: Author;
  /** null: unknown (pasted text); such tweets keep the order of their file. */
  readonly time: number | null;
  readonly text: string;
  readonly lang: string | null;
  readonly replyTo: TweetId | null;
  readonly replyToUser: Handle | null;
  readonly quotes: TweetId | null;
  readonly repostOf: TweetId | null;
  readonly conversation: TweetId | null;
  /** Hashtags without #, lower case, in order of first appearance. */
  readonly tags: readonly string[];
  /** Handles without @, in order of first appearance. */
  readonly mentions: readonly Handle[];
  readonly links: readonly Link[];
  readonly media: readonly Media[];
  readonly poll: Poll | null;
  /** When the newest version was written; null: never edited. */
  readonly edited: number | null;
  /** Ids of its other versions. */
  readonly aliases: readonly TweetId[];
  /** The id was made by us, from the text: no link to X. */
  readonly local: boolean;
  /** The question line a pasted transcript has above this tweet. */
  readonly heading: string | null;
}

/** The time of a session. It holds the tweets of [start - lead, end + grace), where end = start + minutes. */
export interface SessionWindow {
  readonly start: number;
  readonly minutes: number;
  /** Minutes before the start. */
  readonly lead: number;
  /** Minutes after the end. */
  readonly grace: number;
}

/** One sitting of a chat. */
export interface Session {
  readonly chat: ChatSlug;
  readonly slug: SessionSlug;
  readonly window: SessionWindow;
}

/** One rule of a schedule: which days, at which wall-clock times, in which zone. */
export interface ScheduleRule {
  /** null: no rhythm; only sessions that have a file. */
  readonly every: Rhythm | null;
  /** Wall-clock times `HH:MM`, ascending. */
  readonly at: readonly string[];
  /** IANA name. */
  readonly zone: string;
  readonly minutes: number;
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
  readonly except: readonly PlainDate[];
}

/** Days of the week count from Sunday = 0, as in Date. `from` anchors "2 weeks on". */
export type Rhythm =
  | { readonly kind: "day" }
  | { readonly kind: "weekday" }
  | { readonly kind: "weekly"; readonly day: number; readonly weeks: number }
  | { readonly kind: "monthly"; readonly day: number; readonly nth: 1 | 2 | 3 | 4 | 5 | -1 };

/** A recurring event: data/chats/<slug>/chat.md. */
export interface Chat {
  readonly slug: ChatSlug;
  readonly title: string;
  /** Lower case without #; the first is the main one. `until` (a date in the chat's zone, inclusive): a tag of the past. */
  readonly tags: readonly { readonly tag: string; readonly label: string; readonly until: PlainDate | null }[];
  readonly hosts: readonly Handle[];
  /** At least one rule; the last one's zone is the chat's zone today. */
  readonly schedule: readonly ScheduleRule[];
  readonly lead: number;
  readonly grace: number;
  /** Old slugs: their pages lead here. */
  readonly was: readonly string[];
  /** Markdown. */
  readonly about: string;
}

/** Where in a file something was said, to name it in a message. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A question of a session's file. `ask`: the tweets that ask it, none where only the notes know it. */
export interface NotedQuestion {
  /** Whole number, or null for a side question. */
  readonly number: number | null;
  readonly side: boolean;
  /** Anchor name of a side question no tweet asks. */
  readonly name: string | null;
  readonly ask: readonly TweetId[];
  readonly text: string | null;
  /** Wall clock `HH:MM` in the session's zone. */
  readonly at: string | null;
  readonly by: Handle | null;
  readonly place: Place;
}

/** What an organiser says of one tweet. Each key absent: nothing said. */
export interface Edit {
  readonly tweet: TweetId;
  /** A question's label (`Q2`, `BONUS`), or a section outside the questions. */
  readonly label?: string;
  readonly section?: "welcome" | "aside" | "wrap-up";
  readonly hide?: true;
  /** The tweet that asks the question it belongs to. */
  readonly question?: TweetId;
  /** false: asks nothing; a label: asks that question. */
  readonly ask?: false | string;
  /** The tweet it answers; null: none. */
  readonly reply?: TweetId | null;
  readonly place: Place;
}

/** The organiser's file of a session: data/chats/<chat>/<session>.md. */
export interface Notes {
  readonly title: string | null;
  /** null: the chat's. */
  readonly hosts: readonly Handle[] | null;
  readonly guests: readonly Handle[];
  readonly status: "draft" | "reviewed";
  readonly questions: readonly NotedQuestion[];
  readonly edits: readonly Edit[];
  readonly pins: readonly { readonly tweet: TweetId; readonly place: Place }[];
  readonly remarks: readonly { readonly tweet: TweetId; readonly text: string; readonly place: Place }[];
  /** Wall clock `YYYY-MM-DD HH:MM` in the chat's zone; null: the schedule says it. */
  readonly start: string | null;
  readonly minutes: number | null;
  /** Markdown. */
  readonly body: string;
}

export type SectionKind = "welcome" | "question" | "aside" | "wrap-up" | "after" | "unplaced";
export type Relation = "reply" | "quote" | "repost" | "continuation" | "mention";

/** Why a tweet stands where it stands: one word for each rung of the ladder (thread/place.ts). */
export type Reason =
  | "edit"
  | "asks"
  | "number"
  | "heading"
  | "quote"
  | "thread"
  | "repost"
  | "neighbours"
  | "clock"
  | "greeting"
  | "goodbye"
  | "late"
  | "talk"
  | "unmatched"
  | "spam?"
  | "none";
export type ParentReason = "edit" | "id" | "quote" | "repost" | "retweet text" | "numbering" | "self" | "mention" | "not captured";

/** What a host asks, or what came up. */
export interface Question {
  /** The whole number in exports: the question's own where it has one, else counted on from the highest. Unique. */
  readonly number: number;
  /** What people see: Q2, Q1a, T1, BONUS, + */
  readonly label: string;
  /** The element id on the session page: q2, q1a, s<tweet id>, s-<name>. Permanent. */
  readonly anchor: string;
  readonly side: boolean;
  readonly text: string;
  /** Who asks it, oldest first: the question, its second part, re-asks. Empty where only notes or a heading know it. */
  readonly asks: readonly TweetId[];
  readonly at: number | null;
  readonly by: Handle | null;
  readonly from: "notes" | "tweet" | "heading";
}

/** Where a tweet belongs, and why. Confidences are from 0 to 1. */
export interface Placement {
  readonly section: SectionKind;
  /** A Question's `number`; null outside questions. */
  readonly question: number | null;
  /** What people see: the question's label, or an unmatched number as written (`A7`). */
  readonly label: string | null;
  /** The question this tweet asks. */
  readonly asks: number | null;
  readonly reason: Reason;
  readonly confidence: number;
  /** The tweet it answers by our judgement. */
  readonly parent: TweetId | null;
  readonly relation: Relation | null;
  readonly parentReason: ParentReason | null;
  readonly parentConfidence: number | null;
  /** The question after its own had already been asked. */
  readonly late: boolean;
  /** It came in by conversation, without the tag. */
  readonly untagged: boolean;
  readonly hidden: boolean;
}

export interface PlacedTweet {
  readonly tweet: Tweet;
  readonly placement: Placement;
}

/** A tweet and, below it, everything said in reply. */
export interface Thread extends PlacedTweet {
  readonly replies: readonly Thread[];
}

export interface Section {
  readonly kind: SectionKind;
  /** Only where kind is "question". */
  readonly question: Question | null;
  /** Empty for a question nobody answered. The tweets that ask are the section's heading, never one of its threads:
   *  a reply to the question is a thread of its own. Reposts and hidden tweets are in no thread. */
  readonly threads: readonly Thread[];
}

export type RemovalReason = "author-request" | "deleted" | "protected" | "legal" | "organiser";

/** What stays when a tweet is removed: no text, no name. */
export interface Tombstone {
  readonly tweet: TweetId;
  readonly reason: RemovalReason;
  readonly on: PlainDate;
  readonly time: number | null;
  /** The label of the question it asked (`Q2`, `+`); null: none. */
  readonly asked: string | null;
  /** It had a page of its own. */
  readonly page: boolean;
  /** Its link has to lead somewhere; false: nothing of it is shown. */
  readonly anchor: boolean;
}

/** A session in reading order. */
export interface Transcript {
  readonly session: Session;
  readonly questions: readonly Question[];
  /** Every tweet of the session once, oldest first, reposts and hidden ones too. */
  readonly placed: readonly PlacedTweet[];
  /** Tweets known only from others' payloads: parents, quoted and reposted originals. Oldest first. */
  readonly context: readonly Tweet[];
  readonly sections: readonly Section[];
  /** Reposts, by the id of their original. Oldest first. */
  readonly reposts: ReadonlyMap<TweetId, readonly PlacedTweet[]>;
  /** What is left of removed tweets of the session, oldest first, as far as their links still lead somewhere. */
  readonly tombstones: readonly Tombstone[];
  /** Removed tweets, of the session or not, that its tweets answer, quote or repost. */
  readonly removed: ReadonlySet<TweetId>;
  /** Entries of the notes that match no tweet we hold. */
  readonly unmatched: readonly { readonly tweet: TweetId; readonly what: string; readonly place: Place }[];
}

/** data/site.yml: everything has a default. */
export interface SiteConfig {
  readonly name: string;
  /** Without a trailing slash; null: no absolute links. */
  readonly url: string | null;
  /** `/` or `/path/`. */
  readonly pathPrefix: string;
  /** BCP 47. */
  readonly language: string;
  /** A mail address or an http(s) URL. */
  readonly contact: string | null;
  readonly colours: { readonly accent: string | null; readonly accentDark: string | null };
  readonly tweetPages: "pinned" | "all";
  readonly downloads: "ids" | "full";
  readonly theme: Theme;
}

/** What the owner's `theme/` puts in the place of ours. */
export interface Theme {
  readonly words: Readonly<Record<string, Message>>;
  /** In the order in which pages load them. */
  readonly styles: readonly Stylesheet[];
  /** By the name of the part. `make` is given what our part is given, and the tools of a template; `file` is for messages. */
  readonly parts: Readonly<Record<string, { readonly file: string; readonly make: (...given: readonly unknown[]) => unknown }>>;
}

export interface Stylesheet {
  /** `paper.css` */
  readonly name: string;
  readonly css: string;
}

/** One of the words of a site's pages: a text with `{places}`, or one text for each plural form of its `{n}`. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** One tweet as one source told it, on its way into the store. */
export interface Observation {
  readonly tweet: Tweet;
  /** Known only from another tweet's payload (a parent, a quoted tweet, a reposted original). */
  readonly context: boolean;
  /** The session its record names; null: the window decides. */
  readonly session: SessionSlug | null;
  /** Ids of other tweets that a spreadsheet rounded to 15 digits, as written out: found again later where unique. */
  readonly rounded: { readonly replyTo: string | null; readonly repostOf: string | null };
  /** Its own id was rounded and has been put right. */
  readonly repaired: boolean;
  /** A tweet of the chat by its conversation, not by its tag. */
  readonly untagged?: boolean;
  /** As the network counted when it told this. */
  readonly metrics?: Metrics;
}

/** How often a tweet was answered, reposted, quoted and liked. */
export interface Metrics {
  readonly replies: number;
  readonly reposts: number;
  readonly quotes: number;
  readonly likes: number;
}

/** What is known of how whole a session was captured (archive.md, guarantee 4). */
export interface Coverage {
  /** [from, to): the tweets asked for. */
  readonly from: number;
  readonly to: number;
  /** It was as here when this moment's sweep began; null: none has come to its end. */
  readonly at: number | null;
  /** null: a sweep is still to come. true: nothing is missing that is not listed. */
  readonly complete: boolean | null;
  readonly gaps: readonly Gap[];
  /** What the session's tweets answer and quote and nobody can have, and why. */
  readonly missing: readonly { readonly id: TweetId; readonly why: string }[];
  readonly nextSweep: number | null;
  /** Held tweets with the tag; what the network counts of them (null: it did not say); those that came in without the tag. */
  readonly stored: number;
  readonly counted: number | null;
  readonly untagged: number;
}

/** Tweets of [from, to) may be missing: those that `query` asks for. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly why: string;
}

/** A record that cannot be taken, and why. */
export interface Refusal {
  readonly line: number;
  readonly why: string;
}
