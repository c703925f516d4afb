// npm run bench:search: search over 20 invented years of 26,000 tweets. What one more session costs; and in Chromium, where there is one,
// what a reader's browser fetches and how long it takes after that. Bytes are counted at a server that compresses as Pages does.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { publishChat, publishYear } from "../src/search/publish.ts";
import { type SearchTweet, type SearchYear, sessionOf } from "../src/search/years.ts";
import { renderSite } from "../src/site/whole.ts";
import { findChromium, launch } from "../test/browser/chromium.ts";
import { site } from "../test/site/fixture.ts";

const YEARS = Array.from({ length: 20 }, (_, index) => 2007 + index);
const [SESSIONS, TWEETS] = [52, 500];
const NEWEST = 2026;
const CHAT = "tidepool";

/** A number below `most`, the same in every run. */
function randomFrom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Invented words: by their rank as often as English words of that rank; first those that say nothing. */
function vocabulary(): string[] {
  const next = randomFrom(7);
  const [starts, vowels, ends] = [
    "b c d f g h j k l m n p r s t v w br cl dr fl gr pl sh st tr".split(" "),
    [..."aeiou"],
    "  n r s t l nd st ck".split(" "),
  ];
  const one = (list: readonly string[]): string => list[next(list.length)] ?? "";
  const words = new Set(
    "the a to and i is of in for it you that on with this be are my at not was have so but we or as an by from".split(" "),
  );
  while (words.size < 40_000)
    words.add(Array.from({ length: 1 + next(3) }, () => one(starts) + one(vowels) + one(ends)).join("") + one(["", "", "s", "ing", "ed"]));
  return [...words];
}

const WORDS = vocabulary();
/** Zipf: the word of rank r comes as 1 / r. */
const handle = (index: number): string => `${WORDS[3000 + 7 * index]}_${index % 90}`;
const rank = (next: (most: number) => number, most: number): number => Math.min(most - 1, Math.floor(most ** (next(1e6) / 1e6)) - 1);

function yearOf(year: number, sessions = SESSIONS): SearchYear {
  return {
    year,
    sessions: Array.from({ length: sessions }, (_, week) => {
      const slug = new Date(Date.UTC(year, 0, 2 + 7 * week)).toISOString().slice(0, 10);
      const next = randomFrom(year * 100 + week);
      const tweets = Array.from({ length: TWEETS }, (_, n) => tweetOf(next, slug, n));
      return sessionOf(slug, tweets);
    }),
  };
}

function tweetOf(next: (most: number) => number, slug: string, n: number): SearchTweet {
  const words = Array.from({ length: 6 + next(22) }, () => WORDS[rank(next, WORDS.length)]);
  const minute = Math.floor((n / TWEETS) * 60);
  return {
    id: `${slug.replaceAll("-", "")}${String(n).padStart(11, "0")}`,
    author: handle(rank(next, 900)),
    time: `${slug}T12:${String(minute).padStart(2, "0")}+00:00`,
    text: `${n % 3 === 0 ? `@${handle(rank(next, 900))} ` : ""}${words.join(" ")} #${CHAT}`,
    kind: n % 80 === 0 ? "question" : n % 5 === 0 ? null : "answer",
  };
}

const put = (folder: string, path: string, bytes: Uint8Array): void => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
};

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

interface Added {
  readonly seconds: number;
  readonly files: number;
  readonly megabytes: number;
}

/** The newest year with so many sessions, in a process of its own: rows there, files written. */
function publishNewest(folder: string, sessions: number): void {
  const rows = yearOf(NEWEST, sessions);
  const before = cpu();
  const changes = publishYear(rows, (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : null));
  for (const [path, bytes] of changes) if (bytes !== null) put(folder, path, bytes);
  console.log(
    JSON.stringify({ seconds: cpu() - before, files: changes.size, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }),
  );
}

function addSession(folder: string, sessions: number): Added {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), folder, String(sessions)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(stdout) as Added;
}

interface Counted {
  readonly url: string;
  /** Bytes and requests of what search asks for, since the last time it was asked. */
  take(): { readonly bytes: number; readonly requests: number };
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css", json: "application/json" };
const HEAD = 180;

async function serveCounted(folder: string): Promise<Counted> {
  let [bytes, requests] = [0, 0];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname.replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    const type = TYPES[file.slice(file.lastIndexOf(".") + 1)];
    const body = type === undefined ? readFileSync(file) : gzipSync(readFileSync(file));
    if (/^\/(?:search\/[^/]+\/|assets\/(?:search|stemmer)\.js)/.test(path)) {
      bytes += body.length + HEAD;
      requests++;
    }
    response.writeHead(200, {
      "content-type": type ?? "application/octet-stream",
      ...(type === undefined ? {} : { "content-encoding": "gzip" }),
      "content-length": body.length,
      "cache-control": "max-age=600",
    });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`,
    take() {
      const taken = { bytes, requests };
      [bytes, requests] = [0, 0];
      return taken;
    },
    close: () => void server.close(),
  };
}

/** Tells when a search has come to its end. */
const WATCH = `new MutationObserver(() => {
  const said = document.querySelector("[role=status]")?.textContent;
  if (said) window.ended = said === "Searching…" ? 0 : performance.now();
}).observe(document, { childList: true, subtree: true, characterData: true })`;

const AFTER = `({ ended: window.ended ?? 0, shown: document.querySelectorAll(".found li").length,
  bytes: Math.max(...performance.getEntriesByType("resource").filter(({ name }) => /\\/search\\/|assets\\/(search|stemmer)/.test(name)).map(({ responseEnd }) => responseEnd)) })`;

interface Search {
  readonly first: { readonly bytes: number; readonly requests: number };
  readonly shown: number;
  readonly after: number;
}

/** Each of these asked one after the other in a browser that has seen nothing of the site. */
async function searches(browser: Browser, server: Counted, asked: readonly string[]): Promise<Search[]> {
  const context = await browser.newContext();
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const results: Search[] = [];
  for (const query of asked) {
    server.take();
    await page.goto(`${server.url}search/?chat=${CHAT}&${query}`);
    let seen = { ended: 0, shown: 0, bytes: 0 };
    while (seen.ended === 0) {
      await new Promise((wait) => setTimeout(wait, 20));
      seen = await page.evaluate(AFTER);
    }
    results.push({ first: server.take(), shown: seen.shown, after: seen.ended - seen.bytes });
  }
  await context.close();
  return results;
}

const word = (of: number): string => `q=${WORDS[of]}`;
const ORDINARY = [60, 150, 400, 900, 2000, 4000].map(word);
const OTHERS: readonly (readonly [what: string, query: string])[] = [
  ["two words", `q=${WORDS[70]}+${WORDS[300]}`],
  ["a rare word", word(30_000)],
  ["nobody's word", "q=zzyzx"],
  ["a word that says nothing", "q=the"],
  ["the tag", `q=%23${CHAT}`],
  ["a person", `from=${handle(3)}`],
  ["a person's word", `from=${handle(9)}&${word(300)}`],
  ["questions only", `is=question&${word(200)}`],
];

async function inBrowser(folder: string): Promise<void> {
  const chromium = findChromium();
  if (chromium === null) return console.log("no Chromium: what a browser fetches is not measured");
  const server = await serveCounted(folder);
  const browser = await launch(chromium);
  const show = (what: string, { first, shown, after }: Search): void =>
    console.log(
      `${what.padEnd(26)} ${(first.bytes / 1000).toFixed(1).padStart(6)} kB, ${String(first.requests).padStart(2)} requests, ${shown} shown ${after.toFixed(0)} ms after the bytes`,
    );
  for (const query of ORDINARY) for (const one of await searches(browser, server, [query])) show(`first: ${query}`, one);
  for (const [index, one] of (await searches(browser, server, ORDINARY)).entries()) if (index > 0) show(`later: ${ORDINARY[index]}`, one);
  for (const [what, query] of OTHERS) for (const one of await searches(browser, server, [query])) show(`first: ${what}`, one);
  await browser.close();
  server.close();
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const chat = join(folder, "search", CHAT);
  try {
    await renderSite(site(), folder);
    rmSync(chat, { recursive: true });
    const started = cpu();
    let size = 0;
    for (const [path, bytes] of publishChat(YEARS, (year) => yearOf(year, year === NEWEST ? SESSIONS - 1 : SESSIONS))) {
      put(chat, path, bytes);
      if (path.endsWith(".bin")) size += bytes.length;
    }
    console.log(
      `${YEARS.length} years of ${SESSIONS * TWEETS} tweets: ${((cpu() - started) / YEARS.length).toFixed(1)} s of processor a year, index ${(size / YEARS.length / 1e6).toFixed(2)} MB a year`,
    );
    const runs = [1, 2, 3].flatMap(() => [addSession(chat, SESSIONS), addSession(chat, SESSIONS - 1)]).filter((_, run) => run % 2 === 0);
    const best = runs.reduce((a, b) => (a.seconds < b.seconds ? a : b));
    addSession(chat, SESSIONS);
    console.log(
      `one more session: ${best.seconds.toFixed(2)} s of processor (at most 2), ${best.files} files, ${best.megabytes} MB peak; the best of 3`,
    );
    await inBrowser(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [folder, sessions] = process.argv.slice(2);
if (folder === undefined) await bench();
else publishNewest(folder, Number(sessions));
