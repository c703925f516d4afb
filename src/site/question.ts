import type { PlacedTweet, Question, SiteConfig, Tombstone, Transcript, Tweet } from "../model.ts";
import { type RawHtml, tweetHtml } from "../text/html.ts";
import { splitAsk } from "./ask.ts";
import type { SessionData } from "./data.ts";
import { type Entry, type EntryMaker, langOf } from "./entry.ts";
import { type Held, nameOf, shownTweets } from "./shown.ts";
import { zoneAt } from "./time.ts";
import { tombstoneWords } from "./tombstone.ts";
import { type Words, wordsOf } from "./words/words.ts";

/** A question as pages show it. */
export interface QuestionView {
  readonly question: Question;
  readonly heading: Heading;
  /** The tweet that asks; null where only the notes or a pasted heading know the question. */
  readonly ask: Entry | null;
  /** Later parts and re-asks. */
  readonly again: readonly Entry[];
  /** Who asked, and when, where no tweet tells it; as far as known. */
  readonly asker: string | null;
  readonly at: string | null;
  /** In the place of the tweet that asked it. */
  readonly tombstone: Tombstone | null;
}

/** A question's heading. Joined, before, token, words and after are the asking tweet's whole text, unless `own` says it below. */
export interface Heading {
  readonly before: RawHtml;
  readonly token: string;
  readonly words: RawHtml;
  readonly after: RawHtml;
  readonly own: RawHtml | null;
  readonly lang: string | null;
  readonly long: boolean;
}

/** The question a removed tweet asked, where no other tweet asks it. */
export const questionOf = ({ questions }: Transcript, { tweet, asked }: Tombstone): Question | null =>
  questions.find(
    ({ label, anchor, asks }) => asked !== null && asks.length === 0 && (asked === "+" ? anchor === `s${tweet}` : label === asked),
  ) ?? null;

/** The question as pages say it: without the words of a hidden tweet; the tombstone speaks for one whose words are gone. */
export function spoken(words: Words, transcript: Transcript, question: Question): Question {
  if (onlyHidden(transcript, question)) return { ...question, text: "" };
  const stone = question.text === "" ? transcript.tombstones.find((one) => questionOf(transcript, one) === question) : undefined;
  return stone === undefined ? question : { ...question, text: tombstoneWords(words, stone) };
}

/** Whether of the tweets that ask a question those that say its words are hidden, all of them. */
function onlyHidden({ placed }: Transcript, { asks, text }: Question): boolean {
  const saying = text === "" ? [] : placed.filter(({ tweet }) => asks.includes(tweet.id) && says(tweet.text, text));
  return saying.length > 0 && saying.every(({ placement }) => placement.hidden);
}

/** The tweet that asks a question first, and those that ask it again, as far as they are shown. */
export const asksOf = (question: Question, shown: Held): PlacedTweet[] =>
  question.asks.map((id) => shown.get(id)).filter((placed) => placed !== undefined);

/** Makes the views of a session's questions. */
export function questionViewer(data: SessionData, config: SiteConfig, entry: EntryMaker): (question: Question) => QuestionView {
  const zone = zoneAt(data.chat, data.transcript.session.window.start);
  const words = wordsOf(config);
  const shown = new Map(shownTweets(data).map((placed) => [placed.tweet.id, placed]));
  return (question) => {
    const [first, ...again] = asksOf(question, shown);
    const time = first?.tweet.time ?? question.at;
    return {
      question,
      heading: headingOf(spoken(words, data.transcript, question), first?.tweet ?? null, config),
      ask: first === undefined ? null : entry(first),
      again: again.map((placed) => entry(placed)),
      asker: askerOf(data, question, first?.tweet ?? null),
      at: time === null ? null : words.clock(zone, time),
      tombstone: data.transcript.tombstones.find((stone) => questionOf(data.transcript, stone) === question) ?? null,
    };
  };
}

/** The tweet is the heading; where the notes put it in other words, those are, and the tweet's stand below. */
export function headingOf(question: Question, tweet: Tweet | null, config: SiteConfig): Heading {
  const none = tweetHtml({ text: "", links: [], media: [] });
  const stated = tweetHtml({ text: question.text, links: [], media: [] });
  if (tweet === null)
    return { before: none, token: "", words: stated, after: none, own: null, lang: null, long: question.text.length > 140 };
  const lang = langOf(tweet, config.language);
  if (question.from === "notes" && !says(tweet.text, question.text))
    return { before: none, token: "", words: stated, after: none, own: tweetHtml(tweet), lang, long: question.text.length > 140 };
  const { before, token, words, after } = splitAsk(tweet.text, question.label);
  const part = (text: string): RawHtml => tweetHtml({ ...tweet, text });
  return { before: part(before), token, words: part(words), after: part(after), own: null, lang, long: words.length > 140 };
}

const squeeze = (text: string): string => text.replaceAll(/\s+/g, " ").trim().toLowerCase(); // "a \n b" -> "a b"
const says = (tweet: string, text: string): boolean => squeeze(tweet).includes(squeeze(text));

function askerOf(data: SessionData, question: Question, tweet: Tweet | null): string | null {
  if (tweet !== null) return tweet.author.name || `@${tweet.author.handle}`;
  return question.by === null ? null : (nameOf(data, question.by) ?? `@${question.by}`);
}
