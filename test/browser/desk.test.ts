import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { Archive } from "../../src/archive/archive.ts";
import { serveDesk } from "../../src/desk/serve.ts";
import type { Served } from "../../src/site/serve.ts";
import { siteConfig } from "../../src/site/theme.ts";
import { edit } from "../desk/world.ts";
import { run, tempDir } from "../helpers.ts";
import { findChromium, launch, WHOLE } from "./chromium.ts";
import { inspect } from "./inspect.ts";

const chromium = findChromium();
if (chromium === null) console.log("skipped: 7 browser tests of the desk, no Chromium (set CHROMIUM to its path, or install it)");

const SLUG = "2026-10-20";

/** The demo's first evening, before anybody reviewed it. */
async function evening(): Promise<{ dir: string; file: string }> {
  const dir = tempDir();
  cpSync("data/demo", dir, { recursive: true, filter: (name) => !/\.db|backups|media/.test(name) });
  const file = join(dir, "chats/mendchat", `${SLUG}.md`);
  rmSync(file);
  const { code, err } = await run(["import", join(dir, "tweets.jsonl"), "--chat", "mendchat", "--archive", dir, "--quiet"]);
  assert.equal(code, 0, err);
  return { dir, file };
}

/** Desks that a test has not closed itself: a failed one would keep the process alive. */
const open = new Set<Served>();

async function openDesk(dir: string, port = 0): Promise<Served> {
  const archive = Archive.open(dir);
  const where = { archive, chat: archive.chat("mendchat"), slug: SLUG, config: await siteConfig(dir) };
  const served = await serveDesk(where, {
    port,
    bug: (error) => {
      throw error;
    },
  });
  const desk: Served = {
    ...served,
    async close() {
      open.delete(desk);
      await served.close();
      archive.close();
    },
  };
  open.add(desk);
  return desk;
}

/** Opens a tweet by its time, a question by its number, and presses keys; what begins with = is typed. */
async function decide(page: Page, at: string | null, ...keys: readonly string[]): Promise<void> {
  if (at !== null) {
    const said = page.waitForResponse((answer) => answer.url().includes(`at=${at}`));
    const link = at.startsWith("q") ? `#${at} > header > .n` : `#${at} .u-url`;
    // a long aside is folded
    await page.evaluate(
      `{ const link = document.querySelector("${link}"); const fold = link.closest("details"); if (fold !== null) fold.open = true; link.focus(); }`,
    );
    await page.keyboard.press("Enter");
    await said;
    await page.waitForFunction(`document.querySelector("#decision [name=at]")?.value === ${JSON.stringify(at)}`);
  }
  for (const key of keys) {
    if (key.startsWith("=")) {
      await page.keyboard.insertText(key.slice(1));
      continue;
    }
    await page.keyboard.press(key);
    if (key === "n") await page.locator("#decision textarea").waitFor();
  }
}

/** Waits for what is said of the decision. */
const done = (page: Page, words: string): Promise<unknown> =>
  page.waitForFunction(`document.querySelector("#said [role=status]").textContent.includes(${JSON.stringify(words)})`);

/** Lets the next answer from an address wait until `answer` is called. */
async function hold(page: Page, url: string): Promise<{ readonly asked: Promise<void>; answer(): Promise<void> }> {
  const [asked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isHeld = false;
  await page.route(url, async (route) => {
    if (isHeld) return route.fallback();
    isHeld = true;
    const response = await route.fetch();
    asked.resolve();
    await free.promise;
    await route.fulfill({ response });
  });
  return {
    asked: asked.promise,
    async answer() {
      const finished = page.waitForEvent("requestfinished", (request) => request.url() === url);
      free.resolve();
      await finished;
    },
  };
}

/** Where, which keys, what is said. Twenty decisions without a mouse. */
const DECISIONS: readonly (readonly [at: string | null, keys: readonly string[], said: string])[] = [
  [null, ["s"], "@toastless_owen’s tweet stays where it is"],
  ["t2112610822533416193", ["o"], "stands in aside"],
  ["t2112611695095450243", ["o"], "stands in aside"],
  ["t2112621959882737601", ["o"], "stands in aside"],
  ["t2112613572306537730", ["h"], "is hidden"],
  ["t2112613950695673026", ["o"], "stands in aside"],
  ["t2112610357406075650", ["p", "=2112609393513073281", "Enter"], "answers @"],
  ["t2112616056290807426", ["w"], "stands in welcome"],
  ["t2112610133631567489", ["i"], "is pinned"],
  ["t2112609811471272769", ["i"], "is pinned"],
  ["t2112613144944708611", ["i"], "is pinned"],
  ["t2112615021115606915", ["i"], "is pinned"],
  ["t2112610822533416193", ["r", "=A good ten minutes belong to the cat.", "Enter"], "A remark stands below"],
  ["t2112609811471272769", ["r", '=Haru: "wins" # the evening', "Enter"], "A remark stands below"],
  ["t2112611787252696833", ["r", "=For the record", "Enter"], "A remark stands below"],
  ["q3", ["r", "=What did you break?", "Enter"], "Q3 has new words"],
  [null, ["n", "t", "=Is it worth it?", "Enter"], "The title is written"],
  [null, ["n", "b", "=We asked *whether*.", "Control+Enter"], "The notes are written"],
  ["t2112613950695673026", ["2"], "stands in Q2"],
  [null, ["m"], "Marked as reviewed"],
];

describe("the desk, in a browser", { skip: chromium === null }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launch(chromium ?? "");
  });
  after(() => browser.close());
  afterEach(async () => {
    for (const desk of open) await desk.close();
  });

  /** A page of the desk; afterwards nothing was asked of anyone else, and nothing failed. */
  async function visit(url: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<{ page: Page; bad: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const bad: string[] = [];
    page.on("request", (request) => void (request.url().startsWith(new URL(url).origin) || bad.push(`asks for ${request.url()}`)));
    page.on("pageerror", (error) => bad.push(String(error)));
    await page.goto(url);
    return { page, bad };
  }

  it("twenty decisions by keyboard: the file is the one that a hand would have written, and the site shows them", async () => {
    const { dir, file } = await evening();
    const served = await openDesk(dir);
    const { page, bad } = await visit(served.url);
    for (const [at, keys, said] of DECISIONS) {
      await decide(page, at, ...keys);
      if (keys[0] === "n") await page.locator("#decision textarea").waitFor();
      await done(page, said).catch((error: unknown) => assert.fail(`${at} ${keys}: ${error}`));
    }
    await served.close();
    assert.deepEqual(bad, []);
    assert.equal(readFileSync(file, "utf8"), readFileSync(new URL("../golden/desk.md", import.meta.url), "utf8"));
    const out = tempDir();
    assert.equal((await run(["build", "--archive", dir, "--out", out, "--quiet"])).code, 0);
    const built = readFileSync(join(out, "mendchat", SLUG, "index.html"), "utf8");
    for (const words of [
      '<h1 class="p-name">Is it worth it?</h1>',
      "We asked <em>whether</em>.",
      "What did you break?",
      "belong to the cat",
    ])
      assert.ok(built.includes(words), words);
    assert.doesNotMatch(built, /id="t2112613572306537730"/);
  });

  it("j and k, arrows in the list, undo, help, and Tab: each place is seen", async () => {
    const { dir, file } = await evening();
    const served = await openDesk(dir);
    const { page, bad } = await visit(served.url);
    const opened = (): Promise<string | null> => page.locator("#decisions [aria-current] .what").textContent();
    const first = await opened();
    await page.keyboard.press("j");
    await page.waitForFunction(`document.querySelector("#decisions [aria-current] .what").textContent !== ${JSON.stringify(first)}`);
    await page.keyboard.press("k");
    await page.waitForFunction(`document.querySelector("#decisions [aria-current] .what").textContent === ${JSON.stringify(first)}`);
    await page.locator("#decisions [aria-current]").focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(`document.querySelector("#decisions [aria-current] .what").textContent !== ${JSON.stringify(first)}`);
    await page.keyboard.press("?");
    assert.equal(await page.locator("#help").isVisible(), true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("h");
    await done(page, "is hidden");
    await page.keyboard.press("u");
    await done(page, "Undone: ");
    assert.throws(() => readFileSync(file), /ENOENT/);
    const seen = new Set<string>();
    await page.evaluate("document.activeElement.blur()");
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press("Tab");
      seen.add(
        String(
          await page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.closest('form')?.dataset.do",
          ),
        ),
      );
    }
    for (const what of ["accept", "keep", "move", "hide", "pin", "remark", "parent", "ask"])
      assert.ok(seen.has(`solid ${what}`), `${what}: ${[...seen]}`);
    await served.close();
    assert.deepEqual(bad, []);
  });

  it("two tabs, and a hand edit in between: each sees the other, nothing is lost", async () => {
    const { dir, file } = await evening();
    const served = await openDesk(dir);
    const one = await visit(served.url);
    const two = await visit(served.url);
    await decide(one.page, "t2112610822533416193", "o");
    await done(one.page, "stands in aside");
    await decide(two.page, "t2112610133631567489", "i");
    await done(two.page, "is pinned");
    edit(file, (text) => text.replace("---\n", "---\ntitle: By hand\n"));
    await one.page.waitForFunction("document.querySelector('#transcript-pane h1').textContent === 'By hand'");
    await decide(one.page, null, "u");
    await done(one.page, "Not done: the file was changed elsewhere");
    edit(file, (text) => text.replace("title:", "titel:"));
    await one.page.waitForFunction("document.querySelector('#said [role=alert]').textContent.includes('unknown key')");
    edit(file, (text) => text.replace("titel:", "title:"));
    await one.page.waitForFunction("document.querySelector('#decision form') !== null");
    assert.equal(
      readFileSync(file, "utf8"),
      '---\ntitle: By hand\nedits:\n  "2112610822533416193": aside\npins: ["2112610133631567489"]\n---\n',
    );
    await served.close();
    assert.deepEqual([one.bad, two.bad], [[], []]);
  });

  it("what was opened or decided last stays, though an answer that was asked for before comes after it", async () => {
    const { dir, file } = await evening();
    const served = await openDesk(dir);
    const { page, bad } = await visit(served.url);
    const [first, second, other] = ["t2112610822533416193", "t2112610133631567489", "t2112611695095450243"];
    const holdsOpen = async (id: string, after: string): Promise<void> => {
      for (let n = 0; n < 2; n++) await page.waitForResponse((answer) => answer.url().endsWith("/now"));
      assert.equal(await page.evaluate("document.querySelector('#decision [name=at]').value"), id, after);
    };
    const click = (id: string): Promise<unknown> => page.evaluate(`document.querySelector("#${id} .u-url").click()`);
    const change = (): void => edit(file, (text) => `${text}\nBy hand.\n`);
    await decide(page, first, "o");
    await done(page, "stands in aside");
    for (const [earlier, ask] of [
      ["", change],
      [`?at=${other}`, () => click(other)],
    ] as const) {
      await page.goto(served.url);
      const held = await hold(page, served.url + earlier);
      await ask();
      await held.asked;
      await decide(page, second);
      await held.answer();
      await holdsOpen(second, `opened after ${earlier}`);
    }
    for (const [earlier, ask] of [
      [`?at=${second}`, change],
      [`?at=${other}`, () => click(other)],
    ] as const) {
      const held = await hold(page, served.url + earlier);
      await ask();
      await held.asked;
      await decide(page, null, "i");
      await done(page, "pinned");
      await held.answer();
      await holdsOpen(second, `decided after ${earlier}`);
      await done(page, "pinned");
    }
    const [opens, follows] = [await hold(page, `${served.url}?at=${other}`), await hold(page, page.url())];
    await click(other);
    await opens.asked;
    change();
    await follows.asked;
    await opens.answer();
    await page.waitForFunction(`document.querySelector("#decision [name=at]").value === "${other}"`);
    await follows.answer();
    await holdsOpen(other, "opened while the page followed a change");
    await served.close();
    assert.deepEqual(bad, []);
  });

  it("the server ends while somebody writes: what is written stays on the page, what was decided in the file", async () => {
    const { dir, file } = await evening();
    const served = await openDesk(dir);
    const { page } = await visit(served.url);
    await decide(page, "t2112610133631567489", "i");
    await done(page, "is pinned");
    await decide(page, null, "r", "=half a remark");
    await served.close();
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.querySelector('#gone').textContent.includes('does not answer')");
    assert.equal(await page.locator('[data-do="remark"] [name="text"]').inputValue(), "half a remark");
    assert.equal(readFileSync(file, "utf8"), '---\npins: ["2112610133631567489"]\n---\n');
    const again = await openDesk(dir);
    const { page: next } = await visit(again.url);
    assert.match((await next.locator("#transcript-pane .pin").first().getAttribute("id")) ?? "", /t2112610133631567489/);
    await again.close();
  });

  it("breaks no rule of axe and scrolls nowhere sideways", async () => {
    const { dir } = await evening();
    const served = await openDesk(dir);
    const { page, bad } = await visit(served.url);
    const views = [
      [390, "?at=notes", "light"],
      [390, "?at=notes", "dark"],
      [1280, "", "light"],
      [1280, "", "dark"],
    ] as const;
    for (const [width, at, colorScheme] of WHOLE ? views : [views[0], views[3]]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.goto(served.url + at);
      await inspect(page, at, width);
    }
    await served.close();
    assert.deepEqual(bad, []);
  });

  it("breaks no policy of its own", async () => {
    const { dir } = await evening();
    const served = await openDesk(dir);
    const context = await browser.newContext();
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(served.url);
    await page.locator("#decisions [aria-current]").waitFor();
    await page.keyboard.press("h");
    await page.locator('#bar [data-do="undo"]').waitFor();
    assert.deepEqual(said, []);
    await served.close();
  });
});
