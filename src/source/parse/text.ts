import type { ChatSlug, SessionSlug, Tweet } from "../../model.ts";
import { Occurrences } from "./occurrences.ts";
import { observe, tweetOf } from "./said.ts";
import { BadRecord, type Parser, tells } from "./wire.ts";

// `@amy hello`, `@amy: hello`, `  3. @amy hello`, `- @amy hello`, `• @amy hello`
const ANSWER = /^\s*(?:(?:\d{1,4}[.)]|[-*•–—])\s+)?[@＠]([A-Za-z0-9_]{1,20})(?::\s*|\s+)(\S.*)$/u;
// `@amy`, `@amy's`, `2) @amy,`: a handle, and then not what an answer needs
const LONE_HANDLE = /^\s*(?:(?:\d{1,4}[.)]|[-*•–—])\s+)?[@＠][A-Za-z0-9_]/u;

/** What one line of a pasted transcript is. */
export function readLine(line: string): { handle: string; text: string } | { heading: string } {
  const [, handle, text] = ANSWER.exec(line) ?? [];
  if (handle !== undefined && text !== undefined) return { handle, text: text.trimEnd() };
  if (LONE_HANDLE.test(line))
    throw new BadRecord("starts with a handle but is no answer: write @handle, a space, and the text on one line");
  return { heading: line.trim() };
}

/** A transcript as pasted from a page: `@handle text` a line, in the order it was said, without ids or times.
 *  A line without @handle is the question that the answers below it stand under. */
export function textParser(options: { chat: ChatSlug; session: SessionSlug }): Parser {
  const occurrences = new Occurrences(options);
  const unanswered: { line: number; why: string }[] = [];
  let heading: { text: string; line: number; answers: number } | null = null;
  const close = () => {
    if (heading?.answers === 0) unanswered.push({ line: heading.line, why: `no answers under "${heading.text}": left out` });
  };
  return {
    read(record, line) {
      const said = readLine(record);
      if ("heading" in said) {
        close();
        heading = { text: said.heading, line, answers: 0 };
        return null;
      }
      if (heading !== null) heading.answers++;
      const id = occurrences.idOf(said.handle, said.text);
      return tells([observe(localTweet({ ...said, id, heading: heading?.text ?? null }), { session: options.session })]);
    },
    end() {
      close();
      return unanswered;
    },
  };
}

/** A tweet that has no id but the one made from its text. */
export const localTweet = (
  { handle, ...line }: { id: string; handle: string; text: string } & Partial<Pick<Tweet, "time" | "heading">>,
  name = handle,
): Tweet => tweetOf({ time: null, ...line, author: { id: null, handle, name }, local: true });
