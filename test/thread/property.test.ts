import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Thread, Transcript, Tweet } from "../../src/model.ts";
import { explainTweet } from "../../src/thread/explain.ts";
import { transcribe } from "../../src/thread/transcript.ts";
import { edit, input, NOON, tweet } from "./chat.ts";

const SAID = [
  "A1 yes",
  "A2 no",
  "Q1 Who comes here?",
  "Q2 When do we start?",
  "hello all",
  "thanks, good night",
  "@amy why?",
  "is glue right?",
  "RT @amy: A1 yes",
  "1/2 so",
  "2/2 there",
  "A9 hm",
  "",
];

/** Any chat at all: parents that do not exist, cycles, one second for all of it. */
const anyChat: fc.Arbitrary<Tweet[]> = fc
  .array(
    fc.record({
      who: fc.constantFrom("host", "amy", "bob", "cat"),
      minute: fc.integer({ min: -15, max: 120 }),
      text: fc.constantFrom(...SAID),
      replyTo: fc.option(fc.integer({ min: 1, max: 45 }), { nil: null }),
      quotes: fc.option(fc.integer({ min: 1, max: 45 }), { nil: null, freq: 6 }),
      repostOf: fc.option(fc.integer({ min: 1, max: 45 }), { nil: null, freq: 9 }),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ who, minute, text, replyTo, quotes, repostOf }, i) =>
      tweet(
        { id: String(i + 1), time: NOON + minute * 60_000, text, replyTo: idOr(replyTo), quotes: idOr(quotes), repostOf: idOr(repostOf) },
        who,
      ),
    ),
  );
const idOr = (n: number | null): string | null => (n === null ? null : String(n));

const anyEdits = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 45 }),
    fc.constantFrom<object>(
      { label: "Q1" },
      { section: "aside" },
      { hide: true },
      { ask: false },
      { ask: "Q5" },
      { reply: null },
      { reply: "2" },
      { question: "3" },
    ),
  ),
  { maxLength: 6 },
);

const flat = (threads: readonly Thread[]): string[] => threads.flatMap((t) => [t.tweet.id, ...flat(t.replies)]);
const shape = ({ sections, placed, questions }: Transcript) =>
  JSON.stringify({ questions, placed, sections: sections.map((s) => [s.kind, s.question?.label, flat(s.threads)]) });
const runs = { numRuns: 300, seed: 20260101 };

describe("any chat, any edits", () => {
  const cases = fc.record({ tweets: anyChat, edits: anyEdits, order: fc.infiniteStream(fc.nat()) });
  const notesOf = (edits: readonly (readonly [number, object])[]) => ({
    edits: [...new Map(edits.map(([id, said]) => [id, edit(String(id), said)])).values()],
  });

  it("the same transcript in any order of input", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits, order }) => {
        const keys = new Map(tweets.map((t) => [t.id, order.next().value]));
        const shuffled = [...tweets].sort((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0) || Number(a.id) - Number(b.id));
        const setting = { notes: notesOf(edits) };
        assert.equal(shape(transcribe(input(shuffled, setting))), shape(transcribe(input(tweets, setting))));
      }),
      runs,
    ));

  it("every tweet placed once; each shown one in one thread, once", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits }) => {
        const t = transcribe(input(tweets, { notes: notesOf(edits) }));
        assert.deepEqual(t.placed.map((p) => p.tweet.id).sort(), tweets.map((x) => x.id).sort());
        const shown = t.placed
          .filter((p) => !p.placement.hidden && p.tweet.repostOf === null && p.placement.asks === null)
          .map((p) => p.tweet.id);
        assert.deepEqual(t.sections.flatMap((s) => flat(s.threads)).sort(), shown.sort());
      }),
      runs,
    ));

  it("no tweet answers itself or a later one", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits }) => {
        const t = transcribe(input(tweets, { notes: notesOf(edits) }));
        const order = new Map(t.placed.map((p, i) => [p.tweet.id, i]));
        for (const [i, { placement }] of t.placed.entries())
          if (placement.parent !== null) assert.ok((order.get(placement.parent) ?? -1) < i);
      }),
      runs,
    ));

  it("explain tells of every tweet the place it has", () =>
    fc.assert(
      fc.property(anyChat, (tweets) => {
        for (const { tweet: t, placement } of transcribe(input(tweets)).placed.slice(0, 5)) {
          const told = explainTweet(input(tweets), t.id).json as { spots: { goes: string }[] };
          assert.equal(told.spots[0]?.goes, placement.question === null ? placement.section : placement.label);
        }
      }),
      { ...runs, numRuns: 60 },
    ));
});
