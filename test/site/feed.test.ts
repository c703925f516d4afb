import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { SiteConfig } from "../../src/model.ts";
import { atom } from "../../src/site/atom.ts";
import type { ChatData, SessionCard, SiteData } from "../../src/site/data.ts";
import { feedOf, tagUri } from "../../src/site/feed.ts";
import { jsonFeed } from "../../src/site/json-feed.ts";
import { Site } from "../../src/site/site.ts";
import { robots, type SitemapFile, sitemapsOf, sitemapsOfYear, yearOfSitemap } from "../../src/site/sitemap.ts";
import { elementsOf, textOf } from "./dom.ts";
import { atomFaults, isRfc3339, jsonFeedFaults } from "./feed-rules.ts";
import { config, HIDDEN_WORDS, site } from "./fixture.ts";
import { childrenOf, readXml } from "./xml.ts";

const ATOM = "https://chats.example/talks/tidepool/feed.xml";
const JSON_FEED = "https://chats.example/talks/tidepool/feed.json";

const feed = (over: Partial<SiteConfig> = {}, slug = "tidepool") => feedOf(new Site(site({ pathPrefix: "/talks/", ...over })), slug);

/** The site with other cards in its first chat. */
function withCards(change: (cards: readonly SessionCard[]) => readonly SessionCard[], over: Partial<SiteConfig> = {}): Site {
  const data = site(over);
  const [first, ...others] = data.chats;
  assert.ok(first);
  const chats: ChatData[] = [{ ...first, sessions: change(first.sessions) }, ...others];
  const known = (slug: string): string => (slug.startsWith("2010") ? "2009-07-14" : slug);
  const session: SiteData["session"] = (chat, slug) => {
    const card = chats.flatMap(({ sessions }) => sessions).find((one) => one.session.chat === chat && one.session.slug === slug);
    const found = data.session(chat, known(slug));
    return card === undefined ? found : { ...found, card };
  };
  return new Site({ ...data, chats, session });
}

describe("the rules of feeds find", () => {
  let good = "";
  let json = "";
  before(() => {
    good = atom(feed());
    json = jsonFeed(feed());
  });
  const planted: readonly (readonly [string, string | RegExp, string, RegExp])[] = [
    ["no id", /<id>[^<]*<\/id>\n(?=<title>Tide)/, "", /not one id/],
    ["no title", "<title>Tide Pool Chat</title>", "", /not one title/],
    ["no updated", /<updated>[^<]*<\/updated>\n(?=<author>)/, "", /not one updated/],
    ["a date of another kind", /<published>[^<]*</, "<published>Tue, 21 Jul 2009 16:00:00 GMT<", /time Tue/],
    ["a day that is none", /<published>[^<]*</, "<published>2009-02-30T16:00:00Z<", /time 2009-02-30/],
    ["an id twice", /2009-07-14\/<\/id>/, "2009-07-21/</id>", /an id twice/],
    ["a relative link", /href="https:\/\/chats\.example(?=\/talks\/tidepool\/2009)/, 'href="', /link \/talks/],
    ["an author without a name", /<name>[^<]*</, "<name><", /without a name/],
    ["empty content", /<content type="html">[^<]*</, '<content type="html"><', /empty content/],
    [
      "an older updated than its entries'",
      /<updated>2009-07-21[^<]*<\/updated>\n(?=<author>)/,
      "<updated>2009-01-01T00:00:00Z</updated>",
      /newest/,
    ],
    ["another namespace", "2005/Atom", "2005/Atoms", /no Atom feed/],
  ];
  for (const [what, from, to, fault] of planted)
    it(`${what} (Atom)`, () => {
      const bad = good.replace(from, to);
      assert.notEqual(bad, good, "nothing was planted");
      assert.match(atomFaults(bad, ATOM).join("\n"), fault);
    });

  for (const [what, from, to] of [
    ["another version", "version/1.1", "version/1"],
    ["an id twice", '/2009-07-14/",\n      "url"', '/2009-07-21/",\n      "url"'],
    ["a date without a zone", /("date_modified": "[^"]*)Z"/, '$1"'],
    ["no content", /"content_html": "(?:[^"\\]|\\.)*"/, '"content_html": ""'],
    ["a relative url", /"url": "https:\/\/chats.example(?=\/talks\/tidepool\/2009)/, '"url": "'],
  ] as const)
    it(`${what} (JSON Feed)`, () => {
      const bad = json.replace(from, to);
      assert.notEqual(bad, json, "nothing was planted");
      assert.notDeepEqual(jsonFeedFaults(bad, JSON_FEED), []);
    });

  it("times that are none", () => {
    for (const time of ["2009-07-21", "2009-07-21T16:04Z", "2009-07-21T24:00:00Z", "2009-07-21T16:04:00", "2009-13-01T00:00:00Z"])
      assert.equal(isRfc3339(time), false, time);
    for (const time of ["2009-07-21T16:04:00Z", "2009-07-21T12:04:00.25-04:00"]) assert.equal(isRfc3339(time), true, time);
  });
});

describe("feeds", () => {
  it("hold no draft, no hidden word and no text of the clock", () => {
    for (const text of [atom(feed()), jsonFeed(feed())]) {
      assert.doesNotMatch(text, new RegExp(`${HIDDEN_WORDS}|2009-07-28|1022`));
      assert.doesNotMatch(text, new RegExp(String(new Date().getFullYear())));
    }
  });

  it("are valid, with an address, without one, and without a session", () => {
    for (const slug of ["tidepool", "night-garden"]) {
      const base = `https://chats.example/talks/${slug}/feed`;
      assert.deepEqual(atomFaults(atom(feed({}, slug)), `${base}.xml`), []);
      assert.deepEqual(jsonFeedFaults(jsonFeed(feed({}, slug)), `${base}.json`), []);
      assert.deepEqual(atomFaults(atom(feed({ url: null }, slug)), null), []);
      assert.deepEqual(jsonFeedFaults(jsonFeed(feed({ url: null }, slug)), null), []);
    }
    const none = feedOf(
      withCards(() => []),
      "tidepool",
    );
    assert.deepEqual(atomFaults(atom(none), "https://chats.example/tidepool/feed.xml"), []);
    assert.match(atom(none), /<updated>1970-01-01T00:00:00Z</);
  });

  it("have the newest first, at most 30", () => {
    const many = withCards(([one]) =>
      Array.from({ length: 40 }, (_, index) => {
        assert.ok(one);
        const slug = `2010-01-${String(index + 1).padStart(2, "0")}`;
        return { ...one, session: { ...one.session, slug }, status: index === 39 ? ("draft" as const) : one.status };
      }),
    );
    const slugs = feedOf(many, "tidepool").entries.map(({ path }) => path.split("/")[1]);
    assert.equal(slugs.length, 30);
    assert.deepEqual([slugs[0], slugs[29]], ["2010-01-39", "2010-01-10"]);
  });

  it("say when what is stored changed last", () => {
    const changed = Date.UTC(2011, 4, 6, 7, 8, 9);
    const touched = withCards((cards) => cards.map((card) => (card.session.slug === "2009-07-14" ? { ...card, changed } : card)));
    const { entries, updated } = feedOf(touched, "tidepool");
    assert.deepEqual([updated, ...entries.map((entry) => entry.updated)], [changed, Date.UTC(2009, 6, 21, 18), changed]);
    assert.match(atom(feedOf(touched, "tidepool")), /<updated>2011-05-06T07:08:09Z<\/updated>/);
  });

  it("tell what was asked, how much came, and what the organiser wrote", () => {
    const [entry] = feed().entries;
    const words = elementsOf(entry?.html ?? "").find(({ tagName }) => tagName === "body");
    assert.ok(words);
    assert.match(textOf(words), /33 tweets from 10 people\.We met at noon, see the first question and /);
    assert.match(textOf(words), /Q1 What lives in a pool that the tide forgets\? \(\d+ answers from \d+ people\)/);
    assert.match(textOf(words), /Q3 How do you count what hides\? \(no answers\)/);
    assert.match(entry?.html ?? "", /<a href="https:\/\/chats\.example\/talks\/tidepool\/2009-07-21\/#s1030">/);
  });

  it("have ids that are tags under the contact's domain, where the site has no address", () => {
    assert.equal(feed({ url: null }).entries[0]?.id, "tag:chats.example,2026:tidepool/2009-07-21");
    assert.equal(tagUri({ ...config, contact: "https://Who.Example/me" }, "a/b/"), "tag:who.example,2026:a/b");
    assert.equal(tagUri({ ...config, contact: null }, "a/"), "tag:chatscribe.invalid,2026:a");
    assert.doesNotMatch(jsonFeed(feed({ url: null })), /"url": "(?!https:\/\/x\.com)|href/);
  });
});

describe("the sitemap", () => {
  const places = (files: readonly SitemapFile[]): string[] =>
    files.flatMap(({ text }) => readXml(text).children.flatMap((one) => childrenOf(one, "loc").map(({ text: place }) => place)));
  const years = (of: Site, most?: number): SitemapFile[] => of.years.flatMap((year) => sitemapsOfYear(of, year, most));
  const addresses = (files: readonly SitemapFile[]): string[] => files.map(({ path }) => `https://chats.example/${path}`);

  it("is not there without an address", () => {
    const nowhere = new Site(site({ url: null }));
    assert.deepEqual([...sitemapsOf(nowhere), ...years(nowhere)], []);
    assert.equal(robots(nowhere), "User-agent: *\nDisallow:\n");
    assert.match(robots(new Site(site())), /^Sitemap: https:\/\/chats\.example\/sitemap\.xml$/m);
  });

  it("is an index of one a year, and of one for what stands above", () => {
    const of = new Site(site());
    const [index, above, ...more] = sitemapsOf(of);
    assert.ok(index && above);
    assert.deepEqual(more, []);
    assert.equal(readXml(index.text).name, "sitemapindex");
    assert.deepEqual(places([index]), addresses([above, ...years(of)]));
    assert.deepEqual(
      [index, above, ...years(of)].map(({ path }) => path),
      ["sitemap.xml", "sitemap-pages.xml", "sitemap-tidepool-2009.xml", "sitemap-night-garden-2009.xml"],
    );
  });

  it("leaves out drafts and what stands for another page", () => {
    const of = new Site(site({ tweetPages: "all" }));
    const all = places([...sitemapsOf(of), ...years(of)]);
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.includes("https://chats.example/tidepool/2009-07-21/t/1012/"));
    for (const place of all) assert.doesNotMatch(place, /2009-07-28|timeline|people|1022|404/);
  });

  it("has none of a year that has only drafts", () => {
    const of = withCards((cards) => cards.map((card) => ({ ...card, status: "draft" as const })));
    const left = addresses(years(of));
    assert.deepEqual(left, ["https://chats.example/sitemap-night-garden-2009.xml"]);
    assert.deepEqual(places(sitemapsOf(of).slice(0, 1)), ["https://chats.example/sitemap-pages.xml", ...left]);
  });

  it("is cut into parts where a year would be too long", () => {
    const of = new Site(site());
    const parts = years(of, 5);
    assert.ok(parts.length > 1 && parts.every(({ text }) => readXml(text).children.length <= 5));
    assert.deepEqual(places(parts), places(years(of)));
    assert.deepEqual(places(sitemapsOf(of, 5).slice(0, 1)).slice(1), addresses(parts));
    assert.deepEqual(
      parts.map(({ path }) => yearOfSitemap(path)?.chat),
      parts.map(({ text }) => /chats\.example\/([^/]+)\//.exec(text)?.[1]),
    );
  });
});
