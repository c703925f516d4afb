/** An element as `readXml` read it. Text of its own only, joined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** What XML 1.0 does not allow in a document at all: "\u0000", "\u000B", half a surrogate pair, "\uFFFE". */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
/** "feed", "xml:lang" */
const NAME = "[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?";
/** ` href="a&amp;b"`, with what may stand in it. */
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "y");
const TAG = new RegExp(`<(/?)(${NAME})`, "y");
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A document without DTD, comments and CDATA; throws where it is not well-formed. Stricter than it must be: a reader that
 *  takes anything proves nothing. */
export function readXml(document: string): XmlElement {
  const illegal = ILLEGAL.exec(document);
  if (illegal !== null) throw new Error(`character U+${illegal[0].codePointAt(0)?.toString(16)} at ${illegal.index}`);
  const start = '<?xml version="1.0" encoding="utf-8"?>\n';
  if (!document.startsWith(start)) throw new Error("no XML declaration");
  const root: Open = { name: "", attributes: new Map(), children: [], text: "" };
  const open: Open[] = [root];
  for (let at = start.length; at < document.length; ) {
    const next = document.indexOf("<", at);
    const until = next === -1 ? document.length : next;
    addText(open, document.slice(at, until));
    at = next === -1 ? until : readTag(document, next, open);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  const [only, ...others] = root.children;
  if (only === undefined || others.length > 0) throw new Error(`${root.children.length} roots`);
  return only;
}

function addText(open: readonly Open[], text: string): void {
  const inner = open.at(-1);
  if (text.includes("]]>")) throw new Error("]]> in text");
  if (open.length === 1 && text.trim() !== "") throw new Error(`text outside the root: ${text}`);
  if (inner !== undefined) inner.text += decode(text);
}

/** Reads the tag that begins at `at`; returns where it ends. */
function readTag(document: string, at: number, open: Open[]): number {
  TAG.lastIndex = at;
  const [found, slash, name = ""] = TAG.exec(document) ?? [];
  if (found === undefined) throw new Error(`no tag at ${at}: ${document.slice(at, at + 20)}`);
  const { attributes, end } = readAttributes(document, at + found.length);
  const [close] = /^\s*\/?>/.exec(document.slice(end)) ?? []; // " />"
  if (close === undefined) throw new Error(`<${name}> is cut short: ${document.slice(end, end + 20)}`);
  if (slash === "/") {
    const inner = open.pop();
    if (inner?.name !== name || attributes.size > 0 || close.includes("/")) throw new Error(`</${name}> closes <${inner?.name}>`);
  } else {
    const element: Open = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    if (!close.includes("/")) open.push(element);
  }
  return end + close.length;
}

function readAttributes(document: string, from: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let end = from;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const [found, name = "", double, single] = ATTRIBUTE.exec(document) ?? [];
    if (found === undefined) return { attributes, end };
    if (attributes.has(name)) throw new Error(`${name} twice`);
    attributes.set(name, decode(double ?? single ?? ""));
    end += found.length;
  }
}

/** "a&amp;b" -> "a&b"; a "&" that begins no reference is a fault. */
function decode(text: string): string {
  return text.replaceAll(/&([^;&\s]*;)?/g, (_all, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? "";
    const number = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name); // "#x9", "#10"
    const character =
      number === null ? NAMED[name] : String.fromCodePoint(number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16));
    if (character === undefined || ILLEGAL.test(character)) throw new Error(`&${name}; is no reference`);
    return character;
  });
}

export const childrenOf = (element: XmlElement, name: string): XmlElement[] => element.children.filter((child) => child.name === name);
