// How fast sessions are placed, in processor time: what a busy machine does not change.
import { NO_NOTES } from "../src/config/notes.ts";
import type { Tweet } from "../src/model.ts";
import { transcribe } from "../src/thread/transcript.ts";

const START = Date.UTC(2020, 0, 7, 12);
const HOUR = 3_500_000;
const ASKS = 10;

type Said = (i: number, n: number, text: string) => Partial<Tweet> & { readonly who: string };

/** A chat as they are: a third bears numbers, a quarter answers the tweet before. */
const common: Said = (i, n, text) => ({
  who: `person${i % 37}`,
  text: i % 3 === 0 ? `A${Math.floor((i * ASKS) / n) + 1} ${text}` : text,
  replyTo: i % 4 === 1 ? String(1000 + i - 1) : null,
});

/** The same where the source tells no ids: who answers names whom. */
const withoutIds: Said = (i, n, text) =>
  i % 4 === 1 ? { who: `person${i % 37}`, text: `@person${(i - 1) % 37} ${text}` } : { ...common(i, n, text), replyTo: null };

const CASES: readonly (readonly [name: string, n: number, said: Said])[] = [
  ["a session of 500 with reply ids", 500, common],
  ["a session of 500 without ids", 500, withoutIds],
  ["20,000 in one session", 20_000, common],
  ["100,000 in one session", 100_000, common],
  [
    "20,000: everyone answers everyone",
    20_000,
    (i, _, text) => ({
      who: `person${i % 37}`,
      text: `@person${(i * 7) % 37} @person${(i * 11) % 37} ${text}`,
      replyTo: i === 0 ? null : String(1000 + ((i * 13) % i)),
    }),
  ],
  [
    "20,000: everyone answers everyone, without ids",
    20_000,
    (i, _, text) => ({ who: `person${i % 37}`, text: `@person${(i * 7) % 37} @person${(i * 11) % 37} ${text}` }),
  ],
  [
    "20,000: everyone answers one tweet, without ids",
    20_000,
    (i, _, text) => ({ who: i === 1 ? "amy" : `person${i % 37}`, text: `@amy ${text}` }),
  ],
  ["20,000 by one author", 20_000, (_, __, text) => ({ who: "zed", text })],
  ["20,000 in one second", 20_000, (i, n, text) => ({ ...common(i, n, text), time: START })],
];

/** One line for each kind and size of session: beside the floor measured in turns with it, and beside the first. */
export function* placeFigures(texts: readonly string[]): Generator<string> {
  let usual = 0;
  for (const [name, n, said] of CASES) {
    const { each, floor } = measured(session(n, said, texts));
    if (usual === 0) usual = each;
    const speed = Math.round(1e6 / each).toLocaleString("en");
    yield `place   ${speed} tweets/s, ${(each / floor).toFixed(1)} x the floor, ${(each / usual).toFixed(1)} x the first (${name})`;
  }
}

/** Microseconds of processor time a tweet takes, and what reading and counting its words alone takes: the least of five rounds,
 *  in turns. */
function measured(tweets: readonly Tweet[]): { readonly each: number; readonly floor: number } {
  const input = {
    session: { chat: "bench", slug: "2020-01-07", window: { start: START, minutes: 60, lead: 15, grace: 30 } },
    zone: "UTC",
    hosts: ["host"],
    notes: NO_NOTES,
    tweets,
    untagged: new Set<string>(),
    context: [],
  };
  const least = { each: Number.POSITIVE_INFINITY, floor: Number.POSITIVE_INFINITY };
  for (let n = 0; n < 20 && n * tweets.length < 10_000; n++) transcribe(input);
  for (let round = 0; round < 5; round++) {
    least.floor = Math.min(
      least.floor,
      rate(() => countWords(tweets), tweets.length),
    );
    least.each = Math.min(
      least.each,
      rate(() => transcribe(input), tweets.length),
    );
  }
  return least;
}

/** The floor: every word of every text, counted in one map. */
function countWords(tweets: readonly Tweet[]): number {
  const counts = new Map<string, number>();
  for (const { text } of tweets)
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts.size;
}

/** Microseconds of processor time for each of `n`, over a fifth of a second at least: some systems count it in steps of 10 ms. */
function rate(work: () => unknown, n: number): number {
  const spent = (): number => process.cpuUsage().user + process.cpuUsage().system;
  const started = spent();
  let done = 0;
  while (spent() - started < 200_000) {
    work();
    done += n;
  }
  return (spent() - started) / done;
}

function session(n: number, said: Said, texts: readonly string[]): Tweet[] {
  const gap = Math.ceil(n / ASKS);
  return Array.from({ length: n }, (_, i): Tweet => {
    const { who, ...known } = said(i, n, texts[i % texts.length] ?? "");
    const ask = i % gap === 0 ? { text: `Q${i / gap + 1} What comes to mind now, everyone?`, replyTo: null } : {};
    return {
      ...blank,
      id: String(1000 + i),
      author: author(i % gap === 0 ? "host" : who),
      time: START + Math.floor((i * HOUR) / n),
      ...known,
      ...ask,
    };
  });
}

const author = (handle: string) => ({ id: null, handle, name: "" });
const blank = {
  text: "",
  lang: null,
  replyTo: null,
  replyToUser: null,
  quotes: null,
  repostOf: null,
  conversation: null,
  tags: [],
  mentions: [],
  links: [],
  media: [],
  poll: null,
  edited: null,
  aliases: [],
  local: false,
  heading: null,
};
