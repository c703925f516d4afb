import type { Edit, NotedQuestion, Notes, Tombstone, Transcript, Tweet, TweetId } from "../model.ts";
import type { Absence } from "../store/absence.ts";
import type { Store } from "../store/store.ts";
import { runsOf, sharesRun } from "../text/runs.ts";
import { retells } from "../text/veil.ts";

/** Why and since when a tweet is not shown. */
type Cause = Pick<Tombstone, "reason" | "on">;
/** Tweets that are not shown, by id and alias. */
export type Gone = ReadonlyMap<TweetId, Cause>;

/** Held tweets that are not shown for now (capture.md, `sync`). */
export class Hidden {
  readonly #tweets: readonly { readonly tweet: Tweet; readonly cause: Cause }[];

  constructor(store: Store) {
    this.#tweets = store.absences
      .hidden()
      .flatMap((absence) => store.tweets([absence.tweet]).map((tweet) => ({ tweet, cause: causeOf(absence) })));
  }

  get isEmpty(): boolean {
    return this.#tweets.length === 0;
  }

  /** Which of these are not shown: the hidden ones and, as when they are forgotten, what passes their words on. */
  among(tweets: readonly Tweet[]): Gone {
    const gone = new Map<TweetId, Cause>();
    const said = new Map<string, Words[]>();
    const add = (tweet: Tweet, cause: Cause): void => {
      for (const id of [tweet.id, ...tweet.aliases]) gone.set(id, cause);
      const handle = tweet.author.handle.toLowerCase();
      said.set(handle, [...(said.get(handle) ?? []), { tweet, runs: runsOf(tweet.text), cause }]);
    };
    for (const { tweet, cause } of this.#tweets) add(tweet, cause);
    for (let found = true; found; ) {
      const fresh = tweets.flatMap((tweet) => {
        const cause = gone.has(tweet.id) ? null : passedOn(tweet, gone, said);
        return cause === null ? [] : [{ tweet, cause }];
      });
      for (const { tweet, cause } of fresh) add(tweet, cause);
      found = fresh.length > 0;
    }
    return gone;
  }
}

interface Words {
  readonly tweet: Tweet;
  readonly runs: readonly string[];
  readonly cause: Cause;
}

/** Nobody is told of an account that is suspended: a page says deleted until it is back. */
const causeOf = ({ why, first }: Absence): Cause => ({
  reason: why === "protected" ? "protected" : "deleted",
  on: new Date(first).toISOString().slice(0, 10),
});

/** The tweet whose words this one passes on, and why that is not shown; null: none. */
function passedOn(tweet: Tweet, gone: Gone, said: ReadonlyMap<string, readonly Words[]>): Cause | null {
  const repost = tweet.repostOf === null ? undefined : gone.get(tweet.repostOf);
  if (repost !== undefined) return repost;
  const twin = said.get(tweet.author.handle.toLowerCase())?.find((other) => isTwin(tweet, other.tweet));
  if (twin !== undefined) return twin.cause;
  const retold: Words[] = [];
  retells(tweet.text, (handle) => {
    retold.push(...(said.get(handle.toLowerCase()) ?? []));
    return false;
  });
  return retold.find(({ runs }) => sharesRun(tweet.text, runs))?.cause ?? null;
}

/** The same tweet once more, from a transcript that knew no id. Both are one author's. */
export const isTwin = (a: Tweet, b: Tweet): boolean => a.id !== b.id && (a.local || b.local) && squeeze(a.text) === squeeze(b.text);
const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim(); // "a \n b" -> "a b"

/** What a tweet was in its session: where the links to it lead. null: the session does not show it as one of its own. */
export function spotIn(
  transcript: Transcript,
  { id, aliases, repostOf }: Tweet,
  pins: readonly TweetId[],
): Pick<Tombstone, "asked" | "page" | "anchor"> | null {
  const placed = transcript.placed.find(({ tweet }) => tweet.id === id);
  if (placed === undefined) return null;
  const question = transcript.questions.find(({ asks }) => asks.includes(id));
  const only = question?.asks.length === 1;
  const pinned = [id, ...aliases].some((one) => pins.includes(one));
  return {
    asked: question !== undefined && only ? question.label : null,
    page: question !== undefined || pinned,
    anchor: !placed.placement.hidden && repostOf === null,
  };
}

/** What stands in the places of the session's tweets that are not shown. `whole`: the session with them. */
export function placesOf(whole: Transcript, gone: Gone, notes: Notes): Tombstone[] {
  const pins = notes.pins.map(({ tweet }) => tweet);
  return whole.placed.flatMap(({ tweet }) => {
    const cause = gone.get(tweet.id);
    const spot = cause === undefined ? null : spotIn(whole, tweet, pins);
    return cause === undefined || spot === null ? [] : [{ tweet: tweet.id, time: tweet.time, ...cause, ...spot }];
  });
}

/** The notes as `forget` would leave them: without their entries of tweets that are not shown. `tweets`: all of the session. */
export function notesWithout(notes: Notes, gone: Gone, tweets: readonly Tweet[]): Notes {
  const shown = ({ tweet }: { readonly tweet: TweetId }): boolean => !gone.has(tweet);
  const texts = tweets.filter(({ id }) => gone.has(id)).map(({ text }) => text);
  return {
    ...notes,
    questions: notes.questions.flatMap((question) => questionWithout(question, gone, texts)),
    edits: notes.edits.filter(shown).map((edit) => editWithout(edit, gone)),
    pins: notes.pins.filter(shown),
    remarks: notes.remarks.filter(shown),
  };
}

/** A question that nobody asks any more stays where it has a number and words of the organiser's own. */
function questionWithout(question: NotedQuestion, gone: Gone, texts: readonly string[]): NotedQuestion[] {
  const ask = question.ask.filter((id) => !gone.has(id));
  if (ask.length === question.ask.length) return [question];
  const { text } = question;
  const own = text !== null && !texts.some((said) => sharesRun(text, runsOf(said)));
  return ask.length > 0 || (question.number !== null && own) ? [{ ...question, ask }] : [];
}

function editWithout({ question, reply, ...edit }: Edit, gone: Gone): Edit {
  return {
    ...edit,
    ...(question === undefined || gone.has(question) ? {} : { question }),
    ...(reply === undefined || (reply !== null && gone.has(reply)) ? {} : { reply }),
  };
}
