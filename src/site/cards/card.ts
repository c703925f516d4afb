import type { Author, SiteConfig } from "../../model.ts";
import type { SessionData } from "../data.ts";
import { nameOf } from "../shown.ts";
import { isoDate, zoneAt } from "../time.ts";
import type { TweetPage } from "../tweet-page.ts";
import { wordsOf } from "../words/words.ts";
import { excerpt, tagOf } from "../words.ts";
import { canDraw, composed } from "./letters.ts";

/** What a card says: the picture that stands for a page elsewhere. Every letter of it can be drawn. */
export interface Card {
  /** #mendchat, and the chat's title opposite. */
  readonly tag: string;
  readonly chat: string;
  /** Before the words, in the gutter: Q2, or an opening quotation mark; "" for none. */
  readonly mark: string;
  readonly words: string;
  /** A smaller line below the words. */
  readonly below: string;
  /** Who, and when. */
  readonly foot: readonly [string, string];
  /** `#rrggbb` */
  readonly accent: string;
}

/** The most of a tweet that is read on a card: one of the usual length is whole. */
const LONG = 300;
const ACCENT = "#b3401c";

/** The card of a tweet that has a page of its own. Words the typefaces lack are left to the page: the card says where they are. */
export function tweetCard(page: TweetPage, config: SiteConfig): Card {
  const { data, entry, asks } = page;
  const said = composed(saidOn(page));
  const foot = [whoOf(entry.tweet.author), dayOf(page, config)] as const;
  const head = { ...headOf(data, config), foot, mark: numberOf(asks?.label ?? entry.label) };
  if (said === "" || !canDraw(said)) return { ...head, words: titleOf(data), below: drawn(wordsOf(config).say("readInTranscript"), "") };
  const words = excerpt(said, LONG);
  return asks === null ? { ...head, mark: "“", words: `${words}”`, below: "" } : { ...head, words, below: drawn(data.card.title, "") };
}

function dayOf({ data, zone, entry }: TweetPage, config: SiteConfig): string {
  const time = entry.tweet.time ?? data.card.session.window.start;
  return drawn(wordsOf(config).date(zone, time), isoDate(zone, time));
}

/** A question in the words it is known by; any other tweet in its own. */
function saidOn({ data, plain, asks }: TweetPage): string {
  const question = asks === null ? undefined : data.card.questions.find(({ anchor }) => anchor === asks.anchor);
  return question === undefined || question.text === "" ? plain : question.text;
}

/** The card of a session: its title, its hosts, its day. */
export function sessionCard(data: SessionData, config: SiteConfig): Card {
  const { start } = data.card.session.window;
  const zone = zoneAt(data.chat, start);
  const words = wordsOf(config);
  const hosts = data.card.hosts.map((handle) => nameDrawn(nameOf(data, handle) ?? "") || `@${handle}`).filter(canDraw);
  return {
    ...headOf(data, config),
    mark: "",
    words: titleOf(data),
    below: "",
    foot: [
      hosts.length === 0 ? "" : drawn(words.say("hostedBy", { hosts: words.list(hosts) }), ""),
      drawn(words.day(zone, start), isoDate(zone, start)),
    ],
  };
}

const headOf = ({ chat, card }: SessionData, { colours }: SiteConfig): Pick<Card, "tag" | "chat" | "accent"> => ({
  tag: drawn(tagOf(chat, card.session.window.start), `#${chat.slug}`),
  chat: drawn(chat.title, ""),
  accent: colours.accent ?? colours.accentDark ?? ACCENT,
});

const titleOf = ({ chat, card: { title, session } }: SessionData): string =>
  excerpt(drawn(title, "") || isoDate(zoneAt(chat, session.window.start), session.window.start), LONG);

const whoOf = ({ name, handle }: Author): string => drawn(`${nameDrawn(name)} @${handle}`, "");

/** A name as far as a card can show it: without its pictographs; "" where other letters are lacking too. */
const nameDrawn = (name: string): string => drawn(name.replaceAll(PICTOGRAPHS, ""), "");

/** "🧵", and "👩‍🏭️" with what joins it and chooses its form. */
const PICTOGRAPHS = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3])+/gu;

/** "Q2"; a "+" is no number. */
const numberOf = (label: string | null): string => (label === null || !/[\p{L}\p{N}]/u.test(label) ? "" : drawn(label, ""));

const drawn = (text: string, otherwise: string): string => (canDraw(text) ? composed(text) : otherwise);
