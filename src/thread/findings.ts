import type { PlacedTweet, Transcript, TweetId } from "../model.ts";

export type FindingKind =
  | "gap"
  | "hosts"
  | "no question"
  | "missing number"
  | "unmatched"
  | "stale edit"
  | "asks?"
  | "number or chain"
  | "placement"
  | "parent"
  | "spam?";

/** Something a human should look at. `weight`: how many tweets stand wrongly if it is wrong, times how doubtful it is. */
export interface Finding {
  readonly kind: FindingKind;
  /** Whom it is about, by place on the board; null: the session. */
  readonly i: number | null;
  readonly weight: number;
  readonly why: string;
  /** Tweets that stand or fall with it. */
  readonly below: number;
  /** What to write, where the finding knows it; absent: worked out for those that are shown. */
  readonly write?: Writing | null;
}

/** Lines for the session's file, below a key of its front matter (null: at the top level). */
export interface Writing {
  readonly under: "edits" | "questions" | null;
  readonly lines: readonly string[];
  /** What an edit of the same tweets says where all is right as it stands; absent or null: no edit can. */
  readonly keep?: string | null;
}

/** A transcript with what findings ask of it. */
export interface Scene {
  readonly transcript: Transcript;
  readonly placed: readonly PlacedTweet[];
  /** Place in `placed`, by id and alias. */
  readonly place: ReadonlyMap<TweetId, number>;
  /** How many tweets answer each, and their answers, and so on. */
  readonly below: readonly number[];
}

export function setScene(transcript: Transcript): Scene {
  const { placed } = transcript;
  const place = new Map(placed.flatMap(({ tweet }, i) => [tweet.id, ...tweet.aliases].map((id) => [id, i] as const)));
  const below = placed.map(() => 0);
  // A parent is earlier than its replies.
  for (let i = placed.length - 1; i >= 0; i--) {
    const { tweet, placement } = placed[i] as PlacedTweet;
    const above = placement.parent === null || tweet.repostOf !== null ? undefined : place.get(placement.parent);
    if (above !== undefined && above < i) below[above] = (below[above] ?? 0) + (below[i] ?? 0) + 1;
  }
  return { transcript, placed, place, below };
}

/** Under it a parent that was worked out counts as guessed, a place as doubtful. */
const SURE = 0.8;
/** So sure is a question whose host is guessed: that is asked once for the session. */
const GUESSED = 0.7;
/** Under it a tweet that nobody answers is worth a look too. */
const DOUBTFUL = 0.6;

/** What there is to say of single tweets. */
export const tweetFindings = (scene: Scene): Finding[] =>
  scene.placed.flatMap(({ tweet, placement }, i) => {
    if (placement.hidden || tweet.repostOf !== null) return [];
    const found = [guessedAsk, numberOrChain, doubtfulPlace, guessedParent].flatMap((look) => look(scene, i) ?? []);
    const [worst] = found.sort((a, b) => b.weight - a.weight);
    return worst === undefined ? [] : [worst];
  });

type Look = (scene: Scene, i: number) => Finding | null;

const guessedAsk: Look = ({ transcript, placed }, i) => {
  const { tweet, placement: p } = placed[i] as PlacedTweet;
  if (p.reason !== "asks" || p.confidence >= GUESSED) return null;
  const question = transcript.questions.find((q) => q.number === p.asks);
  if (question?.asks[0] !== tweet.id) return null;
  const below = placed.filter(({ placement }) => placement.question === p.asks).length - 1;
  const write = { under: "edits", lines: [`${key(tweet.id)}: { ask: false }`] } as const;
  const why = question.side ? "taken for a question of its own" : `taken for ${question.label}: its answers bear that number`;
  return { kind: "asks?", i, weight: (1 + below) * (1 - p.confidence), why, below, write };
};

/** The author wrote one number and answers, by the source's own word, a tweet of another question. */
const numberOrChain: Look = ({ placed, place, below }, i) => {
  const { placement: p } = placed[i] as PlacedTweet;
  const above = p.parent === null ? undefined : placed[place.get(p.parent) ?? -1]?.placement;
  if (p.reason !== "number" || p.parentReason !== "id" || above === undefined) return null;
  if (above.question === null || above.question === p.question || above.asks !== null) return null;
  const why = `says ${p.label}, and answers a tweet of ${above.label}`;
  return { kind: "number or chain", i, weight: (1 + (below[i] ?? 0)) * 0.4, why, below: below[i] ?? 0 };
};

/** Inherited places stand and fall with the link above them, which is looked at by itself. */
const INHERITED = new Set(["edit", "asks", "thread", "quote", "repost", "unmatched", "spam?"]);

const doubtfulPlace: Look = ({ placed, below }, i) => {
  const { placement: p } = placed[i] as PlacedTweet;
  const n = below[i] ?? 0;
  if (INHERITED.has(p.reason) || p.confidence >= (n > 0 ? SURE : DOUBTFUL)) return null;
  if (n === 0 && p.section === "aside") return null; // talk that nobody took up is where it belongs
  return { kind: "placement", i, weight: (1 + n) * (1 - p.confidence), why: "", below: n };
};

/** What the source said of whom a tweet answers, and what an organiser said, is no guess. */
const KNOWN = new Set(["edit", "id", "quote", "repost"]);

/** A thread below the wrong tweet stands in the right question more often than not. */
const WITHIN = 0.5;

const guessedParent: Look = ({ placed, below }, i) => {
  const { placement: p } = placed[i] as PlacedTweet;
  const n = below[i] ?? 0;
  if (n === 0 || p.parent === null || p.parentReason === null || KNOWN.has(p.parentReason)) return null;
  const confidence = p.parentConfidence ?? 0;
  return confidence >= SURE ? null : { kind: "parent", i, weight: n * (1 - confidence) * WITHIN, why: "", below: n };
};

/** Suspected tweets, those of one author together. */
export function spamFindings({ placed }: Scene): Finding[] {
  const suspected = placed.flatMap(({ tweet, placement }, i) =>
    placement.reason === "spam?" && !placement.hidden ? [{ i, tweet, confidence: placement.confidence }] : [],
  );
  return [...Map.groupBy(suspected, ({ tweet }) => tweet.author.handle.toLowerCase()).values()].flatMap((group): Finding[] => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = group.map(({ tweet }, n) => `${key(tweet.id)}: hide${n === 0 ? "  # aside: it is none" : ""}`);
    const why = group.length === 1 ? "may be spam" : `may be spam, with ${group.length - 1} more of this author`;
    return [{ kind: "spam?", i: first.i, weight: group.length * 0.45, why, below: 0, write: { under: "edits", lines, keep: "aside" } }];
  });
}

/** An id as a key of YAML. */
export const key = (id: TweetId): string => `"${id}"`;
