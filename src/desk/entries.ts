import { parseNotes } from "../config/notes.ts";
import type { EditValue, NotesChange } from "../config/notes-edit.ts";
import { UserError } from "../errors.ts";
import type { Edit, Notes } from "../model.ts";
import type { ReviewEntry } from "../thread/review.ts";
import type { Action } from "./action.ts";
import { type Decision, editChange } from "./decision.ts";
import { askChanges } from "./questions.ts";
import { entryKey, type Standing, saidOf, tweetIn } from "./standing.ts";

type Entry = Extract<Action, { do: "accept" | "keep" }>;

/** What a proposal says, by the file's own reader; null: it has to be filled in first, or there is none. */
export function proposalOf({ write }: ReviewEntry): Notes | null {
  if (write === null) return null;
  const lines = write.under === null ? write.lines : [`${write.under}:`, ...write.lines.map((line) => `  ${line}`)];
  try {
    return parseNotes(`---\n${lines.join("\n")}\n---\n`, "");
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The lines that an entry is known by in a form: what is agreed to is what was shown. */
export const linesOf = ({ write, instead }: ReviewEntry): string => write?.lines.join("\n") ?? `${instead?.line ?? ""}`;

function entryOf({ entries }: Standing, { entry, lines }: Entry): ReviewEntry {
  const found = entries.find((one) => entryKey(one) === entry);
  if (found === undefined) throw new UserError("this needs no decision any more");
  if (linesOf(found) !== lines) throw new UserError("what is proposed here has changed; look at it again");
  return found;
}

/** Writes what is proposed; of an edit without effect, takes its line out. */
export function accept(standing: Standing, action: Entry): Decision {
  const entry = entryOf(standing, action);
  if (entry.kind === "stale edit") return { changes: [staleChange(standing.notes, entry)], said: "The line without effect is gone" };
  const proposed = proposalOf(entry);
  if (proposed === null) throw new UserError("nothing is proposed here that could be written as it is");
  return { changes: changesOf(standing, proposed), said: saidBy(entry) };
}

const saidBy = ({ who, write }: ReviewEntry): string => {
  const words = (write?.lines[0] ?? "").replace(/^"\d+": |^- |\s+#.*$/g, "").replace(/\s+#.*$/, "");
  return `${who === null ? "Written" : `@${who}’s tweet`}: ${words}`;
};

function changesOf(standing: Standing, { edits, questions, hosts }: Notes): NotesChange[] {
  return [
    ...(hosts === null ? [] : [{ at: "hosts", to: hosts } as const]),
    ...questions.map(({ place: _, ...to }): NotesChange => ({ at: "questions", place: null, to })),
    ...edits.map((edit) => editOf(standing, edit, saysOf(edit))),
  ];
}

const saysOf = ({ tweet: _, place: __, ...value }: Edit): EditValue => value;

function editOf(standing: Standing, { tweet }: Pick<Edit, "tweet">, to: EditValue): NotesChange {
  const placed = tweetIn(standing, tweet);
  return editChange(placed, saidOf(standing.notes.edits, placed), to);
}

/** The entry of the file that has the line. A question's has more to it than the one tweet. */
function staleChange(notes: Notes, { instead }: ReviewEntry): NotesChange {
  const on = ({ place }: { readonly place: { readonly line: number } }): boolean => place.line === instead?.line;
  const edit = notes.edits.find(on);
  if (edit !== undefined) return { at: "edits", tweet: edit.tweet, to: null };
  const remark = notes.remarks.find(on);
  if (remark !== undefined) return { at: "remarks", tweet: remark.tweet, to: null };
  throw new UserError(`line ${instead?.line ?? "?"} holds more than this one thing: mend it in the file`);
}

/** Whether all can be said to be right: the file then says so, and the entry is not listed again. */
export const canKeep = ({ kind, write }: ReviewEntry): boolean => kind === "asks?" || (write?.keep ?? null) !== null;

/** Writes what stands already. */
export function keep(standing: Standing, action: Entry): Decision {
  const entry = entryOf(standing, action);
  const said = entry.who === null ? "It stays as it is" : `@${entry.who}’s tweet stays where it is`;
  if (entry.kind === "asks?") return { changes: askedAlready(standing, entry), said };
  const words = entry.write?.keep ?? null;
  if (words === null) throw new UserError("no line of the file says that this is right");
  const ids = idsIn(entry);
  const edits = parseNotes(`---\nedits:\n${ids.map((id) => `  "${id}": ${words}\n`).join("")}---\n`, "").edits;
  return { changes: edits.map((edit) => editOf(standing, edit, saysOf(edit))), said };
}

/** All tweets that a proposal speaks of: spam comes by the dozen. */
function idsIn(entry: ReviewEntry): readonly string[] {
  const ids = proposalOf(entry)?.edits.map(({ tweet }) => tweet) ?? [];
  return ids.length > 0 ? ids : [entry.id ?? ""];
}

function askedAlready(standing: Standing, { id }: ReviewEntry): readonly NotesChange[] {
  const placed = tweetIn(standing, id ?? "");
  const question = standing.transcript.questions.find(({ number }) => number === placed.placement.asks);
  if (question === undefined) throw new UserError("this tweet asks no question any more");
  if (question.side) return askChanges(standing, placed, null).changes;
  return [editChange(placed, saidOf(standing.notes.edits, placed), { ask: question.label })];
}
