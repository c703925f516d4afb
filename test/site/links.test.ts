import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Placement, Tweet } from "../../src/model.ts";
import { rollUp, sharesOf } from "../../src/site/links.ts";
import { placed, tweet } from "./fixture.ts";
import { sessionOf } from "./sessions.ts";

const share = (id: string, to: string, more: Partial<Tweet> = {}, where: Partial<Placement> = {}) =>
  placed(
    tweet({ id, by: "kit", at: 1, text: "see https://t.co/a", more: { links: [{ url: "https://t.co/a", to, text: to }], ...more } }),
    where,
  );

const linksOf = (...tweets: ReturnType<typeof share>[]): string[] =>
  rollUp(sharesOf(sessionOf(tweets))).map(
    ({ to, text, shares }) => `${to} ${text} ${shares.map(({ placed: one }) => one.tweet.id).join(",")}`,
  );

describe("no link shared is", () => {
  it("what is neither http nor https", () =>
    assert.deepEqual(
      linksOf(...["javascript:alert(1)", "data:text/html,x", "//example.org/", "ftp://example.org/"].map((to) => share("1", to))),
      [],
    ));
  it("in a hidden tweet, in what looks like spam, in a repost", () =>
    assert.deepEqual(
      linksOf(
        share("1", "https://example.org/", {}, { hidden: true }),
        share("2", "https://example.org/", {}, { section: "unplaced", reason: "spam?" }),
        share("3", "https://example.org/", { repostOf: "9" }),
      ),
      [],
    ));
  it("the tweet's own picture, or the tweet it quotes", () =>
    assert.deepEqual(
      linksOf(
        share("1", "https://x.com/kit/status/1/photo/1", {
          media: [{ type: "photo", alt: null, url: "https://pbs.example/1.jpg", file: null }],
        }),
        share("2", "https://x.com/ada/status/9?s=20", { quotes: "9" }),
      ),
      [],
    ));
});

describe("a link shared", () => {
  it("is one, whatever leads to it", () =>
    assert.deepEqual(
      linksOf(
        share("1", "https://example.org/once"),
        share("2", "http://www.example.org/crabs/?utm_source=x"),
        share("3", "https://example.org/crabs#top"),
      ),
      ["http://www.example.org/crabs/?utm_source=x example.org/crabs/?utm_source=x 2,3", "https://example.org/once example.org/once 1"],
    ));
  it("is another where query, path or port is", () =>
    assert.equal(
      linksOf(...["/?q=1", "/?q=2", "/a", "/A", ":8080/"].map((rest, index) => share(String(index), `https://example.org${rest}`))).length,
      5,
    ));
  it("counts once in one tweet", () => {
    const links = [1, 2].map((n) => ({ url: `https://t.co/${n}`, to: "https://example.org/", text: "example.org" }));
    assert.deepEqual(linksOf(share("1", "", { text: "https://t.co/1 https://t.co/2", links })), ["https://example.org/ example.org 1"]);
  });
  it("is typed in the text, too", () =>
    assert.deepEqual(linksOf(share("1", "", { text: "see https://example.org/a.", links: [] })), [
      "https://example.org/a example.org/a 1",
    ]));
  it("reads as the host it leads to, never as t.co", () =>
    assert.deepEqual(
      linksOf(
        share("1", "https://evil.example/", { links: [{ url: "https://t.co/a", to: "https://evil.example/", text: "bank.example" }] }),
        share("2", "https://t.co/a"),
        share("3", "https://xn--pypal-4ve.example/"),
      ),
      ["https://evil.example/ evil.example 1", "https://t.co/a null 2", "https://xn--pypal-4ve.example/ xn--pypal-4ve.example 3"],
    ));
});
