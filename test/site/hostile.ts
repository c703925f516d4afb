import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { Archive } from "../../src/archive/archive.ts";
import type { Tweet } from "../../src/model.ts";
import { cleanText } from "../../src/text/clean.ts";
import { tweetPlain } from "../../src/text/html.ts";
import { line, makeArchive, run, TEACHAT, tempDir, write } from "../helpers.ts";
import { attribute, type Element, elementsOf, textOf } from "./dom.ts";

/** What people write who want a page to do something else. `hit` is what a browser would call. */
const PAYLOADS: readonly string[] = [
  "<script>hit()</script>",
  "</script><script>hit()</script>",
  '"><img src=x onerror=hit()>',
  "'><img src=x onerror=hit()>",
  "<svg onload=hit()>",
  "--><svg onload=hit()>",
  "<!-- <!--",
  "<!--><script>hit()</script>-->",
  "]]><script>hit()</script>",
  "</title><script>hit()</script>",
  "</textarea><script>hit()</script>",
  "</style><script>hit()</script>",
  '" onfocus="hit()" autofocus="',
  "' onpointerover='hit()' x='",
  "` onload=`hit()",
  "javascript:hit()",
  "JaVaScRiPt:hit()",
  " \tjavascript:hit()",
  "java\nscript:hit()",
  "data:text/html,<script>hit()</script>",
  "vbscript:hit()",
  "//evil.example/x.js",
  "https://evil.example/\"onerror='hit()'",
  "https://user:pass@evil.example/<b>",
  "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content=0;url=javascript:hit()>",
  "<plaintext>",
  "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
  "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>",
  "<details open ontoggle=hit()>",
  "<a href=javascript:hit()>x</a>",
  "<template><script>hit()</script></template>",
  "<link rel=stylesheet href=//evil.example/a.css>",
  "&lt;script&gt;hit()&lt;/script&gt;",
  "&#60;script&#62;hit()&#60;/script&#62;",
  "&amp;lt;b&amp;gt;",
  "&",
  "&amp",
  "{{ 7*7 }}",
  "{% include '/etc/passwd' %}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what it looks like is the point
  "${hit()}",
  "<%= hit() %>",
  "---js\n{ permalink: '../../pwned.html' }\n---",
  "[x](javascript:hit())",
  '![x](https://evil.example/a.png "onerror=hit()")',
  "<https://evil.example/>",
  "../../../../etc/passwd",
  "..\\..\\con",
  "%2e%2e%2f%00",
  "\u202Egnp.exe\u2066",
  "\u0000<script\u0000>hit()</script>",
  "\uD800 half \uDC00",
  "\uFFFE\u2028\u2029\u0085",
  "＜script＞hit()＜/script＞",
  '=HYPERLINK("https://evil.example")',
  "@ada #q1 https://t.co/x<script>hit()</script>",
  'https://t.co/aa"><script>hit()</script>',
  "Q9: </h2><script>hit()</script>",
];

const BLNS = fileURLToPath(new URL("../../../shared/data/hostile/blns.json", import.meta.url));

/** Ours, and the big list of naughty strings where somebody put it. */
export function payloads(): { readonly own: number; readonly more: number; readonly all: readonly string[] } {
  const more = existsSync(BLNS) ? (JSON.parse(readFileSync(BLNS, "utf8")) as string[]).filter((text) => text.trim() !== "") : [];
  return { own: PAYLOADS.length, more: more.length, all: [...PAYLOADS, ...more] };
}

/** The same numbers for the same seed, in [0, 1). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const WEEK = 7 * 24 * 60;
const EACH = 500;

/** One weapon for every field. `tame`: the same site in harmless words, which knows what elements pages have. */
function lines(count: number, all: readonly string[], tame: boolean): string[] {
  const next = dice(7);
  const one = (): string => {
    const pool = next() < 0.6 ? PAYLOADS : all;
    const text = pool[Math.floor(next() * pool.length)] ?? "";
    return tame ? "plain" : text;
  };
  const url = (): string =>
    next() < 0.5 ? `https://example.org/${encodeURIComponent(one().toWellFormed())}` : tame ? "https://example.org/" : one();
  return Array.from({ length: count }, (_, index) => {
    const id = String(2_000_000_000_000_000_000n + BigInt(index));
    // from the second week on it is summer in New York
    const at = Math.floor(index / EACH) * WEEK - (index < EACH ? 0 : 60) + 1 + Math.floor(((index % EACH) * 55) / EACH);
    const inSession = index % EACH;
    const ask = inSession % 60 === 5 ? `Q${1 + Math.floor(inSession / 60)}: ` : "";
    const answer = ask === "" && inSession > 6 && next() < 0.6 ? `A${1 + Math.floor((inSession - 5) / 60)} ` : "";
    const short = `https://t.co/${index}`;
    const long = tame && inSession === 5 ? "plain ".repeat(30) : "";
    const text = `${ask}${answer}${long}${one()} ${next() < 0.4 ? one() : "word"} ${short} #teachat`;
    const before = (back: number): string => String(BigInt(id) - BigInt(back));
    return line({
      id,
      author: { id: ask === "" ? String(900 + (index % 40)) : "99", handle: ask === "" ? `who${index % 40}` : "ceylon_sam", name: one() },
      time: at,
      text,
      lang: next() < 0.2 ? (tame ? "fr" : one()) : "en",
      replyTo: inSession > 8 && next() < 0.3 ? before(1 + Math.floor(next() * 6)) : null,
      quotes: inSession > 8 && next() < 0.1 ? before(2) : null,
      replyToUser: next() < 0.1 ? (tame ? "plain" : one()) : null,
      links: [{ url: short, to: url(), text: one() }],
      media: next() < 0.3 ? [{ type: next() < 0.5 ? "photo" : "video", alt: next() < 0.8 ? one() : null, url: url(), file: null }] : [],
      poll: next() < 0.1 ? { options: [{ label: one(), votes: 1 }], ends: null } : null,
    });
  });
}

/** Records that name people, sessions and files by what is no name: refused, or without effect. */
const misnamed = (all: readonly string[]): string[] =>
  all.slice(0, 60).flatMap((text, index) => [
    line({ id: String(3_000_000_000_000_000_000n + BigInt(index)), author: text, time: 3, text: `A1 ${text} #teachat` }),
    line({ id: String(3_100_000_000_000_000_000n + BigInt(index)), time: 4, text: `A1 ${text} #teachat` }, { session: text }),
    line({ id: text, time: 4, text: "A1 an id that is none #teachat" }),
    line({
      id: String(3_200_000_000_000_000_000n + BigInt(index)),
      time: 5,
      text: "A1 a file #teachat",
      media: [{ type: "photo", alt: null, url: "https://example.org/a.png", file: text }],
    }),
  ]);

function notes(all: readonly string[], tame: boolean): string {
  const say = (index: number): string => (tame ? "plain" : (all[index % all.length] ?? ""));
  const body = tame ? '`a` [b](https://example.org/ "c")\n\n    d\n' : all.slice(0, 60).map(cleanText).join("\n\n");
  const yaml = (text: string): string => JSON.stringify(cleanText(text).replaceAll(/[\n\uFFFD]/g, " "));
  const ids = [2, 12].map((index) => String(2_000_000_000_000_000_000n + BigInt(index)));
  return `---
title: ${yaml(say(9))}
status: reviewed
pins: [${ids.map((id) => `"${id}"`).join(", ")}]
remarks: { ${ids.map((id, index) => `"${id}": ${yaml(say(index + 2))}`).join(", ")} }
---

${body}
`;
}

function shownIn(dir: string): Built["shown"] {
  const archive = Archive.open(dir);
  try {
    return archive.chats.flatMap((chat) =>
      archive.sessions(chat).flatMap((session) =>
        archive
          .transcript(chat, session)
          .placed.filter(({ tweet, placement }) => !placement.hidden && tweet.repostOf === null)
          .map(({ tweet }) => ({ path: `${chat.slug}/${session.slug}/index.html`, tweet })),
      ),
    );
  } finally {
    archive.close();
  }
}

export interface Built {
  /** Every tweet that is shown, and the page it is shown on. */
  readonly shown: readonly { readonly path: string; readonly tweet: Tweet }[];
  /** Path below the site -> text. */
  readonly pages: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/** Through the whole of it: import, notes, build. */
export async function built(count: number, all: readonly string[], tame = false): Promise<Built> {
  const title = tame ? "plain" : '</title><script>hit()</script>"';
  const archive = makeArchive({
    chat: `${TEACHAT.replace("Tea Chat", JSON.stringify(title))}\n${tame ? "plain" : "<script>hit()</script> [x](javascript:hit())"}\n`,
    notes: { "2026-03-03": notes(all, tame) },
    files: { "site.yml": `name: ${JSON.stringify(title)}\nurl: https://chats.example\n` },
  });
  const records = [...lines(count, all, tame), ...(tame ? [] : misnamed(all))];
  const out = tempDir();
  const file = write(tempDir(), "hostile.jsonl", records.join(""));
  for (const args of [
    ["import", file, "--chat", "teachat", "--archive", archive],
    ["build", "--archive", archive, "--out", out],
  ]) {
    const { code, err } = await run(args);
    if (code !== 0 && args[0] === "build") throw new Error(err);
  }
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  const pages = new Map(files.filter((path) => path.endsWith(".html")).map((path) => [path, readFileSync(join(out, path), "utf8")]));
  return { shown: shownIn(archive), pages, files };
}

/** "img src": every pair of element and attribute, and every element alone. */
const wordsOf = (elements: readonly Element[]): string[] =>
  elements.flatMap(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => `${tagName} ${name}`)]);

/** What pages in harmless words are made of; a side question, which none of them asks, has a label beside. */
export const vocabularyOf = ({ pages }: Built): ReadonlySet<string> =>
  new Set(["a aria-label", ...[...pages.values()].flatMap((html) => wordsOf(elementsOf(html)))]);

const SCHEMES = /^(?:https?|mailto|data):$/;

/** What of a page only an attack could have put there. `known`: what pages in harmless words are made of. */
export function faultsOf(html: string, known: ReadonlySet<string>): string[] {
  const elements = elementsOf(html);
  const unknown = wordsOf(elements).filter((word) => !known.has(word));
  const links = elements.flatMap((element) =>
    ["href", "src", "cite"].flatMap((name) => {
      const to = attribute(element, name);
      const url = to === undefined ? null : URL.parse(to, "https://chats.example/a/");
      return to === undefined || (url !== null && SCHEMES.test(url.protocol)) ? [] : [`${name}=${to}`];
    }),
  );
  const programs = elements.filter((element) => element.tagName === "script" && textOf(element) !== "" && !isData(element));
  const controls = html.match(/[^\t\n -\uFFFF]/) === null ? [] : ["a control character"];
  return [...unknown, ...controls, ...links, ...programs.map((element) => `program ${textOf(element)}`), ...comments(html)];
}

/** JSON for search engines, which no browser runs: it must be JSON. */
function isData(element: Element): boolean {
  if (attribute(element, "type") !== "application/ld+json") return false;
  JSON.parse(textOf(element));
  return true;
}

function comments(html: string): string[] {
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterMap["node"]): void => {
    if (node.nodeName === "#comment") found.push("a comment");
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return found;
}

/** The mark is ours, before what is read from the right (direction.ts), also amid a question behind its number. */
const squeeze = (text: string): string => text.replaceAll("\u200F", "").replaceAll(/\s+/g, " ").trim();

/** Shown tweets whose words, name or description a session's page does not give back; and how many were looked at. */
export function lostWords({ shown, pages }: Built): { readonly looked: number; readonly lost: readonly string[] } {
  const holders = new Map([...pages].map(([path, html]) => [path, holdersIn(html)]));
  const lost = shown.flatMap(({ path, tweet }) => {
    const text = holders.get(path)?.get(`t${tweet.id}`) ?? null;
    return wordsSaid(tweet)
      .filter((words) => text?.includes(squeeze(words)) !== true)
      .map((words) => `${path} ${tweet.id}: ${words}`);
  });
  return { looked: shown.length, lost };
}

/** What the element of each tweet says, by its id. */
const holdersIn = (html: string): Map<string, string> =>
  new Map(
    elementsOf(html).flatMap((element) =>
      /^t\d/.test(attribute(element, "id") ?? "") ? [[attribute(element, "id") ?? "", squeeze(textOf(element))]] : [],
    ),
  );

const wordsSaid = (tweet: Tweet): string[] => [
  tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }),
  cleanText(tweet.author.name),
  ...(tweet.poll?.options.map(({ label }) => cleanText(label)) ?? []),
  ...tweet.media.map(({ alt }) => cleanText(alt ?? "")),
];

/** A page as it would be, had one place forgotten to escape what people wrote: the first that is found. null: none of it is there. */
export function unescapedIn(html: string, escaped: RegExp): string | null {
  const found = escaped.exec(html)?.[0];
  return found === undefined
    ? null
    : html.replace(found, () =>
        found
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll(/&quot;|&#34;/g, '"'),
      );
}

/** One forgotten escape for each kind of place. */
export const PLANTS: Readonly<Record<string, RegExp>> = {
  text: /<p class="e-content"[^>]*>[^<]*&lt;(?:script|svg|img|iframe|details)[^<]*/,
  name: /<bdi>[^<]*&lt;(?:script|svg|img|iframe|details|base)[^<]*<\/bdi>/,
  title: /<title>[^<]*&lt;script[^<]*/,
  attribute: /content="[^"]*&quot;[^"]*"/,
  address: /href="[^"]*(?:&quot;|%22)[^"]*"/,
};

/** A page without its policy: what would run, were it not for that. */
export const withoutPolicy = (html: string): string => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
