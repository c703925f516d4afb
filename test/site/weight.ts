import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { line } from "../helpers.ts";

/** What a session's page weighs against its text alone (handle, time, words), both as they are sent. */
export function weightOf(folder: string): { readonly page: number; readonly text: number; readonly ratio: number } {
  const [page = 0, text = 0] = ["index.html", "session.txt"].map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
  return { page, text, ratio: page / text };
}

const WORDS =
  "the a and of to in we is it that for on with as not you but they have from what when how some more than one all there can will just like people time think work find make know always never often maybe kettle leaf black green cup brew steep water milk sugar pot harvest garden hill rain morning market paper story question answer older smaller colder bitter sweet".split(
    " ",
  );

/** An invented session of so many tweets, with ids such as X gives: an hour of questions, answers and replies among sixty people. */
export function longSession(count: number): string[] {
  let state = 11;
  const dice = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = (): string => WORDS[Math.floor((dice(WORDS.length) * dice(WORDS.length)) / WORDS.length)] ?? "";
  const ids: string[] = [];
  let id = 2_028_000_000_000_000_000n;
  return Array.from({ length: count }, (_, index) => {
    id += BigInt(1 + dice(2 ** 31)) * BigInt(Math.max(1, Math.floor(6_000_000 / count)));
    const number = 1 + Math.floor((index * 6) / count);
    const asks = Math.floor(((index - 1) * 6) / count) + 1 !== number;
    const reply = !asks && ids.length > 0 && dice(10) < 4 ? ids[Math.max(0, ids.length - 1 - dice(8))] : undefined;
    const said = Array.from({ length: 8 + dice(20) }, pick).join(" ");
    const who = dice(60);
    if (!asks) ids.push(String(id));
    return line({
      id: String(id),
      author: asks
        ? { id: null, handle: "ceylon_sam", name: "Sam of Ceylon" }
        : { id: null, handle: `steeper_${who * 7919}`, name: `Person ${WORDS[who]} ${WORDS[who + 3]}` },
      time: 1 + Math.floor((index * 58) / count),
      text: `${asks ? `Q${number}: ` : reply === undefined ? `A${number} ` : ""}${said} #teachat`,
      replyTo: reply ?? null,
    });
  });
}
