import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { take } from "../archive/chat.ts";
import { line, makeArchive, run, START } from "../helpers.ts";
import { LINES, NOTES } from "./oolong.ts";

const HERE = "teachat/2026-03-03";
const WEEK_LATER = 7 * 24 * 60 - 60;
const few = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });

/** Ids of X (00 to 19: tweets, 20 to 29: other versions of them) and one that nobody holds. */
const idOf = (n: number): string => `18000000000000000${String(n).padStart(2, "0")}`;
const anyId = fc.integer({ min: 0, max: 29 }).map(idOf);

const author = fc.record({
  id: maybe(few("501", "502", "503")),
  handle: few("ceylon_sam", "amy", "Amy", "bo_tea"),
  name: few("", "Sam", "Amy 🍵", 'B. "O" <b>'),
});
const text = few(
  "Welcome to #teachat",
  "Q1 Which leaf? #teachat",
  "Q2: milk first?\n#TeaChat",
  "Q? and cake? #teachat",
  "A1 green &amp; black, say @amy and @BO_tea",
  "a2 never",
  "RT @amy: A1 green",
  "thanks all, good night #teachat",
  "=1+1\t\u00e9\u0301🏳️‍🌈 \ud83c",
  "",
);

/** A record as other programs might write it: any of it may be missing, wrong or odd. */
const record = fc.record({
  author,
  text,
  // before, during and after the window; at an hour when nobody meets; and in the next session
  minute: few(-20, -10, 0, 1, 2, 3, 30, 59, 61, 89, 95, 600, WEEK_LATER, WEEK_LATER + 1),
  replyTo: maybe(anyId),
  quotes: maybe(anyId),
  repostOf: fc.option(anyId, { nil: null, freq: 6 }),
  version: maybe(few(START, START + 1)),
  poll: fc.option(few({ options: [{ label: "milk", votes: 2 }], ends: null }), { nil: null, freq: 8 }),
  lang: maybe(few("en", "und")),
  kind: fc.oneof({ weight: 5, arbitrary: few("tagged") }, { weight: 2, arbitrary: few("context", "untagged", "local") }),
  heading: maybe(few("Q1 Which leaf?", "Which cup?")),
  named: fc.boolean(),
});
type Made = typeof record extends fc.Arbitrary<infer T> ? T : never;

function lineOf(made: Made, n: number): string {
  const { minute, kind, version, heading, named, ...said } = made;
  const local = kind === "local";
  return line(
    {
      ...said,
      id: idOf(n),
      time: local ? null : minute,
      local,
      heading: local ? heading : null,
      edited: version,
      aliases: version === null || n >= 10 ? [] : [idOf(20 + n)],
    },
    { context: kind === "context", untagged: kind === "untagged", session: local || named ? HERE : null },
  );
}

const chat = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 19 }), record), { minLength: 1, maxLength: 12, selector: ([n]) => n });

/** Notes of the session that name some tweets of it, none of the next one. */
const notes = (tweets: readonly (readonly [number, Made])[]) => {
  const own = tweets.filter(([, made]) => made.minute < WEEK_LATER).map(([n]) => idOf(n));
  const said = few('"hide"', '"Q1"', '"aside"', "{ reply: none }", "{ ask: false }", "{ ask: Q2 }");
  return fc
    .array(fc.tuple(few(...own, idOf(99)), said), { maxLength: 3 })
    .map((edits) => new Map(edits))
    .map((edits) => `---\ntitle: Leaf\nedits: {${[...edits].map(([id, what]) => ` "${id}": ${what}`).join(",")} }\n---\n`);
};

async function exported(dir: string): Promise<string> {
  const { code, out, err } = await run(["export", HERE, "--archive", dir]);
  assert.equal(code, 0, err);
  return out;
}

/** Exports a session, imports the file into an archive with the same chat and notes, and exports that. */
async function roundTrip(lines: readonly string[], file: string): Promise<{ first: string; second: string }> {
  const [here, there] = [makeArchive({ notes: { "2026-03-03": file } }), makeArchive({ notes: { "2026-03-03": file } })];
  await take(here, lines);
  const first = await exported(here);
  if (first !== "") await take(there, [first]);
  return { first, second: await exported(there) };
}

describe("a session that is exported, imported elsewhere and exported again", () => {
  it("has the same bytes, with one of everything in it", async () => {
    const { first, second } = await roundTrip(LINES, NOTES);
    assert.equal(first.trimEnd().split("\n").length, LINES.length);
    assert.equal(second, first);
  });

  it("has the same bytes, whatever is in it", () =>
    fc.assert(
      fc.asyncProperty(
        chat.chain((tweets) => fc.tuple(fc.constant(tweets), notes(tweets))),
        async ([tweets, file]) => {
          const lines = tweets.map(([n, made]) => lineOf(made, n));
          const { first, second } = await roundTrip(lines, file);
          assert.equal(second, first);
        },
      ),
      { seed: 20260303, numRuns: 40 },
    ));
});
