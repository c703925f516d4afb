import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Coverage } from "../../src/model.ts";
import { completeness } from "../../src/site/coverage.ts";
import type { SessionData, SiteData } from "../../src/site/data.ts";
import { sessionPage } from "../../src/site/page.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { attribute, elementsOf, textOf } from "./dom.ts";
import { config, site } from "./fixture.ts";

/** The session is of 21 July 2009, noon to 1 pm in New York, 15 minutes before and 30 after. */
const at = (time: string, day = "2009-07-21"): number => Date.parse(`${day}T${time}-04:00`);
const whole: Coverage = {
  from: at("11:45:00"),
  to: at("13:30:00"),
  at: at("13:30:30", "2009-07-22"),
  complete: true,
  gaps: [],
  missing: [],
  nextSweep: null,
  stored: 1412,
  counted: 1412,
  untagged: 41,
};
const gap = (from: string, to: string, why = "limit reached", query = "#tidepool") => ({ from: at(from), to: at(to), why, query });
const sessionWith = (coverage: Coverage | null): SessionData => ({ ...site().session("tidepool", "2009-07-21"), coverage });
const foot = (more: Partial<Coverage>): string => completeness(sessionPage(sessionWith({ ...whole, ...more }), config));

describe("the line at the foot of a page", () => {
  it("is for imported files what it was", () =>
    assert.equal(
      completeness(sessionPage(sessionWith(null), config)),
      "Imported from files: 33 tweets from 10 people, first at 11:56, last at 13:15 on 21 July 2009 in New York; whether anything is missing is not known.",
    ));

  it("says what is proven where all is here", () =>
    assert.equal(
      foot({}),
      "Complete: captured from X, from 11:45 to 13:30 on 21 July 2009 in New York, as of 13:30 on 22 July 2009. Here are 33 tweets from 10 people. X counts 1,412 tweets with the tag; 1,412 were captured. 41 more came in without the tag. Going through all of it again brought nothing new. Every tweet that these answer or quote was captured too.",
    ));

  it("lists what nobody can have, and why", () => {
    const missing = ["deleted", "protected", "deleted", "unknown", "suspended"].map((why, id) => ({ id: String(id), why }));
    assert.match(
      foot({ missing }),
      / X does not give 5 tweets that these answer or quote: 2 deleted, 1 of a protected account, 1 of a suspended account and 1 for no reason that it tells\.$/,
    );
  });

  it("says of what was not asked for that it was not", () => {
    const missing = [{ id: "1", why: "not asked for yet" }];
    const said = foot({ complete: false, missing });
    assert.match(said, / 1 tweet that these answer or quote was not asked for yet\.$/);
    assert.doesNotMatch(said, /X does not give/);
  });

  it("says so where X did not count", () => assert.match(foot({ counted: null }), / With the tag 1,412 were captured\. 41 more /));

  it("says until when late answers are collected, while they are", () => {
    const first = foot({ complete: null, at: at("13:01:00"), nextSweep: at("13:31:00"), counted: 1, stored: 1, untagged: 0 });
    assert.equal(
      first,
      "Captured from X, from 11:45 to 13:30 on 21 July 2009 in New York, as of 13:01. Here are 33 tweets from 10 people. Late answers are collected until 13:30. X is asked again at 13:31. X counts 1 tweet with the tag; 1 was captured.",
    );
    const last = foot({ complete: null, at: at("14:05:00"), nextSweep: at("13:30:00", "2009-07-22") });
    assert.match(last, / Late answers were collected until 13:30\. X is asked again at 13:30 on 22 July 2009\. /);
    assert.match(foot({ complete: null, at: null, nextSweep: at("13:01:00") }), /in New York\. Here are .* Late answers are collected /);
  });

  it("says from when to when something may be missing, in whole minutes, and why", () =>
    assert.match(
      foot({ complete: false, gaps: [gap("12:50:00", "12:52:00", "answered 503"), gap("12:31:07", "12:39:20")], counted: 1500 }),
      /10 people\. Incomplete: tweets from 12:31 to 12:40 \(limit reached\) and from 12:50 to 12:52 \(answered 503\) may be missing\. X counts 1,500 tweets with the tag; 1,412 were captured\./,
    ));

  it("says times that touch or overlap once, whatever was asked for", () =>
    assert.match(
      foot({
        complete: false,
        gaps: [gap("12:31:00", "12:50:00"), gap("12:33:00", "12:34:00", "answered 503", "from:ada"), gap("12:50:00", "12:51:00")],
      }),
      /tweets from 12:31 to 12:51 \(limit reached, answered 503\) may be missing\./,
    ));

  it("says of a gap while X is asked again that it may pass", () =>
    assert.match(
      foot({ complete: false, nextSweep: at("13:46:00"), gaps: [gap("12:31:00", "12:40:00")] }),
      / X is asked again at 13:46\. Not complete yet: tweets from 12:31 to 12:40 \(limit reached\) may be missing\./,
    ));

  it("claims nothing where nothing is proven", () => {
    const said = foot({ complete: false });
    assert.match(said, / Incomplete: it is not sure that every tweet is here\. /);
    assert.doesNotMatch(said, /Complete:|Every tweet that/);
  });

  it("names the days of a session that lasts over midnight", () =>
    assert.match(foot({ to: at("01:30:00", "2009-07-22") }), /from 11:45 on 21 July 2009 to 01:30 on 22 July 2009 in New York, as of/));
});

/** The rendered pages of the session, by question and in time order. */
async function pages(coverage: Coverage | null): Promise<string[]> {
  const plain = site();
  const data: SiteData = {
    ...plain,
    session: (chat, slug) => (slug === "2009-07-21" ? sessionWith(coverage) : plain.session(chat, slug)),
  };
  const dir = tempDir();
  await renderSite(data, dir);
  return ["", "timeline/"].map((path) => readFileSync(join(dir, `tidepool/2009-07-21/${path}index.html`), "utf8"));
}
const banners = (html: string): string[] =>
  elementsOf(html)
    .filter((element) => attribute(element, "role") === "note" && attribute(element, "class") === "banner")
    .map(textOf);

describe("the banner at the top of a page", () => {
  it("is there where something is known to be missing, on every page of the session", async () => {
    const coverage = { ...whole, complete: false, gaps: [gap("12:31:07", "12:39:20"), gap("12:50:00", "12:52:00")] };
    const said =
      "Incomplete: tweets from 12:31 to 12:40 and from 12:50 to 12:52 in New York may be missing. The end of the page says more.";
    for (const html of await pages(coverage)) {
      assert.deepEqual(banners(html), [said]);
      assert.ok(textOf(elementsOf(html).find(({ tagName }) => tagName === "footer") ?? assert.fail()).includes("(limit reached)"));
    }
    assert.deepEqual(await pages(coverage), await pages(coverage), "two builds give the same bytes");
  });

  it("is there where nothing is proven", async () =>
    assert.deepEqual(banners((await pages({ ...whole, complete: false }))[0] ?? ""), [
      "Incomplete: it is not sure that every tweet is here. The end of the page says more.",
    ]));

  for (const [what, coverage] of [
    ["imported", null],
    ["complete", whole],
    ["not finished, without a gap", { ...whole, complete: null }],
  ] as const)
    it(`is not there where the session is ${what}`, async () => assert.deepEqual(banners((await pages(coverage))[0] ?? ""), []));
});
