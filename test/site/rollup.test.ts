import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { HtmlValidate } from "html-validate";
import type { Author, PlacedTweet, Placement } from "../../src/model.ts";
import { sessionPage } from "../../src/site/page.ts";
import { rollupOf } from "../../src/site/rollup.ts";
import { medianLag, statistics } from "../../src/site/statistics.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { attribute, elementsOf, textOf } from "./dom.ts";
import { chat, config, placed, question, tweet } from "./fixture.ts";
import { type Sitting, siteOf, slugOf, startOf } from "./sessions.ts";

interface Word {
  readonly id: string;
  readonly by: Author | string;
  readonly text: string;
  readonly at?: number;
  readonly where?: Partial<Placement>;
  readonly replyTo?: string;
}

const said = (week: number, { id, by, text, at = 5, where = {}, replyTo }: Word): PlacedTweet => {
  const author = typeof by === "string" ? {} : { author: by };
  const more = { ...author, ...(replyTo === undefined ? {} : { replyTo }) };
  return placed(tweet({ id, by: typeof by === "string" ? by : by.handle, at, text, start: startOf(week), more }), {
    section: "aside",
    reason: "none",
    ...where,
  });
};
const sitting = (week: number, words: readonly Word[], more: Partial<Sitting> = {}): Sitting => ({
  week,
  placed: words.map((word) => said(week, word)),
  ...more,
});

/** Mo was mo_old before. */
const mo = { id: "11", handle: "Mo_New", name: "Mo" };
const sittings: readonly Sitting[] = [
  sitting(0, [
    { id: "100", by: mo, text: "the first tide" },
    { id: "101", by: "ben", text: "see https://example.org/shells/" },
    { id: "102", by: "gone", text: "planted-word", where: { hidden: true } },
  ]),
  sitting(1, [
    { id: "200", by: mo, text: "the <b>second</b> tide https://example.org/shells" },
    { id: "201", by: "ben", text: "@mo_old which pool?" },
    { id: "202", by: "cyn", text: "@absent hello" },
  ]),
  sitting(2, [{ id: "300", by: "cyn", text: "https://example.org/draft" }], { status: "draft" }),
];
const used = [
  { handle: "mo_new", author: "11" },
  { handle: "mo_old", author: "11" },
  { handle: "ben", author: "11" },
  { handle: "../up", author: "11" },
  { handle: "nobody", author: "99" },
];

describe("people of a chat", () => {
  const of = (...turns: Sitting[]) => rollupOf(siteOf(turns, used)).roster(chat.slug).latest(9);
  it("are not those who are hidden, and not those who were only named", () =>
    assert.deepEqual(
      rollupOf(siteOf(sittings, used))
        .roster(chat.slug)
        .latest(9)
        .map(({ path, tweets, sessions, last }) => [path, tweets, sessions, last]),
      [
        ["ben", 2, 2, slugOf(1)],
        ["cyn", 2, 2, slugOf(2)],
        ["mo_new", 2, 2, slugOf(1)],
      ],
    ));
  it("have no page where their handle is no path", () =>
    assert.deepEqual(
      of(sitting(0, [{ id: "1", by: { id: null, handle: "../../etc", name: "" }, text: "x" }])).map(({ path }) => path),
      [],
    ));
  it("are two where two accounts had one handle: the one who was here last has the page", () => {
    const people = of(
      sitting(0, [{ id: "1", by: { id: "21", handle: "kim", name: "First" }, text: "x" }]),
      sitting(1, [{ id: "2", by: { id: "22", handle: "Kim", name: "Second" }, text: "x" }]),
    );
    assert.deepEqual(
      people.map(({ path, name }) => [path, name]),
      [
        ["21", "First"],
        ["kim", "Second"],
      ],
    );
  });
  it("are one where a source told no id", () => {
    const people = of(
      sitting(0, [{ id: "1", by: { id: null, handle: "kim", name: "" }, text: "x" }]),
      sitting(1, [{ id: "2", by: { id: "21", handle: "kim", name: "Kim" }, text: "x" }]),
    );
    assert.deepEqual(
      people.map(({ path, name, sessions }) => [path, name, sessions]),
      [["kim", "Kim", 2]],
    );
  });
  it("are one where the source that told no id came last", () => {
    const people = of(
      sitting(0, [{ id: "1", by: { id: "21", handle: "kim", name: "Kim" }, text: "x" }]),
      sitting(1, [{ id: "2", by: { id: null, handle: "kim", name: "" }, text: "x" }]),
    );
    assert.deepEqual(
      people.map(({ path, name, sessions }) => [path, name, sessions]),
      [["kim", "Kim", 2]],
    );
  });
  it("are found under handles they had before, unless somebody else has a page there", () =>
    assert.deepEqual(rollupOf(siteOf(sittings, used)).roster(chat.slug).former, [{ from: "mo_old", to: "mo_new" }]));
  it("are found once for a site", () => {
    const site = siteOf(sittings);
    assert.equal(rollupOf(site), rollupOf(site));
  });
});

describe("a person's part of a session", () => {
  const rollup = rollupOf(siteOf(sittings, used));
  const parts = [...rollup.parts(chat.slug, rollup.person(chat.slug, "mo_new"))];
  it("holds what they said, newest session first, and what they missed under an old handle", () =>
    assert.deepEqual(
      parts.map(({ card, said: own, missed }) => [card.session.slug, own.map(({ id }) => id), missed.map(({ id }) => id)]),
      [
        [slugOf(1), ["200"], ["201"]],
        [slugOf(0), ["100"], []],
      ],
    ));
  it("is asked for by a path that exists", () => assert.throws(() => rollup.person(chat.slug, "nobody"), /nobody/));
});

describe("links of a chat", () => {
  it("come from reviewed sessions, rolled up, the newest share first", () =>
    assert.deepEqual(
      rollupOf(siteOf(sittings))
        .links(chat.slug, { links: 9, shares: 9 })
        .links.map(({ text, shares }) => [text, shares.map(({ id }) => id)]),
      [["example.org/shells", ["200", "101"]]],
    ));
});

describe("a session in numbers", () => {
  const q1 = question(1, { at: startOf(1), by: "ada" });
  const under = { question: 1, label: "Q1", section: "question" as const };
  const asked = sitting(
    1,
    [
      { id: "1", by: "ben", text: "A1 a", at: 1, where: under },
      { id: "2", by: "cyn", text: "A1 b", at: 3, where: under },
      { id: "3", by: "dov", text: "A1 c", at: 50, where: under },
      { id: "4", by: "dov", text: "A1 early", at: -2, where: under },
    ],
    { questions: [q1, question(2)] },
  );
  const words = (turns: readonly Sitting[]): string[] => {
    const site = siteOf(turns);
    const card = site.chats[0]?.sessions.at(-1);
    assert.ok(card);
    return statistics(sessionPage(site.session(chat.slug, card.session.slug), config), rollupOf(site).turnout(card));
  };
  it("says who is new, what each question brought, how soon", () =>
    assert.deepEqual(words([sitting(0, [{ id: "9", by: "BEN", text: "hello" }]), asked]), [
      "3 people: 2 for the first time in this archive, 1 who had been here before.",
      "Answers: 4 to Q1 and none to Q2; half of them came within 3 minutes of their question.",
    ]));
  it("does not call everybody new in the first session", () =>
    assert.equal(words([asked])[0], "3 people, in the first session of this archive."));
  it("says nothing where there is nothing", () => assert.deepEqual(words([sitting(0, [])]), []));
  it("knows no lag where no time is known", () => {
    const site = siteOf([sitting(0, [{ id: "1", by: "ben", text: "A1", where: under }], { questions: [question(1)] })]);
    assert.equal(medianLag(site.session(chat.slug, slugOf(0))), null);
  });
});

describe("the pages", () => {
  const out = tempDir();
  const files = new Map<string, string>();
  const page = (path: string): string => files.get(path) ?? assert.fail(`no page ${path}`);
  const words = (path: string): string =>
    elementsOf(page(path))
      .filter(({ tagName }) => tagName === "main")
      .map(textOf)
      .join();
  before(async () => {
    await renderSite(siteOf(sittings, used), out);
    for (const path of globSync("**/*.html", { cwd: out })) files.set(path, readFileSync(join(out, path), "utf8"));
  });

  it("of people are those of people who said something, and of old handles", () =>
    assert.deepEqual(readdirSync(join(out, "tidepool/people")).sort(), ["ben", "cyn", "index.html", "mo_new", "mo_old"]));
  it("hold nothing hidden", () => {
    for (const [path, text] of files) assert.doesNotMatch(text, /planted-word|@gone/, path);
  });
  it("of people, of what is open and of drafts are not for search engines", () => {
    const kept = [...files].filter(([, text]) => !text.includes('<meta name="robots" content="noindex">')).map(([path]) => path);
    assert.deepEqual(kept.filter((path) => /people|open|links/.test(path)).sort(), [
      "tidepool/2009-06-02/links/index.html",
      "tidepool/2009-06-09/links/index.html",
      "tidepool/links/index.html",
    ]);
  });
  it("of a person link every tweet with its words, and say what is unanswered", () => {
    assert.match(page("tidepool/people/mo_new/index.html"), /<a href="\/tidepool\/2009-06-09\/#t200">the &lt;b&gt;second&lt;\/b&gt; tide/);
    assert.match(words("tidepool/people/mo_new/index.html"), /earlier @mo_old.*Mo.*Unanswered in what we captured.*@mo_old which pool\?/);
  });
  it("of an old handle lead to the new one", () => {
    assert.match(page("tidepool/people/mo_old/index.html"), /http-equiv="refresh" content="0; url=\/tidepool\/people\/mo_new\/"/);
    assert.match(page("tidepool/people/mo_old/index.html"), /rel="canonical" href="https:\/\/chats\.example\/tidepool\/people\/mo_new\/"/);
  });
  it("of what is open name people and link the tweets", () => {
    const open = "tidepool/2009-06-09/open/index.html";
    assert.match(words(open), /1 question and 1 mention for 2 people, unanswered in what we captured/);
    assert.match(words(open), /@absent.*@absent hello.*Mo @Mo_New 1 question.*asks/);
    assert.match(page(open), /<a class="at" href="\.\.\/#t201">/);
    assert.match(words("tidepool/2009-06-02/open/index.html"), /No question and no mention is unanswered in what we captured\./);
  });
  it("of links lead there safely, without a preview", () => {
    const links = elementsOf(page("tidepool/links/index.html")).filter((one) => attribute(one, "href")?.startsWith("https://example.org"));
    assert.deepEqual(
      links.map((one) => [textOf(one), attribute(one, "rel")]),
      [["example.org/shells", "nofollow ugc noopener noreferrer"]],
    );
    assert.doesNotMatch(page("tidepool/links/index.html"), /example\.org\/draft|<img/);
  });
  it("are reached from the session and from the chat", () => {
    assert.match(words("tidepool/index.html"), /People, links shared/);
    assert.match(
      page("tidepool/2009-06-09/index.html"),
      /<a href="open\/">2 unanswered mentions<\/a>, <a href="links\/">1 link shared<\/a>/,
    );
    assert.match(page("tidepool/2009-06-09/timeline/index.html"), /<a href="\.\.\/open\/">2 unanswered mentions<\/a>/);
  });
  it("have no fault html-validate can find", async () => {
    const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: { "long-title": "off" } });
    for (const [path, text] of files) {
      if (!/people|open|links/.test(path)) continue;
      const { results } = await validator.validateString(text, path);
      assert.deepEqual(
        results.flatMap(({ messages }) => messages.map(({ ruleId, line }) => `${path}:${line} ${ruleId}`)),
        [],
      );
    }
  });
});

describe("the page of somebody who was in many sessions", () => {
  const out = tempDir();
  const main = (): string => readFileSync(join(out, "tidepool/people/ben/index.html"), "utf8");
  before(async () => {
    const weeks = Array.from({ length: 50 }, (_, week) =>
      sitting(week, [
        ...Array.from({ length: 10 }, (__, n): Word => ({ id: `${1000 + week}${n}`, by: "ben", text: `words of ${week}` })),
        ...Array.from({ length: 4 }, (__, n): Word => ({ id: `${5000 + week}${n}`, by: "cyn", text: `@ben asked in ${week}?`, at: 50 })),
      ]),
    );
    await renderSite(siteOf(weeks), out);
  });

  it("shows the newest whole, and of the others how much there is, with a way there", () => {
    const whole = (words: string) => Array.from({ length: 50 }, (_, week) => week).filter((week) => main().includes(`${words} ${week}<`));
    assert.deepEqual(
      whole("words of"),
      Array.from({ length: 30 }, (_, n) => 20 + n),
    );
    assert.equal(main().match(/<span>10 tweets<\/span><\/li>/g)?.length, 20);
    assert.match(main(), new RegExp(`<a href="/tidepool/${slugOf(0)}/#t10000">Session 1</a> <span>10 tweets`));
    const asked = Array.from({ length: 50 }, (_, week) => week).filter((week) => main().includes(`asked in ${week}?`));
    assert.deepEqual(
      asked,
      Array.from({ length: 7 }, (_, n) => 43 + n),
    );
    assert.match(main(), new RegExp(`<a href="/tidepool/${slugOf(0)}/open/">4 replies</a>`));
  });
});
