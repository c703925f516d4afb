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

const CROWDS: { readonly [name: string]: Said } = {
  "everyone answers everyone": (i, _, text) => ({
    who: `person${i % 37}`,
    text: `@person${(i * 7) % 37} @person${(i * 11) % 37} ${text}`,
    replyTo: i === 0 ? null : String(1000 + ((i * 13) % i)),
  }),
  "the same without ids": (i, _, text) => ({ who: `person${i % 37}`, text: `@person${(i * 7) % 37} @person${(i * 11) % 37} ${text}` }),
  "one author": (_, __, text) => ({ who: "zed", text }),
  "one second": (i, n, text) => ({ ...common(i, n, text), time: START }),
};

/** One line for each kind and size of session. */
export function placeFigures(texts: readonly string[]): string[] {
  const usual = rate(session(20_000, common, texts), 1000);
  const lines = [500, 20_000, 100_000].map((n) => line(`a common session of ${n}`, rate(session(n, common, texts), 1000), usual));
  return [
    ...lines,
    ...Object.entries(CROWDS).map(([name, said]) => line(`20000: ${name}`, rate(session(20_000, said, texts), 1000), usual)),
  ];
}

const line = (name: string, each: number, usual: number): string =>
  `place   ${Math.round(1e6 / each).toLocaleString("en")} tweets/s, ${(each / usual).toFixed(1)} x the usual time (${name})`;

/** Microseconds of processor time a tweet takes, over `ms` at least. */
function rate(tweets: readonly Tweet[], ms: number): number {
  const input = {
    session: { chat: "bench", slug: "2020-01-07", window: { start: START, minutes: 60, lead: 15, grace: 30 } },
    zone: "UTC",
    hosts: ["host"],
    notes: NO_NOTES,
    tweets,
    untagged: new Set<string>(),
    context: [],
  };
  const spent = (): number => process.cpuUsage().user + process.cpuUsage().system;
  for (let n = 0; n < 20 && n * tweets.length < 10_000; n++) transcribe(input);
  const started = spent();
  let placed = 0;
  while (spent() - started < ms * 1000) {
    transcribe(input);
    placed += tweets.length;
  }
  return (spent() - started) / placed;
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
