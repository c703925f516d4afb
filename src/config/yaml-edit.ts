import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";

/** From the top: keys of mappings, places in lists. `["questions", 0, "text"]` */
type Path = readonly (string | number)[];

/** Sets `key` in the mapping at `path`, which is there; `source` is its value as YAML of one line. All other bytes stay as they are.
 *  A key that is new comes behind those of `before` that are there: the order of keys is its reader's. */
export function setKey(yaml: string, path: Path, added: NewKey): string {
  const { key, source } = added;
  const map = at(read(yaml), path);
  if (map === null && path.length === 0) return `${yaml}${lineOf(added, "", eolOf(yaml))}`; // nothing stands there but comments
  if (!isMap(map)) throw new Error(`${path.join(".")} is no mapping`);
  const pair = pairOf(map, bare(key));
  if (pair !== null) return replaceValue(yaml, pair, source);
  return map.flow === true ? intoFlow(yaml, map, `${key}: ${source}`) : intoMap(yaml, map, added);
}

interface NewKey {
  /** As YAML: `status`, `"2412345678"`. */
  readonly key: string;
  readonly source: string;
  /** The same as a line of its own below the key, for a mapping that has one key a line. */
  readonly below?: string;
  /** Absent: it comes last. */
  readonly before?: readonly string[];
}

const lineOf = ({ key, source, below }: NewKey, indent: string, eol: string): string =>
  below === undefined ? `${indent}${key}: ${source}${eol}` : `${indent}${key}:${eol}${indent}  ${below}${eol}`;

/** Adds an item to the end of the list at `path`, which is there. */
export function addItem(yaml: string, path: Path, source: string): string {
  const list = at(read(yaml), path);
  if (!isSeq(list)) throw new Error(`${path.join(".")} is no list`);
  if (list.flow === true) return intoFlow(yaml, list, source);
  const last = list.items.at(-1) as Node;
  const dash = dashOf(yaml, list, list.items.length - 1);
  return splice(yaml, lineEnd(yaml, endOf(last)), 0, `${indentAt(yaml, dash)}- ${source}${eolOf(yaml)}`);
}

/** Takes out what is at `path`, with the comment on its line, and whatever is left empty by that. */
export function removeAt(yaml: string, path: Path): string {
  const above = path.slice(0, -1);
  const last = path.at(-1);
  const holder = at(read(yaml), above);
  if (!isCollection(holder) || last === undefined) throw new Error(`${path.join(".")} is not there`);
  if (holder.items.length === 1 && above.length > 0) return removeAt(yaml, above);
  const i = isMap(holder) ? holder.items.findIndex((pair) => textIn(pair.key) === last) : Number(last);
  if (holder.flow === true) return outOfFlow(yaml, holder, i);
  return isMap(holder) ? outOfMap(yaml, holder, i) : outOfList(yaml, holder as YAMLSeq, i);
}

const read = (yaml: string): Node | null => parseDocument(yaml, { schema: "failsafe", uniqueKeys: false }).contents;

const textIn = (node: unknown): string | null => (isScalar(node) ? String(node.value) : null);
/** `"2412345678"` -> 2412345678 */
const bare = (key: string): string => key.replace(/^"(.*)"$/, "$1");

const pairOf = (map: YAMLMap, key: string): Pair | null => map.items.find((pair) => textIn(pair.key) === key) ?? null;

function at(root: Node | null, path: Path): Node | null {
  let node = root;
  for (const step of path)
    node = (isMap(node) ? pairOf(node, String(step))?.value : isSeq(node) ? node.items[Number(step)] : null) as Node | null;
  return node;
}

const startOf = (node: unknown): number => (node as Node).range?.[0] ?? 0;

/** Where a value ends: without the comment behind it. */
function endOf(node: Node): number {
  if (isCollection(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1);
    return endOf((isMap(node) ? ((last as Pair).value ?? (last as Pair).key) : last) as Node);
  }
  return node.range?.[1] ?? 0;
}

const splice = (text: string, from: number, cut: number, put: string): string => text.slice(0, from) + put + text.slice(from + cut);
const eolOf = (yaml: string): string => (/^[^\n]*\r\n/.test(yaml) ? "\r\n" : "\n");
const lineStart = (yaml: string, from: number): number => yaml.lastIndexOf("\n", from - 1) + 1;
/** Behind the line's end. A block of text (`|`) ends there itself. */
function lineEnd(yaml: string, from: number): number {
  if (yaml[from - 1] === "\n") return from;
  const end = yaml.indexOf("\n", from);
  return end < 0 ? yaml.length : end + 1;
}
/** The spaces that bring a line to the column of `from`. */
const indentAt = (yaml: string, from: number): string => " ".repeat(from - lineStart(yaml, from));

function replaceValue(yaml: string, { key, value }: Pair, source: string): string {
  const keyEnd = (key as Node).range?.[1] ?? 0;
  const colon = yaml.indexOf(":", keyEnd) + 1;
  const end = endOf(value as Node);
  const between = yaml.slice(colon, startOf(value));
  // the value stood on lines of its own: a comment beside its key stays there
  const comment = between.includes("\n") ? (/#[^\r\n]*/.exec(between.split("\n")[0] ?? "")?.[0] ?? null) : null;
  const rest = yaml[end - 1] === "\n" ? eolOf(yaml) : "";
  return splice(yaml, colon, end - colon, ` ${source}${comment === null ? "" : `  ${comment}`}${rest}`);
}

function intoMap(yaml: string, map: YAMLMap, added: NewKey): string {
  const { before } = added;
  const known = before === undefined ? map.items : map.items.filter((pair) => before.includes(textIn(pair.key) ?? ""));
  const after = known.at(-1);
  const first = startOf(map.items[0]?.key);
  const indent = indentAt(yaml, first);
  const line = lineOf(added, indent, eolOf(yaml));
  if (after !== undefined) return splice(yaml, lineEnd(yaml, spanOf(after)[1]), 0, line);
  // the first key of a list's item stands behind its dash
  if (yaml.slice(lineStart(yaml, first), first).trim() !== "") return splice(yaml, first, 0, line.trimStart() + indent);
  return splice(yaml, lineStart(yaml, first), 0, line);
}

const spanOf = (item: unknown): readonly [start: number, end: number] => {
  const { key, value } = item as Partial<Pair>;
  if (key === undefined) return [startOf(item), endOf(item as Node)];
  return [startOf(key), endOf((value ?? key) as Node)];
};

function intoFlow(yaml: string, list: YAMLMap | YAMLSeq, source: string): string {
  const last = list.items.at(-1);
  if (last !== undefined) return splice(yaml, spanOf(last)[1], 0, `, ${source}`);
  const [from, to] = spanOf(list);
  return splice(yaml, from, to - from, isMap(list) ? `{ ${source} }` : `[${source}]`);
}

function outOfFlow(yaml: string, list: YAMLMap | YAMLSeq, i: number): string {
  const [from, to] = spanOf(list.items[i]);
  const next = list.items[i + 1];
  if (next !== undefined) {
    const between = yaml.slice(to, spanOf(next)[0]);
    const cut = /[#\n]/.test(between) ? between.indexOf(",") + 1 : between.length;
    return splice(yaml, from, to + cut - from, "");
  }
  const before = i === 0 ? from : spanOf(list.items[i - 1])[1];
  const start = yaml.slice(before, from).includes("#") ? from : before;
  return splice(yaml, start, to - start, "");
}

function outOfMap(yaml: string, map: YAMLMap, i: number): string {
  const [from, to] = spanOf(map.items[i]);
  const next = map.items[i + 1];
  const start = lineStart(yaml, from);
  // the first key of a list's item stands behind its dash
  if (yaml.slice(start, from).trim() !== "" && next !== undefined) return splice(yaml, from, spanOf(next)[0] - from, "");
  return splice(yaml, start, lineEnd(yaml, to) - start, "");
}

function outOfList(yaml: string, list: YAMLSeq, i: number): string {
  const start = lineStart(yaml, dashOf(yaml, list, i));
  return splice(yaml, start, lineEnd(yaml, spanOf(list.items[i])[1]) - start, "");
}

/** Where an item's dash is: it stands before the item, or on a line above it. */
function dashOf(yaml: string, list: YAMLSeq, i: number): number {
  const after = i === 0 ? startOf(list) : spanOf(list.items[i - 1])[1];
  const [from] = spanOf(list.items[i]);
  const before = yaml.slice(0, from);
  return i === 0 ? startOf(list) : Math.max(after, before.search(/-[ \t]*(?:#[^\n]*)?\n?[ \t]*$/));
}
