import { UserError } from "../errors.ts";
import type { Edit, Handle, NotedQuestion, Notes, TweetId } from "../model.ts";
import { splitAtFences } from "./front-matter.ts";
import { NO_NOTES, NOTES_KEYS, parseNotes } from "./notes.ts";
import { addItem, removeAt, setKey } from "./yaml-edit.ts";

/** In the order in which the reference has them. */
const KEYS = Object.keys(NOTES_KEYS);

/** What the file says of one tweet, without whom and where. */
export type EditValue = Omit<Edit, "tweet" | "place">;
/** What it says of one question. */
export type QuestionValue = Omit<NotedQuestion, "place">;

/** One change of what a session's file says. `to` null: it says nothing of it any more. */
export type NotesChange =
  | { readonly at: "edits"; readonly tweet: TweetId; readonly to: EditValue | null }
  | { readonly at: "remarks"; readonly tweet: TweetId; readonly to: string | null }
  | { readonly at: "pins"; readonly tweet: TweetId; readonly to: boolean }
  /** `place`: in the list of questions; null: a new one, at its end. */
  | { readonly at: "questions"; readonly place: number | null; readonly to: QuestionValue | null }
  | { readonly at: "status"; readonly to: Notes["status"] }
  | { readonly at: "title"; readonly to: string | null }
  | { readonly at: "hosts"; readonly to: readonly Handle[] }
  | { readonly at: "body"; readonly to: string };

/** Changes the text of a session's file (null: there is none yet), which is sound, and nothing else in it: comments, the order of keys and
 *  every other byte stay. A comment goes with the line that it stands on. Throws a UserError where the file is written in a way that
 *  cannot be changed without touching more. */
export function changeNotes(text: string | null, changes: readonly NotesChange[], file: string): string {
  return changes.reduce((now, change) => changeOnce(now, change, file), text ?? "---\n---\n");
}

function changeOnce(text: string, change: NotesChange, file: string): string {
  const parts = splitAtFences(text);
  if (parts === null) throw unchangeable(file);
  const before = parseNotes(text, file);
  const now =
    change.at === "body"
      ? parts.before + parts.yaml + withBody(parts.after, change.to)
      : parts.before + changeYaml(parts.yaml, before, change) + parts.after;
  if (!says(now, expected(before, change), file)) throw unchangeable(file);
  return now;
}

const unchangeable = (file: string): UserError =>
  new UserError(`${file}: this is written in a way that only a hand can change; write the line yourself`);

/** What the file says once it is changed. */
export function expected(notes: Notes, change: NotesChange): Notes {
  const place = { file: "", line: 0 };
  const without = <T extends { readonly tweet: TweetId }>(list: readonly T[], tweet: TweetId): T[] =>
    list.filter((one) => one.tweet !== tweet);
  const replace = <T extends { readonly tweet: TweetId }>(list: readonly T[], one: T): T[] =>
    list.some(({ tweet }) => tweet === one.tweet) ? list.map((old) => (old.tweet === one.tweet ? one : old)) : [...list, one];
  switch (change.at) {
    case "edits":
      if (change.to === null) return { ...notes, edits: without(notes.edits, change.tweet) };
      return { ...notes, edits: replace(notes.edits, { tweet: change.tweet, ...change.to, place }) };
    case "remarks":
      if (change.to === null) return { ...notes, remarks: without(notes.remarks, change.tweet) };
      return { ...notes, remarks: replace(notes.remarks, { tweet: change.tweet, text: change.to, place }) };
    case "pins":
      return { ...notes, pins: change.to ? replace(notes.pins, { tweet: change.tweet, place }) : without(notes.pins, change.tweet) };
    case "questions": {
      const questions = notes.questions.flatMap((question, i) =>
        i !== change.place ? question : change.to === null ? [] : { ...change.to, place },
      );
      return { ...notes, questions: change.place === null && change.to !== null ? [...questions, { ...change.to, place }] : questions };
    }
    case "body":
      return { ...notes, body: plainBody(change.to) };
    default:
      return { ...notes, [change.at]: change.to };
  }
}

/** Without places: those move. */
const meaning = (notes: Notes): string => JSON.stringify(notes, (key, value) => (key === "place" ? undefined : sorted(value)));

const sorted = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Whether the text says just this: an edit that would break the file, or touch anything else, is found before it is written. */
function says(text: string, notes: Notes, file: string): boolean {
  try {
    return meaning(parseNotes(text, file)) === meaning(notes);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

function changeYaml(yaml: string, notes: Notes, change: Exclude<NotesChange, { at: "body" }>): string {
  switch (change.at) {
    case "edits":
      return entry(yaml, notes.edits, { ...change, source: change.to === null ? null : editSource(change.to) });
    case "remarks":
      return entry(yaml, notes.remarks, { ...change, source: change.to === null ? null : JSON.stringify(change.to) });
    case "pins":
      return pin(yaml, notes, change);
    case "questions":
      return question(yaml, notes, change);
    case "hosts":
      return top(yaml, "hosts", `[${change.to.map(handleSource).join(", ")}]`);
    default:
      return change.to === null
        ? notes[change.at] === null
          ? yaml
          : removeAt(yaml, [change.at])
        : top(yaml, change.at, textSource(change.to));
  }
}

const id = (tweet: TweetId): string => `"${tweet}"`;
/** `reviewed` as it is, all else in quotes. */
const textSource = (text: string): string => (/^[a-z]+$/.test(text) ? text : JSON.stringify(text));

/** `ana_b` as it is; what YAML may read as a number or a boolean in quotes: `1e5`, `true`. */
const handleSource = (handle: Handle): string =>
  /^[\d_]|^(?:true|false|null|yes|no|on|off)$/i.test(handle) ? JSON.stringify(handle) : handle;

const top = (yaml: string, key: string, source: string, below?: string): string =>
  setKey(yaml, [], { key, source, ...(below !== undefined && { below }), before: KEYS.slice(0, KEYS.indexOf(key)) });

interface TweetEntry {
  readonly at: "edits" | "remarks";
  readonly tweet: TweetId;
  readonly source: string | null;
}

function entry(yaml: string, has: readonly { readonly tweet: TweetId }[], { at, tweet, source }: TweetEntry): string {
  const known = has.some((one) => one.tweet === tweet);
  if (source === null) return known ? removeAt(yaml, [at, tweet]) : yaml;
  if (has.length > 0) return setKey(yaml, [at], { key: id(tweet), source });
  return top(yaml, at, `{ ${id(tweet)}: ${source} }`, `${id(tweet)}: ${source}`);
}

function pin(yaml: string, { pins }: Notes, { tweet, to }: { readonly tweet: TweetId; readonly to: boolean }): string {
  const place = pins.findIndex((one) => one.tweet === tweet);
  if (to === place >= 0) return yaml;
  if (!to) return removeAt(yaml, ["pins", place]);
  return pins.length === 0 ? top(yaml, "pins", `[${id(tweet)}]`) : addItem(yaml, ["pins"], id(tweet));
}

function question(
  yaml: string,
  { questions }: Notes,
  { place, to }: { readonly place: number | null; readonly to: QuestionValue | null },
): string {
  if (place === null) {
    if (to === null) return yaml;
    const source = `{ ${fieldsOf(to)
      .map(([key, value]) => `${key}: ${value}`)
      .join(", ")} }`;
    return questions.length === 0 ? top(yaml, "questions", `[${source}]`, `- ${source}`) : addItem(yaml, ["questions"], source);
  }
  if (to === null) return removeAt(yaml, ["questions", place]);
  return changeFields(yaml, ["questions", place], { from: questions[place], to });
}

/** Key by key, so that the others keep their places and comments. What is new comes first: a mapping is never empty. */
function changeFields(
  yaml: string,
  path: readonly (string | number)[],
  { from, to }: { readonly from: QuestionValue | undefined; readonly to: QuestionValue },
): string {
  const old = new Map(from === undefined ? [] : fieldsOf(from));
  const fresh = new Map(fieldsOf(to));
  const set = [...fresh].filter(([key, source]) => old.get(key) !== source);
  const gone = [...old.keys()].filter((key) => !fresh.has(key));
  const added = set.reduce(
    (text, [key, source]) => setKey(text, path, { key, source, before: QUESTION.slice(0, QUESTION.indexOf(key)) }),
    yaml,
  );
  return gone.reduce((text, key) => removeAt(text, [...path, key]), added);
}

const QUESTION: readonly string[] = ["number", "side", "name", "ask", "text", "at", "by"];

function fieldsOf({ number, side, name, ask, text, at, by }: QuestionValue): (readonly [key: string, source: string])[] {
  const asked = ask.map(id);
  return [
    ...(number === null ? [] : [["number", String(number)] as const]),
    ...(side ? [["side", "true"] as const] : []),
    ...(name === null ? [] : [["name", JSON.stringify(name)] as const]),
    ...(ask.length === 0 ? [] : [["ask", asked.length === 1 ? asked.join() : `[${asked.join(", ")}]`] as const]),
    ...(text === null ? [] : [["text", JSON.stringify(text)] as const]),
    ...(at === null ? [] : [["at", JSON.stringify(at)] as const]),
    ...(by === null ? [] : [["by", JSON.stringify(by)] as const]),
  ];
}

/** `Q2`, `aside`, `{ question: "2412345678", reply: none }` */
function editSource({ label, section, hide, question, ask, reply }: EditValue): string {
  const word = hide === true ? "hide" : (section ?? label);
  if (word !== undefined) return word;
  const parts = [
    ...(question === undefined ? [] : [`question: ${id(question)}`]),
    ...(ask === undefined ? [] : [`ask: ${ask}`]),
    ...(reply === undefined ? [] : [`reply: ${reply === null ? "none" : id(reply)}`]),
  ];
  return `{ ${parts.join(", ")} }`;
}

/** As the file's reader gives it back. */
export const plainBody = (body: string): string =>
  body
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();

/** The second `---` and what stands below it; blank lines around the body stay. */
function withBody(after: string, body: string): string {
  const [, fence = "", blank = "", old = "", end = ""] = /^(---[ \t]*(?:\r?\n)?)((?:[ \t]*\r?\n)*)([\s\S]*?)(\s*)$/.exec(after) ?? [];
  const eol = after.includes("\r\n") ? "\r\n" : "\n";
  const now = plainBody(body).replaceAll("\n", eol);
  if (now === "") return fence;
  const close = old === "" ? eol : end;
  return `${fence.endsWith("\n") ? fence : fence + eol}${old === "" ? "" : blank}${now}${close}`;
}

/** What a file that is not there says. */
export const notesIn = (text: string | null, file: string): Notes => (text === null ? NO_NOTES : parseNotes(text, file));
