import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "node:test";
import { type Card, sessionCard, tweetCard } from "../../src/site/cards/card.ts";
import { CardDesk } from "../../src/site/cards/desk.ts";
import { CARD_LETTERS, canDraw } from "../../src/site/cards/letters.ts";
import { loadPainter } from "../../src/site/cards/painter.ts";
import { tweetPage } from "../../src/site/tweet-page.ts";
import { renderSite } from "../../src/site/whole.ts";
import { imageSize } from "../../src/text/image.ts";
import { tempDir } from "../helpers.ts";
import { config, placed, question, site, tweet } from "./fixture.ts";
import { sessionOf } from "./sessions.ts";

const SESSION = "tidepool/2009-07-21";
const card: Card = {
  tag: "#tidepool",
  chat: "Tide Pool Chat",
  mark: "“",
  words: "Hermit crabs.”",
  below: "",
  foot: ["Cyn @cyn", "21 July 2009"],
  accent: "#b3401c",
};
const desk = (folder: string): CardDesk => CardDesk.open(folder) ?? assert.fail("satori and resvg are not installed");
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The card of the one tweet of a session. */
function cardOf(text: string, more: { readonly name?: string; readonly asks?: boolean } = {}): Card {
  const said = tweet({ id: "1", by: "cyn", at: 3, text, more: { author: { id: null, handle: "cyn", name: more.name ?? "Cyn O’Dell" } } });
  const asks = more.asks === true ? [question(1, { text, asks: ["1"] })] : [];
  const data = sessionOf([placed(said, { question: more.asks === true ? 1 : null, label: more.asks === true ? "Q1" : null })], asks);
  return tweetCard(tweetPage(data, "1", config), config);
}

describe("a card leaves out", () => {
  for (const [script, text] of [
    ["Hebrew", "A1 שלום to all"],
    ["Arabic", "مرحبا"],
    ["Chinese", "A1 你好"],
    ["Greek", "Ωκεανός"],
    ["an emoji", "A1 crabs 🦀"],
    ["what turns the direction", "a \u202Etxt"],
    ["no words at all", "   "],
  ] as const)
    it(`${script}: the page has it, and the card says where it stands`, () => {
      const plain = cardOf(text);
      assert.deepEqual([plain.words, plain.below], ["Session 1", "Read it in the transcript"]);
      assert.ok(!JSON.stringify(plain).includes(text.trim().slice(3) || "\u202E"));
    });

  it("the emoji of a name, and a name in other letters", () => {
    assert.equal(cardOf("A1", { name: "Cyn 👩‍🔬🦀" }).foot[0], "Cyn @cyn");
    assert.equal(cardOf("A1", { name: "דב" }).foot[0], "@cyn");
  });
});

describe("a card", () => {
  it("says a tweet's words, who, and when; a question by its number", () => {
    const { mark, words, foot } = cardOf("A1 Hermit\n crabs");
    assert.deepEqual([mark, words, ...foot], ["“", "A1 Hermit crabs”", "Cyn O’Dell @cyn", "21 July 2009"]);
    const asked = cardOf("What lives here?", { asks: true });
    assert.deepEqual([asked.mark, asked.words, asked.below], ["Q1", "What lives here?", "Session 1"]);
  });

  it("composes letters: e and an acute are é", () => assert.equal(cardOf("cafe\u0301").words, "café”"));

  it("cuts a long text at a word", () => {
    const { words } = cardOf("pebble ".repeat(100));
    assert.ok(words.length < 310 && words.endsWith(" pebble…”"), words);
  });

  it("of a session says title, hosts and day, in the owner's colour", () => {
    const said = sessionCard(site().session("tidepool", "2009-07-21"), { ...config, colours: { accent: "#005544", accentDark: null } });
    assert.deepEqual(
      [said.tag, said.chat, said.words, said.foot, said.accent],
      ["#TidePool", "Tide Pool Chat", "What the tide forgets", ["Hosted by Ada Moss", "Tuesday 21 July 2009"], "#005544"],
    );
  });
});

describe("drawing a card", () => {
  it("is refused where its typefaces lack a letter", async () => {
    const paint = await loadPainter();
    await assert.rejects(paint({ ...card, words: "crabs 🦀" }), /lack/);
  });

  it("finds every letter that cards may have, in both typefaces", async () => {
    const paint = await loadPainter();
    const letters = [...CARD_LETTERS];
    assert.ok(canDraw(letters.join("")));
    for (let at = 0; at < letters.length; at += 60) {
      const words = letters.slice(at, at + 60).join("");
      await paint({ ...card, words, foot: [words, ""] });
    }
  });

  it("is 1200 by 630, whatever it says", async () => {
    const paint = await loadPainter();
    for (const words of ["a", "W".repeat(300), "pebble ".repeat(43)])
      assert.deepEqual(imageSize(await paint({ ...card, words })), { width: 1200, height: 630 });
  });

  it("gives the same bytes in any time zone and locale", async () => {
    const here = hash(await (await loadPainter())(card));
    const script = `
      const { loadPainter } = await import(${JSON.stringify(new URL("../../src/site/cards/painter.ts", import.meta.url).href)});
      const { createHash } = await import("node:crypto");
      process.stdout.write(createHash("sha256").update(await (await loadPainter())(${JSON.stringify(card)})).digest("hex"));`;
    const env = { ...process.env, TZ: "Pacific/Auckland", LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" };
    const there = execFileSync(process.execPath, ["--input-type=module", "-e", script], { env, cwd: tempDir(), encoding: "utf8" });
    assert.equal(there, here);
  });
});

describe("the desk of cards", () => {
  it("is not there where nothing draws", () =>
    assert.equal(CardDesk.open(tempDir(), createRequire(join(tempDir(), "elsewhere.js"))), null));

  it("draws a card once, for two that ask at once and for the next build", async () => {
    const folder = tempDir();
    const [a, b] = await Promise.all([desk(folder).make(SESSION, card), desk(folder).make(`${SESSION}-1900`, card)]);
    assert.equal(hash(a ?? new Uint8Array()), hash(b ?? new Uint8Array()));
    const one = desk(folder);
    await Promise.all([one.make("tidepool/2009-07-28", card), one.make("tidepool/2009-07-28", card)]);
    const [file = ""] = globSync(`${SESSION}/*`, { cwd: folder });
    writeFileSync(join(folder, file), "kept");
    assert.equal(Buffer.from(await desk(folder).make(SESSION, card)).toString(), "kept");
  });

  it("draws it anew when it says something else, and forgets what it said", async () => {
    const folder = tempDir();
    const other = { ...card, words: "Limpets.”" };
    await desk(folder).make(SESSION, card);
    const before = readdirSync(join(folder, SESSION));
    await desk(folder).make(SESSION, other);
    await desk(folder).keepOnly(SESSION, [other]);
    const now = readdirSync(join(folder, SESSION));
    assert.equal(now.length, 1);
    assert.notDeepEqual(now, before);
  });
});

describe("a site", () => {
  const drawn = (folder: string, over = {}) => ({ ...site(over), cards: desk(folder) });
  const pageOf = (out: string, path: string): string => readFileSync(join(out, path, "index.html"), "utf8");

  it("has a card for every session, question and pin, and for no other tweet, drawn or kept", async () => {
    const [out, folder] = [tempDir(), tempDir()];
    await renderSite(drawn(folder, { tweetPages: "all" }), out);
    const cards = globSync("**/card.png", { cwd: out }).sort();
    assert.deepEqual(
      cards.filter((path) => path.startsWith(`${SESSION}/`)),
      ["card.png", ...["1010", "1011", "1012", "1030", "1040"].map((id) => `t/${id}/card.png`)].map((path) => `${SESSION}/${path}`),
    );
    assert.equal(cards.filter((path) => !path.includes("/t/")).length, 4);
    for (const path of cards) assert.deepEqual(imageSize(readFileSync(join(out, path))), { width: 1200, height: 630 }, path);
    const times = () => globSync("**/*.png", { cwd: folder }).map((file) => statSync(join(folder, file)).mtimeMs);
    const before = times();
    const again = tempDir();
    await renderSite(drawn(folder, { tweetPages: "all" }), again);
    assert.deepEqual(times(), before, "drawn once");
    for (const path of cards) assert.deepEqual(readFileSync(join(again, path)), readFileSync(join(out, path)));
  });

  it("names it by its whole address, shows it beside the quote, and only there", async () => {
    const out = tempDir();
    await renderSite(drawn(tempDir(), { pathPrefix: "/talks/" }), out);
    const image = (path: string) => /<meta property="og:image" content="([^"]*)"/.exec(pageOf(out, path))?.[1];
    const at = `https://chats.example/talks/${SESSION}`;
    assert.equal(image(`${SESSION}/t/1012`), `${at}/t/1012/card.png`);
    for (const path of ["", "/timeline", "/links", "/open"]) assert.equal(image(SESSION + path), `${at}/card.png`, path);
    assert.match(pageOf(out, `${SESSION}/t/1012`), /<img src="\/talks\/tidepool\/2009-07-21\/t\/1012\/card\.png"/);
  });

  it("without an address names none, and without what draws them has none", async () => {
    const [out, bare] = [tempDir(), tempDir()];
    await renderSite(drawn(tempDir(), { url: null }), out);
    assert.doesNotMatch(pageOf(out, `${SESSION}/t/1012`), /og:image/);
    assert.ok(existsSync(join(out, SESSION, "t/1012/card.png")));
    await renderSite(site(), bare);
    assert.doesNotMatch(pageOf(bare, `${SESSION}/t/1012`), /card\.png/);
    assert.deepEqual(globSync("**/card.png", { cwd: bare }), []);
  });

  it("stays as it was when a card cannot be drawn", async () => {
    const out = tempDir();
    await renderSite(drawn(tempDir()), out);
    const before = globSync("**/*", { cwd: out }).length;
    const broken = { make: () => Promise.reject(new Error("planted")), keepOnly: () => Promise.resolve() };
    await assert.rejects(renderSite({ ...site(), cards: broken }, out), /planted/);
    assert.equal(globSync("**/*", { cwd: out }).length, before);
  });
});
