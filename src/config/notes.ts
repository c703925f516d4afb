import { didYouMean } from "../errors.ts";
import type { Edit, NotedQuestion, Notes, Place, TweetId } from "../model.ts";
import { handlesOf, MOST_MINUTES } from "./chat.ts";
import {
  distinct,
  type Entry,
  type Fields,
  fieldsOf,
  lineOf,
  listOf,
  mappingOf,
  oneOf,
  quote,
  read,
  refusal,
  scalarOf,
  textOf,
  trueOrFalse,
  type Value,
  wholeOf,
} from "./fields.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { handleOf, idOf, labelOf, timeOf, wallClockOf } from "./values.ts";

/** What may stand in a session's file, and what it says: the reference is made from this. */
export const NOTES_KEYS = {
  title: "its title; without it the tag and the date",
  hosts: "who asks the questions in this session; without it the chat's hosts",
  guests: "handles of those who were invited",
  start: "date and wall clock in the chat's zone, as `2009-07-21 12:00`; needed only where the schedule does not say it",
  minutes: "how long; without it as the schedule says",
  status: "`draft` (the default) or `reviewed`: `publish` leaves drafts out",
  questions: "a list of entries; one wins over a question of the same number that was found",
  edits:
    'where a tweet belongs, by its id in quotes: `"2756127777": Q2` (or `welcome`, `aside`, `wrap-up`, `hide`), `{ question: "id" }`, `{ reply: "id" }`, `{ reply: none }`, `{ ask: Q3 }`, `{ ask: false }`',
  pins: 'ids of tweets worth quoting, as `["2756122222"]`',
  remarks: 'what you say to a tweet, as `"2756122222": well said`',
};
export const QUESTION_KEYS = {
  number: "its number, 0 to 999",
  side: "`true`: a question that came up in the chat; it has no number",
  name: 'of a side question that no tweet asks: a word for its address, as `"who-pays"`',
  ask: "the id of the tweet that asks it, in quotes; a list where it was asked in parts, or again",
  text: "its words, where they are to be others than the tweet's, or no tweet asks it",
  at: 'when it was asked, in the chat\'s zone, as `"12:46"`',
  by: "who asked it",
};

/** A draft without a file. */
export const NO_NOTES: Notes = {
  title: null,
  hosts: null,
  guests: [],
  status: "draft",
  questions: [],
  edits: [],
  pins: [],
  remarks: [],
  start: null,
  minutes: null,
  body: "",
};

/** Reads a session's file. Throws a UserError that names file, line and what is allowed. Whether the archive holds an id is not asked here. */
export function parseNotes(text: string, file: string): Notes {
  const { fields: root, body } = parseFrontMatter(text, file);
  const fields = fieldsOf(root, Object.keys(NOTES_KEYS));
  return {
    title: read(fields, "title", lineOf, null),
    hosts: read(fields, "hosts", handlesOf, null),
    guests: read(fields, "guests", handlesOf, []),
    status: read(fields, "status", (value) => oneOf(value, ["draft", "reviewed"]), "draft"),
    questions: read(fields, "questions", questionsOf, []),
    edits: read(fields, "edits", (value) => entriesOf(value, 'keys and values, as "2412345678": Q2').map(editOf), []),
    pins: read(fields, "pins", pinsOf, []),
    remarks: read(fields, "remarks", (value) => entriesOf(value, 'keys and values, as "2412345678": well said').map(remarkOf), []),
    start: read(fields, "start", wallClockOf, null),
    minutes: read(fields, "minutes", (value) => wholeOf(value, 1, MOST_MINUTES), null),
    body,
  };
}

function questionsOf(value: Value): readonly NotedQuestion[] {
  const questions = listOf(value, 'a list, as - { number: 1, ask: "2412345678" }').map(questionOf);
  refuseSecond(questions, ({ number }) => (number === null ? [] : [`question ${number}`]));
  refuseSecond(questions, ({ name }) => (name === null ? [] : [`the side question ${quote(name)}`]));
  refuseSecond(questions, ({ ask }) => ask.map((id) => `ask ${quote(id)}`));
  return questions;
}

/** Refuses what two entries both say, by both their lines. */
function refuseSecond(questions: readonly NotedQuestion[], say: (question: NotedQuestion) => readonly string[]): void {
  const lines = new Map<string, number>();
  for (const question of questions) {
    for (const said of say(question)) {
      const before = lines.get(said);
      if (before !== undefined) throw refusal(question, `${said} stands here twice: line ${before} has it already; keep one entry`);
      lines.set(said, question.place.line);
    }
  }
}

function questionOf(value: Value): NotedQuestion {
  const fields = fieldsOf(value, Object.keys(QUESTION_KEYS));
  const question = {
    number: read(fields, "number", (field) => wholeOf(field, 0, 999), null),
    side: read(fields, "side", trueOrFalse, false),
    name: read(fields, "name", nameOf, null),
    ask: read(fields, "ask", askOf, []),
    text: read(fields, "text", lineOf, null),
    at: read(fields, "at", timeOf, null),
    by: read(fields, "by", handleOf, null),
    place: value.place,
  };
  checkQuestion(question, fields);
  return question;
}

/** What is right alone and wrong together. */
function checkQuestion(question: NotedQuestion, fields: Fields): void {
  const { number, side, name, ask, text } = question;
  const refuse = (message: string, key = ""): never => {
    throw refusal(fields.get(key) ?? question, message);
  };
  if (number === null && !side) refuse("a question needs a number, as number: 2, or side: true");
  if (number !== null && side) refuse("a question has a number or side: true, not both", "side");
  if (name !== null && !side) refuse("name is for side questions only; remove it, or write side: true instead of number", "name");
  if (name !== null && ask.length > 0) refuse("name is for a side question that no tweet asks; remove name or ask", "name");
  if (!side && ask.length === 0 && text === null) refuse(`question ${number} needs ask, the tweet that asks it, or text`);
  if (side && ask.length === 0 && (name === null || text === null))
    refuse("a side question needs ask, the tweet that asks it, or name and text");
}

/** The anchor of a side question: `#s-community`. */
function nameOf(value: Value): string {
  const text = textOf(value);
  // community, who-pays
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text))
    throw refusal(value, `${value.name} becomes part of a link: use a-z, 0-9 and single hyphens, as "who-pays", not ${quote(text)}`);
  return text;
}

function askOf(value: Value): readonly TweetId[] {
  if (value.kind !== "list") return [idOf(value)];
  return distinct(value, value.items.map(idOf), (id) => id);
}

const entriesOf = (value: Value, allowed: string): readonly Entry[] => mappingOf(value, allowed).entries;

const EDITS =
  'a question\'s label as Q2, welcome, aside, wrap-up, hide, or { question: "id" }, { ask: false }, { ask: Q2 }, { reply: "id" }, { reply: none }';

function editOf({ key, value }: Entry): Edit {
  const said = { tweet: idOf({ ...key, name: "a key of edits" }), place: key.place };
  return value.kind === "mapping" ? { ...said, ...changesOf(value, said) } : { ...said, ...placeOf(value) };
}

type Change = Omit<Edit, "tweet" | "place">;

/** An edit of one word. */
function placeOf(value: Value): Change {
  const { text } = scalarOf({ ...value, name: "edits" }, EDITS);
  if (text === "hide") return { hide: true };
  if (text === "welcome" || text === "aside" || text === "wrap-up") return { section: text };
  const label = labelOf(text);
  if (label !== null) return { label };
  throw refusal(
    value,
    `edits: ${quote(text)} is not ${EDITS}${didYouMean(text, ["welcome", "aside", "wrap-up", "hide", "BONUS"])}${meant(text)}`,
  );
}

// 2, A2: the question is meant
const meant = (text: string): string => (/^[Aa]?\d{1,3}$/.test(text) ? `; write Q${text.replace(/^a/i, "")}` : "");

/** An edit of keys and values. */
function changesOf(value: Value, edit: { readonly tweet: TweetId; readonly place: Place }): Change {
  const fields = fieldsOf({ ...value, name: "edits" }, ["question", "ask", "reply"]);
  if (fields.size === 0) throw refusal(value, `edits: {} says nothing; write ${EDITS}`);
  const question = read(fields, "question", idOf, undefined);
  const ask = read(fields, "ask", asksOf, undefined);
  const reply = read(fields, "reply", replyOf, undefined);
  if (reply === edit.tweet) throw refusal(edit, `edits: ${quote(reply)} cannot be a reply to itself`);
  return { ...(question !== undefined && { question }), ...(ask !== undefined && { ask }), ...(reply !== undefined && { reply }) };
}

/** `false`, or the label of the question it asks. */
function asksOf(value: Value): false | string {
  const { text, quoted } = scalarOf(value, "false, or a question's label, as Q3");
  if (!quoted && /^false$/i.test(text)) return false;
  const label = labelOf(text);
  if (label === null)
    throw refusal(value, `${value.name} must be false, or the label of the question it asks, as Q3, not ${quote(text)}${meant(text)}`);
  return label;
}

/** The tweet it answers; null for `none`. */
const replyOf = (value: Value): TweetId | null => (value.kind === "text" && value.text === "none" ? null : idOf(value));

function pinsOf(value: Value): Notes["pins"] {
  const pins = listOf(value, 'a list of ids in quotes, as ["2412345678"]').map((item) => ({ tweet: idOf(item), place: item.place }));
  return distinct(value, pins, ({ tweet }) => tweet);
}

const remarkOf = ({ key, value }: Entry): Notes["remarks"][number] => ({
  tweet: idOf({ ...key, name: "a key of remarks" }),
  text: textOf(value),
  place: key.place,
});
