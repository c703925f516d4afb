import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { TweetId } from "../model.ts";
import { runsOf, sharesRun, wordsIn } from "../text/runs.ts";
import { splitAtFences } from "./front-matter.ts";

/** What must not be said any more. */
export interface Unsaid {
  readonly ids: ReadonlySet<TweetId>;
  /** Of authors who are forgotten. */
  readonly handles: readonly string[];
  /** Of authors no tweet is left of: they may still be hosts, but the body must not speak of them. */
  readonly bodyHandles: readonly string[];
  readonly texts: readonly string[];
}

export interface ForgottenNotes {
  readonly text: string;
  /** Entries removed. */
  readonly entries: number;
  /** Lines of the new text that still say it: only a person can put them right. */
  readonly lines: readonly number[];
}

/** Removes a session's pins, edits, remarks and questions of removed tweets from the text of its file; comments and order stay.
 *  Where there are none, the text is as it was, byte for byte. */
export function forgetInNotes(text: string, unsaid: Unsaid): ForgottenNotes {
  const parts = splitAtFences(text);
  if (parts === null) return { text, entries: 0, lines: linesSaying(text, unsaid) };
  const document = parseDocument(parts.yaml, { schema: "failsafe", uniqueKeys: false });
  const entries = isMap(document.contents) && document.errors.length === 0 ? forgetIn(document.contents, unsaid) : 0;
  const now = entries === 0 ? text : `${parts.before}${asWritten(document.toString({ lineWidth: 0 }), parts.yaml)}${parts.after}`;
  return { text: now, entries, lines: linesSaying(now, unsaid) };
}

/** The YAML library sets its own spaces; a line that says what it said before stays as its writer wrote it. */
function asWritten(yaml: string, before: string): string {
  const bare = (line: string): string => line.replace(/\s+/g, "");
  const lines = Map.groupBy(before.split("\n"), bare);
  return yaml
    .split("\n")
    .map((line) => lines.get(bare(line))?.shift() ?? line)
    .join("\n");
}

function forgetIn(root: YAMLMap, unsaid: Unsaid): number {
  const count =
    forgetKeys(root, "edits", unsaid, true) +
    forgetKeys(root, "remarks", unsaid, false) +
    forgetPins(root, unsaid) +
    forgetQuestions(root, unsaid);
  // a key without a value is refused
  for (const key of ["edits", "remarks", "pins", "questions"]) {
    const value = fieldOf(root, key);
    if ((isMap(value) || isSeq(value)) && value.items.length === 0) root.delete(key);
  }
  return count;
}

const fieldOf = (map: YAMLMap, key: string): Node | null => (map.get(key, true) as Node | undefined) ?? null;
const textIn = (node: unknown): string | null => (isScalar(node) ? String(node.value) : null);

function forgetKeys(root: YAMLMap, name: string, { ids }: Unsaid, values: boolean): number {
  const map = fieldOf(root, name);
  if (!isMap(map)) return 0;
  const before = map.items.length;
  let changed = 0;
  map.items = map.items.filter(({ key, value }) => {
    if (ids.has(textIn(key) ?? "")) return false;
    if (!values || !isMap(value)) return true;
    for (const said of ["question", "reply"]) if (ids.has(textIn(value.get(said, true)) ?? "") && value.delete(said)) changed++;
    return value.items.length > 0;
  });
  return Math.max(before - map.items.length, changed);
}

function forgetPins(root: YAMLMap, { ids }: Unsaid): number {
  const pins = fieldOf(root, "pins");
  if (!isSeq(pins)) return 0;
  return filterItems(pins, (item) => !ids.has(textIn(item) ?? ""));
}

function filterItems(list: YAMLSeq, keep: (item: unknown) => boolean): number {
  const before = list.items.length;
  list.items = list.items.filter(keep);
  return before - list.items.length;
}

function forgetQuestions(root: YAMLMap, unsaid: Unsaid): number {
  const list = fieldOf(root, "questions");
  if (!isSeq(list)) return 0;
  let changed = 0;
  list.items = list.items.filter((item) => {
    if (!isMap(item) || !forgetAsk(item, unsaid.ids)) return true;
    changed++;
    const text = textIn(item.get("text", true));
    const said = text !== null && isSaid(text, unsaid);
    return item.has("ask") || (item.has("number") && text !== null && !said);
  });
  return changed;
}

/** Takes the ids out of `ask`, and `ask` where none is left. true: there was one. */
function forgetAsk(question: YAMLMap, ids: ReadonlySet<TweetId>): boolean {
  const ask = fieldOf(question, "ask");
  if (isSeq(ask)) {
    const gone = filterItems(ask, (item) => !ids.has(textIn(item) ?? ""));
    if (ask.items.length === 0) question.delete("ask");
    return gone > 0;
  }
  return ids.has(textIn(ask) ?? "") && question.delete("ask");
}

const isSaid = (text: string, unsaid: Unsaid): boolean =>
  unsaid.texts.some((removed) => sharesRun(text, runsOf(removed))) || unsaid.handles.some((handle) => names(text, handle));

/** A handle as a word of its own: `@amy`, `amy`; not `amy_lee`. */
const names = (line: string, handle: string): boolean =>
  [...line.toLowerCase().matchAll(/[a-z0-9_]+/g)].some(([word]) => word === handle.toLowerCase());

/** The lines (from 1) that still say an id, a handle, or six words in a row; words may go on in the next line. */
function linesSaying(text: string, { ids, handles, bodyHandles, texts }: Unsaid): number[] {
  const lines = text.split("\n");
  const body = (splitAtFences(text)?.before ?? "") + (splitAtFences(text)?.yaml ?? "");
  const bodyLine = body.split("\n").length;
  const runs = texts.flatMap(runsOf);
  const words = lines.flatMap((line, i) => wordsIn(line).map((word) => ({ word, line: i + 1 })));
  const found = new Set<number>();
  const byFirst = Map.groupBy(runs, (run) => run.split(" ")[0] ?? "");
  for (const [i, { word, line }] of words.entries())
    if (byFirst.get(word)?.some((run) => run.split(" ").every((one, k) => words[i + k]?.word === one))) found.add(line);
  for (const [i, line] of lines.entries()) {
    const digits = [...line.matchAll(/\d+/g)];
    if (digits.some(([id]) => ids.has(id)) || [...handles, ...(i + 1 > bodyLine ? bodyHandles : [])].some((handle) => names(line, handle)))
      found.add(i + 1);
  }
  return [...found].sort((a, b) => a - b);
}
