import { createHash } from "node:crypto";
import { changeNotes, type NotesChange, notesIn } from "../config/notes-edit.ts";
import { UserError } from "../errors.ts";
import type { Notes } from "../model.ts";
import type { Action } from "./action.ts";
import { decide } from "./changes.ts";
import type { Standing } from "./standing.ts";

/** The session's file, which is the truth: a hand may change it at any moment. */
export interface NotesFile {
  readonly name: string;
  /** null: there is none. */
  read(): string | null;
  /** As a whole or not at all; null: it goes. */
  write(text: string | null): void;
}

export interface DeskOptions<S extends Standing> {
  readonly file: NotesFile;
  /** How the session stands where its file says this. Throws a UserError where it cannot. */
  stand(notes: Notes, exists: boolean): S;
}

/** What can be undone: the text before, as long as the text after is what is there. */
export interface Step {
  readonly name: string;
  readonly before: string | null;
  readonly after: string;
  readonly said: string;
  /** Where on the page it was decided. */
  readonly at: string;
}

/** What is asked of the desk. `base`: the hash of the text that the page was made from. */
export interface Asked {
  readonly action: Action;
  readonly base: string;
  readonly at: string;
}

/** So many texts are known by their hashes: what older pages were made from. */
const TEXTS = 200;

/** Decisions become changes of the file, one after the other; nothing else is kept that matters. */
export class Desk<S extends Standing> {
  readonly #options: DeskOptions<S>;
  readonly #texts = new Map<string, string | null>();
  readonly #steps: Step[] = [];
  #made = 0;
  #last: { readonly text: string | null; readonly standing: S } | null = null;

  constructor(options: DeskOptions<S>) {
    this.#options = options;
  }

  /** The file as it is, by what pages made from it know it. */
  look(): { readonly text: string | null; readonly hash: string } {
    const text = this.#options.file.read();
    const hash = hashOf(text);
    this.#texts.delete(hash);
    this.#texts.set(hash, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > TEXTS && oldest !== undefined) this.#texts.delete(oldest);
    return { text, hash };
  }

  /** How the session stands by a text. Throws a UserError that names the line where the text is wrong. */
  standing(text: string | null): S {
    if (this.#last?.text !== text || this.#last === null) {
      const { file, stand } = this.#options;
      this.#last = { text, standing: stand(notesIn(text, file.name), text !== null) };
    }
    return this.#last.standing;
  }

  /** How the session stood by the last text that could be read; null: none could. */
  get lastStanding(): S | null {
    return this.#last?.standing ?? null;
  }

  /** What `undo` would take back. */
  get lastStep(): Step | null {
    return this.#steps.at(-1) ?? null;
  }

  /** Does what is decided and says what was done. Where the file says something else by now than the page knew, the decision holds for the new
   *  text, unless it is about the very thing that changed. Throws a UserError, and then nothing is written. */
  act({ action, base, at }: Asked): string {
    const { text, hash } = this.look();
    const { file } = this.#options;
    const now = this.standing(text);
    const { changes, said } = decide(now, action);
    if (hash !== base) this.#refuseConflict(base, { notes: now.notes, changes });
    const after = changeNotes(text, changes, file.name);
    if (after === text) throw new UserError("the file says this already");
    this.standing(after);
    this.#write(text, after);
    this.#steps.push({ name: String(++this.#made), before: text, after, said, at });
    return said;
  }

  /** Takes the last step back. `name`: the step that the page showed as the last one. */
  undo(name: string): Step {
    const step = this.lastStep;
    if (step === null) throw new UserError("there is nothing to undo since the desk was started");
    if (step.name !== name) throw new UserError(`the last thing done is another one by now: “${step.said}”; look, and undo again`);
    const text = this.#options.file.read();
    if (text !== step.after)
      throw new UserError(
        "the file was changed elsewhere since then, and undoing would lose that; nothing was undone: mend it in the file",
      );
    this.#write(text, step.before);
    this.#steps.pop();
    return step;
  }

  /** A hand that was faster wins. */
  #write(before: string | null, after: string | null): void {
    const { file } = this.#options;
    if (file.read() !== before) throw new UserError("the file was changed at this very moment; nothing was written: try again");
    file.write(after);
  }

  #refuseConflict(base: string, now: { readonly notes: Notes; readonly changes: readonly NotesChange[] }): void {
    const known = this.#texts.get(base);
    if (known === undefined)
      throw new UserError("this page is from before the desk was started; nothing was written: look, and decide again");
    const { file } = this.#options;
    const notes = notesIn(known, file.name);
    const changed = now.changes.find((change) => spot(notes, change) !== spot(now.notes, change));
    if (changed !== undefined)
      throw new UserError(`${nameOf(changed)} in the file since this page was made; nothing was written: look, and decide again`);
  }
}

const hashOf = (text: string | null): string =>
  text === null ? "none" : createHash("sha256").update(text).digest("base64url").slice(0, 22);

const withoutPlace = (value: unknown): string => JSON.stringify(value, (key, one) => (key === "place" ? undefined : one)) ?? "";

/** What the file says of the thing that a change changes. */
function spot(notes: Notes, change: NotesChange): string {
  switch (change.at) {
    case "edits":
    case "remarks":
    case "pins":
      return withoutPlace(notes[change.at].find((one) => one.tweet === change.tweet));
    default:
      return withoutPlace(notes[change.at]);
  }
}

function nameOf(change: NotesChange): string {
  switch (change.at) {
    case "edits":
      return `what is said of tweet ${change.tweet} has changed`;
    case "remarks":
      return `the remark of tweet ${change.tweet} has changed`;
    case "pins":
      return `the pin of tweet ${change.tweet} has changed`;
    case "questions":
      return "the list of questions has changed";
    case "body":
      return "the notes have changed";
    default:
      return `${change.at} has changed`;
  }
}
