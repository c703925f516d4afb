import assert from "node:assert/strict";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";

type Node = DefaultTreeAdapterMap["childNode"];
type Element = DefaultTreeAdapterMap["element"];

/** What a browser makes of a tweet's markup: its text, and every link. Refuses all that a tweet's markup must never hold. */
export function readMarkup(markup: string): { text: string; links: string[] } {
  const links: string[] = [];
  const read = (node: Node): string => {
    if (node.nodeName === "#text" && "value" in node) return node.value;
    assert.ok("tagName" in node, `no ${node.nodeName} in a tweet`);
    refuse(node);
    if (node.tagName === "a") links.push(attribute(node, "href"));
    return node.childNodes.map(read).join("");
  };
  return { text: parseFragment(markup).childNodes.map(read).join(""), links };
}

function refuse(element: Element): void {
  assert.ok(["a", "br", "bdi"].includes(element.tagName), `no <${element.tagName}> in a tweet`);
  const names = element.attrs.map(({ name }) => name);
  if (element.tagName !== "a") assert.deepEqual(names, []);
  if (element.tagName !== "a") return;
  const href = attribute(element, "href");
  assert.match(href, /^https?:\/\/[^/]/);
  const ours = names.length === 1 && OURS.test(href);
  assert.deepEqual(ours ? ["href", "rel"] : names, ["href", "rel"]);
  if (!ours) assert.equal(attribute(element, "rel"), "nofollow ugc noopener noreferrer");
}

/** Where a mention or a hashtag leads: `https://x.com/ada`, `https://x.com/hashtag/T%C3%A4g`. */
const OURS = /^https:\/\/x\.com\/(?:[A-Za-z0-9_]{1,20}|hashtag\/[^/?#]+)$/;

const attribute = (element: Element, name: string): string => element.attrs.find((one) => one.name === name)?.value ?? "";

/** Invented texts that have broken something somewhere. */
export const HOSTILE = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "<!-- never closed",
  "<![CDATA[ x ]]>",
  "&lt;b&gt; is not <b>",
  "&#60;script&#62; &amp;amp; &nbsp",
  "{{ 7*7 }} {% raw %} #{1+1} <%= 1 %>",
  "---js\n{ title: process.exit(1) }\n---",
  "---\nlayout: none\n---\n# heading",
  "javascript:alert(1) JAVASCRIPT://example.org/%0aalert(1)",
  "http://javascript:alert(1)@example.org/",
  'https://example.org/"onclick="alert(1)',
  "https://example.org/<script>",
  "https://bank.example@evil.example/login",
  "https://p\u0430ypal.example/",
  "http://[::1]/ http://1 https:// https://. http://a..b/",
  "\u202Egnp.exe\u202C \u2066x\u2069 \u200F",
  "\u0000\u0001\u0008\u000B\u001F\u007F\u0085\uFFFE\uFFFF",
  "\uD800 \uDC00 \uD83D",
  "a\r\nb\rc\n\nd\u2028e\u2029f",
  "@".repeat(10_000),
  "#".repeat(10_000),
  "@a@b@c@@d .@e (@f) g@h.example",
  "#a#b #1 #\u0430 ##c &#d /#e",
  "https://".repeat(2_000),
  `https://example.org/${"(".repeat(3_000)}`,
  "👩‍👩‍👧‍👦 e\u0301 ﷽",
  "",
];
