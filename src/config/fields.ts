import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { at, didYouMean, UserError } from "../errors.ts";
import type { Place } from "../model.ts";

interface Spot {
  /** What messages call it: `title`, `schedule.at`; an item has the name of its list. */
  readonly name: string;
  readonly place: Place;
}
/** `text` is as it stands in the file: `2756127777` is never rounded. `quoted` false: YAML would read a number or a boolean here. */
export interface Scalar extends Spot {
  readonly kind: "text";
  readonly text: string;
  readonly quoted: boolean;
}
interface List extends Spot {
  readonly kind: "list";
  readonly items: readonly Value[];
}
export interface Mapping extends Spot {
  readonly kind: "mapping";
  readonly entries: readonly Entry[];
}
/** `comment`: what should have been a value may stand behind a `#`. */
interface Nothing extends Spot {
  readonly kind: "nothing";
  readonly comment: boolean;
}
export interface Entry {
  readonly key: Scalar;
  readonly value: Value;
}
/** One value of a YAML text, with its line. */
export type Value = Scalar | List | Mapping | Nothing;
export type Fields = ReadonlyMap<string, Value>;

/** The error that names a place, for `throw`. */
export const refusal = (spot: { readonly place: Place }, message: string): UserError => new UserError(at(spot.place, message));

/** How a value is quoted in a message: one line, not endless. */
export const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Reads YAML that is a mapping (or empty). `firstLine` is the line of the file at which it starts.
 *  Aliases, anchors and tags are refused: a value stands where it is used, and nothing can expand. */
export function parseYaml(yaml: string, place: Place): Mapping {
  const root = rootOf(yaml, place);
  if (root === null || root.kind === "nothing") return { kind: "mapping", name: "", place, entries: [] };
  if (root.kind !== "mapping") throw refusal(root, "this must be keys and values, one a line, as key: value");
  return root;
}

/** Reads YAML that is a list (or empty), like parseYaml. `allowed`: how one entry is written. */
export function parseYamlList(yaml: string, place: Place, allowed: string): readonly Value[] {
  const root = rootOf(yaml, place);
  if (root === null || root.kind === "nothing") return [];
  if (root.kind !== "list") throw refusal(root, `this must be a list, one entry a line, as ${allowed}`);
  return root.items;
}

function rootOf(yaml: string, place: Place): Value | null {
  const lines = new LineCounter();
  const text = { yaml, lines, place };
  const document = parseDocument(yaml, { schema: "failsafe", uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const error = document.errors[0];
  if (error !== undefined) throw syntaxRefusal(error, text);
  return document.contents === null ? null : toValue(document.contents, "", text);
}

interface Text {
  readonly yaml: string;
  readonly lines: LineCounter;
  readonly place: Place;
}

const placeAt = (offset: number, { lines, place }: Text): Place => ({
  file: place.file,
  line: place.line - 1 + Math.max(1, lines.linePos(offset).line),
});

const HINTS: readonly (readonly [start: string, hint: string])[] = [
  ["Comments must be", "a # starts a comment here; put a tag in quotes"],
  ["Plain value cannot start with reserved character @", "write a handle without its @, or in quotes"],
  ["Nested mappings are not allowed", "a value that holds a colon and a space needs quotes"],
  ["Implicit keys need", "a value that holds a colon and a space needs quotes"],
  ["Source contains multiple documents", "a line of --- or ... ends it here; remove that line"],
  ["Flow sequence in", "a [ is not closed in time (a # after a space starts a comment)"],
  ["Flow map in", "a { is not closed in time (a # after a space starts a comment)"],
  ["Tabs are not allowed", "indent with spaces"],
];

function syntaxRefusal(error: YAMLError, text: Text): UserError {
  const message = error.message.replace(/\s+/g, " ");
  const hint = HINTS.find(([start]) => message.startsWith(start))?.[1];
  return refusal({ place: placeAt(error.pos[0], text) }, `this is not valid YAML: ${hint ?? message}`);
}

function toValue(node: Node, name: string, text: Text): Value {
  const place = placeAt(node.range?.[0] ?? 0, text);
  if (isAlias(node)) throw refusal({ place }, `*${node.source} is an alias; write the value out`);
  if ("anchor" in node && node.anchor !== undefined)
    throw refusal({ place }, `&${node.anchor} is an anchor, which is not read here; remove it`);
  if (node.tag !== undefined) throw refusal({ place }, "a YAML tag, as !!str, is not read here; remove it");
  if (isSeq(node)) return { kind: "list", name, place, items: node.items.map((item) => toValue(item as Node, name, text)) };
  if (isMap(node)) return { kind: "mapping", name, place, entries: entriesOf(node.items as readonly Pair[], { name, place }, text) };
  if (!isScalar(node)) throw refusal({ place }, "this is no value");
  return toScalar(node, { name, place });
}

interface Pair {
  readonly key: Node | null;
  readonly value: Node | null;
}

function toScalar(node: Node & { value: unknown; comment?: string | null; type?: string }, spot: Spot): Scalar | Nothing {
  const text = String(node.value);
  const quoted = node.type !== "PLAIN";
  // nothing after the colon, null, ~
  if (!quoted && /^(?:|~|null|Null|NULL)$/.test(text)) return { kind: "nothing", ...spot, comment: typeof node.comment === "string" };
  return { kind: "text", ...spot, text, quoted };
}

function entriesOf(pairs: readonly Pair[], spot: Spot, text: Text): Entry[] {
  const seen = new Map<string, number>();
  return pairs.map((pair) => {
    const key = pair.key === null ? null : toValue(pair.key, spot.name, text);
    if (key === null || key.kind !== "text") throw refusal(key ?? spot, "a key must be one word");
    const before = seen.get(key.text);
    if (before !== undefined) throw refusal(key, `${quote(key.text)} stands here twice: line ${before} has it already; keep one`);
    seen.set(key.text, key.place.line);
    const name = spot.name === "" ? key.text : `${spot.name}.${key.text}`;
    return {
      key,
      value: pair.value === null ? { kind: "nothing", name, place: key.place, comment: false } : toValue(pair.value, name, text),
    };
  });
}

/** The keys of a mapping by name; a key not among `known` is refused. */
export function fieldsOf(value: Value, known: readonly string[]): Fields {
  const { entries } = mappingOf(value, `keys and values, as { ${known[0]}: … }`);
  const unknown = entries.find(({ key }) => !known.includes(key.text));
  if (unknown !== undefined) {
    const { key } = unknown;
    throw refusal(key, `unknown key ${quote(key.text)} (allowed: ${known.join(", ")})${didYouMean(key.text, known)}`);
  }
  return new Map(entries.map(({ key, value: field }) => [key.text, field]));
}

/** The field, read; `missing` where the key is not there. A key without a value is refused by every reader. */
export function read<T, M>(fields: Fields, key: string, reader: (value: Value) => T, missing: M): T | M {
  const value = fields.get(key);
  return value === undefined ? missing : reader(value);
}

export function mappingOf(value: Value, allowed: string): Mapping {
  if (value.kind === "mapping") return value;
  throw wrong(value, allowed);
}

export function listOf(value: Value, allowed: string): readonly Value[] {
  if (value.kind === "list") return value.items;
  throw wrong(value, allowed);
}

/** A text, a number or a word, as written. */
export function scalarOf(value: Value, allowed: string): Scalar {
  if (value.kind === "text") return value;
  throw wrong(value, allowed);
}

// 12, -3.5, 1e3, 0x1F, true, .inf: what YAML 1.2 does not read as text
const NO_TEXT =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|true|True|TRUE|false|False|FALSE)$/;

/** True where YAML reads a number or a boolean, and a text belongs. */
export const needsQuotes = (scalar: Scalar): boolean => !scalar.quoted && NO_TEXT.test(scalar.text);

/** A text that is not empty. */
export function textOf(value: Value): string {
  const scalar = scalarOf(value, "a text");
  if (needsQuotes(scalar)) throw refusal(value, `${value.name} must be a text: write it in quotes: ${quote(scalar.text)}`);
  if (scalar.text.trim() === "") throw refusal(value, `${value.name} is empty; write a text, or remove it`);
  return scalar.text;
}

/** A text of one line. */
export const lineOf = (value: Value): string => textOf(value).replace(/\s+/g, " ").trim();

export function wholeOf(value: Value, least: number, most: number): number {
  const allowed = `a whole number from ${least} to ${most}`;
  const { text, quoted } = scalarOf(value, allowed);
  const number = Number(text);
  if (quoted || !/^\d{1,9}$/.test(text) || number < least || number > most)
    throw refusal(value, `${value.name} must be ${allowed}, not ${quoted ? `the text ${quote(text)}` : quote(text)}`);
  return number;
}

export function trueOrFalse(value: Value): boolean {
  const { text, quoted } = scalarOf(value, "true or false");
  if (quoted || !/^(?:true|false)$/i.test(text)) throw refusal(value, `${value.name} must be true or false, not ${quote(text)}`);
  return text.toLowerCase() === "true";
}

/** One of a few words. */
export function oneOf<T extends string>(value: Value, words: readonly T[]): T {
  const { text } = scalarOf(value, words.join(" or "));
  const word = words.find((known) => known === text);
  if (word === undefined) throw refusal(value, `${value.name} must be ${words.join(" or ")}, not ${quote(text)}${didYouMean(text, words)}`);
  return word;
}

/** The items must differ; `same` is what is compared. */
export function distinct<T>(value: Value, items: readonly T[], same: (item: T) => string): readonly T[] {
  const keys = items.map(same);
  const again = keys.find((key, i) => keys.indexOf(key) !== i);
  if (again !== undefined) throw refusal(value, `${value.name} names ${quote(again)} twice; keep one`);
  return items;
}

const KINDS = { text: "a text", list: "a list", mapping: "keys and values", nothing: "" } as const;

function wrong(value: Value, allowed: string): UserError {
  if (value.kind !== "nothing")
    return refusal(value, `${value.name} must be ${allowed}, not ${value.kind === "text" ? quote(value.text) : KINDS[value.kind]}`);
  const hint = value.comment ? " (what follows # is a comment: put it in quotes)" : "";
  return refusal(value, `${value.name} has no value${hint}; write ${allowed}`);
}
