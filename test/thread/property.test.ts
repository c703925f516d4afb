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
  "@bob @cat A1 no",
  "on to the next question!",
  "https://win.example",
  "お昼 🍜 \uD83C",
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

  it("and with any of it twice", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits, order }) => {
        const setting = { notes: notesOf(edits) };
        const twice = [...tweets.filter(() => order.next().value % 2 === 0), ...tweets.toReversed()];
        assert.equal(shape(transcribe(input(twice, setting))), shape(transcribe(input(tweets, setting))));
      }),
      { ...runs, numRuns: 150 },
    ));

  it("nothing but numbers between 0 and 1 is a confidence", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits }) => {
        for (const { placement: p } of transcribe(input(tweets, { notes: notesOf(edits) })).placed)
          for (const sure of [p.confidence, p.parentConfidence ?? 0]) assert.ok(sure >= 0 && sure <= 1, String(sure));
      }),
      { ...runs, numRuns: 150 },
    ));

  it("a question section holds what its question has, the others nothing of it", () =>
    fc.assert(
      fc.property(cases, ({ tweets, edits }) => {
        const t = transcribe(input(tweets, { notes: notesOf(edits) }));
        for (const { placement: p } of t.placed) assert.equal(p.question !== null, p.section === "question");
        for (const s of t.sections)
          for (const id of flat(s.threads))
            assert.equal(t.placed.find((p) => p.tweet.id === id)?.placement.question ?? null, s.question?.number ?? null);
      }),
      { ...runs, numRuns: 150 },
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

/** Twenty thousand tweets of one session. */
const many = (
  said: (i: number) => { readonly who: string; readonly text: string; readonly replyTo?: string; readonly second?: true },
): Tweet[] =>
  Array.from({ length: 20_000 }, (_, i) => {
    const { who, text, replyTo = null, second } = said(i);
    const at = second === true ? 0 : i * 170;
    return tweet({ id: String(i + 1), time: NOON + at, text, replyTo }, i % 2000 === 0 ? "host" : who);
  });
const asked = (i: number, text: string): string => (i % 2000 === 0 ? `Q${i / 2000 + 1} What comes to mind now?` : text);
const CROWDS = {
  "everyone replies to everyone": many((i) => ({
    who: `p${i % 40}`,
    text: asked(i, `@p${(i * 7) % 40} @p${(i * 11) % 40} @p${(i * 13) % 40} so what`),
    ...(i === 0 ? {} : { replyTo: String(1 + ((i * 13) % i)) }),
  })),
  "everyone mentions everyone, without ids": many((i) => ({
    who: `p${i % 40}`,
    text: asked(i, `@p${(i * 7) % 40} @p${(i * 11) % 40} so what ${i}`),
  })),
  "one long chain": many((i) => ({ who: `p${i % 40}`, text: asked(i, "so what"), ...(i === 0 ? {} : { replyTo: String(i) }) })),
  "one author": many((i) => ({ who: "amy", text: asked(i, `so what of number ${i}`) })),
  "one author who says the same": many((i) => ({ who: "amy", text: asked(i, "so what") })),
  "a host who asks the same number again and again": many((i) => ({
    who: "host",
    text: `Q1 What comes to mind of number ${i}, or of ${i * 7}?`,
  })),
  "everyone answers one tweet, without ids": many((i) => ({
    who: i === 1 ? "amy" : `p${i % 40}`,
    text: asked(i, i === 1 ? "soup" : `@amy so ${i}`),
  })),
  "everyone asks, three answer": many((i) => ({
    who: `p${i % 40}`,
    text: asked(i, i % 4 === 1 ? `what of ${i}?` : "so"),
    ...(i % 4 === 1 || i % 2000 === 0 ? {} : { replyTo: String(i - ((i + 3) % 4) + 1) }),
  })),
  "everyone retells": many((i) => ({ who: `p${i % 40}`, text: asked(i, `RT @p${(i * 7) % 40}: so what of number ${i - 3}`) })),
  "one second": many((i) => ({ who: `p${i % 40}`, text: asked(i, i % 3 === 0 ? `A${(i % 5) + 1} so` : `what ${i}`), second: true })),
};

// How long they take beside a common session: `npm run bench`.
describe("a crowd", () => {
  for (const [name, tweets] of Object.entries(CROWDS))
    it(`${name}: nobody is lost`, () => {
      const t = transcribe(input(tweets));
      assert.equal(t.placed.length, tweets.length);
      assert.ok(t.placed.every(({ placement: p }) => p.reason !== "none"));
    });
});
