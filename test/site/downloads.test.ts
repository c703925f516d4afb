import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import type { PlacedTweet, SiteConfig, Transcript } from "../../src/model.ts";
import type { SessionData } from "../../src/site/data.ts";
import { FORMATS, sessionFile } from "../../src/site/downloads.ts";
import { sessionPage } from "../../src/site/page.ts";
import { shownTweets } from "../../src/site/shown.ts";
import { config, HIDDEN_WORDS, placed, site, tweet } from "./fixture.ts";
import { icsFaults } from "./ics.ts";

const data = site().session("tidepool", "2009-07-21");
const full: SiteConfig = { ...config, downloads: "full" };
const withTranscript = (over: Partial<Transcript>): SessionData => ({ ...data, transcript: { ...data.transcript, ...over } });
const more = (...tweets: PlacedTweet[]): SessionData => withTranscript({ placed: [...data.transcript.placed, ...tweets] });
const every = (of: SessionData): string[] => [config, full].flatMap((one) => FORMATS.map((format) => sessionFile(format, of, one)));
const rowsOf = (text: string): Record<string, unknown>[] => JSON.parse(text) as Record<string, unknown>[];

describe("no download", () => {
  it("holds a hidden tweet, its words, its id, or a link to it", () => {
    for (const text of every(data)) assert.doesNotMatch(text, new RegExp(`${HIDDEN_WORDS}|\\b1022\\b`));
  });

  it("holds a repost of a hidden tweet, or what only that one answers", () => {
    const repost = placed(tweet({ id: "1099", by: "kit", at: 13, text: `RT @gus: A1 ${HIDDEN_WORDS}`, more: { repostOf: "1022" } }));
    const secret = placed(tweet({ id: "1098", by: "gus", at: 13, text: HIDDEN_WORDS, more: { replyTo: "955" } }), {
      hidden: true,
      parent: "955",
    });
    const above = tweet({ id: "955", by: "zoe", at: -5, text: "only-a-hidden-tweet-answers-this" });
    const of = {
      ...more(repost, secret),
      transcript: { ...more(repost, secret).transcript, context: [...data.transcript.context, above] },
    };
    for (const text of every(of)) assert.doesNotMatch(text, new RegExp(`${HIDDEN_WORDS}|only-a-hidden|\\b(?:1022|1098|1099|955)\\b`));
  });

  it("holds the words of a question that only a hidden tweet asks", () => {
    const hide = (one: PlacedTweet): PlacedTweet =>
      one.placement.asks === 4 ? { ...one, placement: { ...one.placement, hidden: true } } : one;
    const of = withTranscript({ placed: data.transcript.placed.map(hide) });
    for (const text of every(of)) assert.doesNotMatch(text, /starfish without harming/);
    const titles = sessionPage(of, config).sections.map(({ title }) => title);
    assert.ok(titles.every((title) => !title.includes("starfish")));
  });

  it("names a removed tweet whose link leads nowhere", () => {
    const reply = placed(tweet({ id: "1097", by: "kit", at: 13, text: "indeed", more: { replyTo: "1021" } }));
    const of = more(reply);
    const gone = (removed: string[], tombstones: Transcript["tombstones"]): string =>
      sessionFile(
        "json",
        {
          ...of,
          transcript: {
            ...of.transcript,
            placed: of.transcript.placed.filter((one) => one.tweet.id !== "1021"),
            removed: new Set(removed),
            tombstones,
          },
        },
        config,
      );
    assert.doesNotMatch(gone(["1021"], []), /1021/);
    const stone = {
      tweet: "1021",
      reason: "author-request",
      on: "2009-08-01",
      time: null,
      asked: null,
      page: false,
      anchor: true,
    } as const;
    const rows = rowsOf(gone(["1021"], [stone]));
    assert.deepEqual(rows.at(-1), { id: "1021", session: "tidepool/2009-07-21", erased: "author-request", on: "2009-08-01" });
    assert.equal(rows.find(({ id }) => id === "1097")?.reply_to, "1021");
  });

  it("of ids holds a text, a name, a link or a picture", () => {
    for (const format of ["json", "csv"] as const) {
      const text = sessionFile(format, data, config);
      assert.doesNotMatch(text, /Hermit|example\.org|Ada Moss|\bada\b|"text"|,text,|created_at|polls?"/);
      for (const { tweet: one } of shownTweets(data)) assert.ok(!text.includes(one.text), one.id);
    }
  });
});

describe("a download", () => {
  const shown = shownTweets(data);

  it("as md and txt holds every shown tweet once, whoever asked it", () => {
    for (const format of ["md", "txt"] as const) {
      const text = sessionFile(format, data, config);
      assert.equal(text, sessionFile(format, data, full));
      for (const { tweet: one } of shown) {
        const words = one.text.replaceAll(/[^\p{L}\p{N} ].*/gsu, "").trim(); // up to the first mark: Markdown escapes some
        if (words.length > 8) assert.ok(text.includes(words), `${one.id}: ${words}`);
      }
      assert.equal(text.match(/the ferry is late again/g)?.length, 10);
    }
  });

  it("as json and csv holds every shown tweet by id, in the order of time, with its place", () => {
    const ids = (rows: readonly Record<string, unknown>[]): unknown[] =>
      rows.filter((row) => shown.some((one) => one.tweet.id === row.id)).map((row) => row.id);
    for (const one of [config, full]) {
      const rows = rowsOf(sessionFile("json", data, one));
      const table: Record<string, string>[] = parse(sessionFile("csv", data, one), { columns: true });
      assert.deepEqual(
        ids(rows),
        shown.map(({ tweet: { id } }) => id),
      );
      assert.deepEqual(ids(table), ids(rows));
      assert.equal(rows.find(({ id }) => id === "1012")?.label, "Q1");
    }
  });

  it("that is full holds the text", () => {
    const row = rowsOf(sessionFile("json", data, full)).find(({ id }) => id === "1012");
    assert.match(String(row?.text), /Hermit crabs/);
    assert.equal(row?.author, "cyn");
  });

  it("as ics is a calendar entry without a fault, reviewed or not", () => {
    for (const slug of ["2009-07-14", "2009-07-21", "2009-07-28"])
      for (const url of [config.url, null]) {
        const text = sessionFile("ics", site().session("tidepool", slug), { ...config, url });
        assert.deepEqual(icsFaults(Buffer.from(text)), []);
        assert.match(text, new RegExp(`UID:tidepool-${slug}@`));
      }
  });
});
