import fc from "fast-check";
import type { Observation } from "../../src/model.ts";
import type { Membership, Store } from "../../src/store/store.ts";
import { START, tweet } from "../helpers.ts";

/** Runs a property the same way every time. */
export const RUNS = { seed: 20260303, numRuns: 300 } as const;

/** One thing a source tells: a tweet and, unless it is context, whose it is. */
export interface Telling {
  readonly observation: Observation;
  readonly membership: Membership | null;
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const few = <T>(...values: T[]) => fc.constantFrom(...values);

/** Four tweets by people who change their handles; ids 12 to 14 are also edits of one another. */
const id = few("11", "12", "13", "14");
const texts = few("green", "black", "green or black", "Green", "");

const told = fc.record({
  id,
  aliases: fc.uniqueArray(few("12", "13", "14", "15"), { maxLength: 2 }),
  author: fc.record({ id: maybe(few("501", "502", "1000")), handle: few("amy", "Amy", "bob"), name: few("", "Amy", "Bob") }),
  time: maybe(few(1, 2, 3)),
  text: texts,
  lang: maybe(few("en", "de")),
  replyTo: maybe(few("11", "12")),
  quotes: maybe(few("11", "15")),
  conversation: maybe(few("11")),
  tags: few([], ["teachat"], ["teachat", "green"]),
  links: few([], [{ url: "https://x.example/1", to: "https://x.example/1", text: "1" }]),
  poll: maybe(few({ options: [{ label: "green", votes: 1 }], ends: null }, { options: [{ label: "green", votes: 2 }], ends: null })),
  edited: maybe(few(START + 60_000, START + 120_000)),
  local: fc.boolean(),
  heading: maybe(few("Q1", "Q2")),
});

const membership = fc.record({
  chat: few("teachat", "coffee"),
  session: maybe(few("2026-03-03", "2026-03-10")),
  position: maybe(few(0, 1, 2)),
});

export const telling: fc.Arbitrary<Telling> = fc
  .record({
    tweet: told,
    membership: maybe(membership),
    rounded: fc.record({ replyTo: maybe(few("1000000000000000", "14")), repostOf: maybe(few("11")) }),
  })
  .map((made) => ({
    observation: {
      tweet: tweet({ ...made.tweet, aliases: made.tweet.aliases.filter((alias) => alias !== made.tweet.id) }),
      context: made.membership === null,
      session: made.membership?.session ?? null,
      rounded: made.rounded,
      repaired: false,
    },
    membership: made.membership,
  }));

/** Tells the store, in one transaction. */
export function tell(store: Store, tellings: readonly Telling[]): void {
  store.transaction(() => {
    for (const { observation, membership } of tellings) {
      store.add(observation);
      if (membership !== null) store.join(observation.tweet, membership);
    }
    store.repairRounded();
  });
}
