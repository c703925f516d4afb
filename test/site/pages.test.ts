import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { HtmlValidate } from "html-validate";
import { renderSite } from "../../src/site/whole.ts";
import { tweetPlain } from "../../src/text/html.ts";
import { tempDir } from "../helpers.ts";
import { attribute, byId, type Element, elementsOf, textOf } from "./dom.ts";
import { HIDDEN_WORDS, site } from "./fixture.ts";

const PREFIX = "/talks/";
const SESSION = "tidepool/2009-07-21/index.html";
const out = tempDir();
/** Path below the site -> text. */
const files = new Map<string, string>();
const pages = new Map<string, Element[]>();

before(async () => {
  await renderSite(site({ pathPrefix: PREFIX }), out);
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(out.length + 1);
    if (entry.isFile() && !/\.woff2$|-OFL\.txt$|^\./.test(path)) files.set(path, readFileSync(join(out, path), "utf8"));
  }
  for (const [path, text] of files) if (path.endsWith(".html")) pages.set(path, elementsOf(text));
});

const page = (path: string): Element[] => pages.get(path) ?? assert.fail(`no page ${path}`);
const text = (path: string): string => files.get(path) ?? assert.fail(`no file ${path}`);
const one = (elements: readonly Element[], id: string): Element => byId(elements, id)[0] ?? assert.fail(`no #${id}`);
const squeeze = (words: string): string => words.replaceAll(/\s+/g, " ").trim();

// Titles are people's words.
const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: { "long-title": "off" } });

async function faultsOf(path: string, content: string): Promise<string[]> {
  const { results } = await validator.validateString(content, path);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`));
}

describe("no page", () => {
  it("holds a hidden tweet, its words or its id", () => {
    for (const [path, content] of files)
      assert.doesNotMatch(content.replaceAll(/base64,[\w+/=]+/g, ""), new RegExp(`${HIDDEN_WORDS}|1022`), path); // "base64,R0lGOD": fonts
  });

  it("holds script, style or anything from elsewhere", () => {
    const around = [...pages].filter(([path]) => !path.endsWith("/offline.html")); // that has a policy and a test of its own
    for (const [path, elements] of around)
      for (const element of elements) {
        const handlers = element.attrs.filter(({ name }) => name === "style" || name.startsWith("on"));
        assert.deepEqual(handlers, [], path);
        if (element.tagName === "script" && attribute(element, "type") !== "application/ld+json") assert.equal(textOf(element), "", path);
        assert.ok(!["style", "iframe", "base"].includes(element.tagName), `<${element.tagName}> in ${path}`);
        const source =
          attribute(element, "src") ??
          (element.tagName === "link" && attribute(element, "rel") === "stylesheet" ? attribute(element, "href") : undefined);
        if (source !== undefined) assert.ok(source.startsWith(`${PREFIX}assets/`), `${source} in ${path}`);
      }
    assert.doesNotMatch(text("assets/style.css"), /url\((?!fonts\/)|@import/);
  });

  it("has an error html-validate can find, with all one may say of a site and with nothing", async () => {
    const bare = tempDir();
    await renderSite(site({ url: null, contact: null, tweetPages: "all" }), bare);
    for (const [path, content] of files) if (path.endsWith(".html")) assert.deepEqual(await faultsOf(path, content), []);
    for (const path of globSync("**/*.html", { cwd: bare }))
      assert.deepEqual(await faultsOf(path, readFileSync(join(bare, path), "utf8")), []);
  });

  it("has a link or an anchor that leads nowhere", () => {
    for (const [path, elements] of pages)
      for (const element of elements) {
        const to = attribute(element, "href");
        if (to === undefined || element.tagName === "link" || /^(?:https?|mailto):/.test(to)) continue;
        const url = new URL(to, `http://site${PREFIX}${path.replace(/index\.html$/, "")}`);
        assert.ok(url.pathname.startsWith(PREFIX), `${to} in ${path} is outside the prefix`);
        const target = decodeURI(url.pathname.slice(PREFIX.length)).replace(/(^|\/)$/, "$1index.html");
        assert.ok(files.has(target), `${to} in ${path}: no ${target}`);
        if (url.hash !== "") assert.equal(byId(page(target), url.hash.slice(1)).length, 1, `${to} in ${path}`);
      }
  });

  it("has an id twice, another number of h1 than one, or skips a level of headings", () => {
    for (const [path, elements] of pages) {
      const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
      assert.equal(new Set(ids).size, ids.length, path);
      const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? Number(tagName[1]) : []));
      assert.equal(levels.filter((level) => level === 1).length, 1, path);
      for (const [index, level] of levels.entries()) assert.ok(level <= (levels[index - 1] ?? 1) + 1, `${path}: h${level}`);
    }
  });
});

describe("the session page", () => {
  const { transcript } = site().session("tidepool", "2009-07-21");
  const shown = transcript.placed.filter(({ tweet, placement }) => !placement.hidden && tweet.repostOf === null).map(({ tweet }) => tweet);

  it("has every tweet once, its whole text in the element with its id", () => {
    for (const tweet of shown) {
      const found = byId(page(SESSION), `t${tweet.id}`);
      assert.equal(found.length, 1, tweet.id);
      const words = squeeze(tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }));
      assert.ok(textOf(found[0] ?? assert.fail()).includes(words), `${tweet.id}: ${words}`);
    }
  });

  it("names everyone by name and handle, and leads to the original", () => {
    for (const { id, author, local } of shown) {
      const element = one(page(SESSION), `t${id}`);
      assert.ok(textOf(element).includes(author.name), id);
      assert.ok(textOf(element).includes(`@${author.handle}`), id);
      assert.equal(text(SESSION).includes(`https://x.com/${author.handle}/status/${id}"`), !local, id);
    }
  });

  it("marks what is late, edited, answered to, quoted, reposted", () => {
    const said = (id: string): string => textOf(one(page(SESSION), `t${id}`));
    assert.match(said("1018"), /late, during Q2/);
    assert.match(said("1011"), /edited/);
    assert.match(said("1015"), /replying to @fay/);
    assert.match(said("1019"), /replying to @nobody \(not captured\)/);
    assert.match(said("1018"), /Cyn O’Dell @cyn in this session ?A1 Hermit crabs/);
    assert.match(said("1020"), /My pool at dawn/);
    assert.match(said("1021"), /replying to @zoe/);
    assert.match(said("1012"), /reposted by 3/);
    assert.match(said("1013"), /reposted by Ida & Co\./);
    assert.match(said("1012"), /Image without a description, not kept here/);
    assert.match(said("1024"), /Crabs 12 votes/);
    assert.match(said("902"), /High water at six.*reposted by Ben Rook/);
    assert.match(said("1016"), /loved this! <3/);
  });

  it("nests replies two deep, and no deeper", () => {
    const depth = (id: string): number => {
      let count = 0;
      for (let node = one(page(SESSION), `t${id}`).parentNode; node !== null && "parentNode" in node; node = node.parentNode)
        if (node.nodeName === "li") count++;
      return count;
    };
    assert.deepEqual(["1012", "1013", "1014", "1015"].map(depth), [0, 1, 2, 2]);
  });

  it("has the notes' words as heading where they are others, the tweet's below", () => {
    assert.equal(textOf(one(page(SESSION), "q2-h")), "Q2: Where should one begin?");
    assert.match(textOf(one(page(SESSION), "t1040")), /What should a beginner look at first\?/);
  });

  it("says that nothing came where nothing came, and what is not known", () => {
    assert.match(textOf(one(page(SESSION), "q3")), /Ada Moss asked at 12:46 · no answers No answers were recorded\./);
    assert.match(text(SESSION), /Imported from files: 33 tweets from 10 people, .* whether anything is missing is not known\./);
  });

  it("lets no program of a draft pass", () => {
    assert.match(text("tidepool/2009-07-28/index.html"), /<meta name="robots" content="noindex">[\s\S]*Draft:/);
    assert.doesNotMatch(text(SESSION), /noindex|Draft:/);
  });

  it("is as it was", (t) => {
    t.assert.fileSnapshot(text(SESSION), new URL("../golden/session.html", import.meta.url).pathname, { serializers: [String] });
    t.assert.fileSnapshot(text("tidepool/2009-07-21/t/1012/index.html"), new URL("../golden/tweet.html", import.meta.url).pathname, {
      serializers: [String],
    });
  });
});

describe("the pages around it", () => {
  it("keep time order in the timeline, with what was asked in between", () => {
    const ids = page("tidepool/2009-07-21/timeline/index.html").flatMap(
      (element) => attribute(element, "id")?.match(/^t(\d+)$/)?.[1] ?? [],
    );
    const order = ["1001", "1010", "1012", "1011", "1030", "1031", "1040", "1018", "1060", "1050", "1051"];
    assert.deepEqual(
      ids.filter((id) => order.includes(id)),
      order,
    );
  });

  it("lead from an old name of a chat to the new one", () => {
    const moved = text("rock-pool/index.html");
    assert.match(moved, /<meta http-equiv="refresh" content="0; url=\/talks\/tidepool\/">/);
    assert.match(moved, /<link rel="canonical" href="https:\/\/chats\.example\/talks\/tidepool\/">/);
  });

  it("lead from a chat to its years, with what each session asked and how much came", () => {
    assert.match(text("tidepool/index.html"), /<h2><a href="2009\/">2009<\/a><\/h2>/);
    const year = text("tidepool/2009/index.html");
    assert.match(year, /3 sessions, 37 tweets, 6 questions\./);
    assert.match(
      year,
      /href="\/talks\/tidepool\/2009-07-21\/#q1">Q1<\/a> <bdi>What lives in a pool that the tide forgets\?<\/bdi> <span>13 answers</,
    );
    assert.match(year, /#q3">Q3<\/a> <bdi>How do you count what hides\?<\/bdi> <span>no answers</);
    assert.ok(year.indexOf("2009-07-28") < year.indexOf("2009-07-14"), "newest first");
  });

  it("say how something is taken out, and whom to ask", async () => {
    assert.match(text("removal/index.html"), /Write to <a href="mailto:mailbox@chats\.example">mailbox@chats\.example<\/a>\./);
    for (const path of ["index.html", "tidepool/index.html", SESSION]) assert.match(text(path), /<a href="\/talks\/removal\/">/, path);
    const dir = tempDir();
    await renderSite(site({ contact: null }), dir);
    assert.match(readFileSync(join(dir, "removal/index.html"), "utf8"), /Ask a host: <a href="https:\/\/x\.com\/ada"[^>]*>@ada<\/a>/);
  });

  it("say when a chat meets", () => {
    assert.match(text("tidepool/how/index.html"), /Every Tuesday at noon in New York, for an hour\./);
    assert.match(text("tidepool/how/index.html"), /Tuesday 4 August 2009, noon to 1 pm in New York \(16:00 to 17:00 UTC\)/);
    assert.match(text("night-garden/index.html"), /no fixed rhythm/);
  });

  it("say nothing absolute without the site's address", async () => {
    const dir = tempDir();
    await renderSite(site({ url: null, colours: { accent: "#0a7", accentDark: null } }), dir);
    const home = readFileSync(join(dir, "index.html"), "utf8");
    assert.doesNotMatch(home, /canonical|og:/);
    assert.match(home, /assets\/colours\.css/);
    assert.match(readFileSync(join(dir, "assets/colours.css"), "utf8"), /light-dark\(#0a7, #0a7\)/);
  });
});

describe("budgets", () => {
  it("hold for styles, scripts and fonts", () => {
    const size = (path: string): number => Buffer.byteLength(text(path));
    assert.ok(size("assets/style.css") < 12_000);
    assert.ok(size("assets/quote.js") < 4_700);
    assert.ok(size("assets/when.js") < 2_000);
    const fonts = readdirSync(join(out, "assets/fonts")).filter((name) => name.endsWith(".woff2"));
    assert.ok(fonts.map((name) => readFileSync(join(out, "assets/fonts", name)).length).reduce((a, b) => a + b, 0) < 120_000);
  });
});
