import type { Statement } from "better-sqlite3";
import type { ChatSlug, SessionSlug, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** A part of the archive that a page can depend on (schema-marks.ts). */
export type Place = string;

const DAY = 86_400_000;
const LARGEST = 2n ** 63n - 1n;

export const dayPlace = (time: number): Place => String(Math.trunc(time / DAY));

/** Where a tweet is looked for that is known by its time only. */
export const timePlace = (time: number | null): Place => (time === null ? "timeless" : dayPlace(time));

/** Where a tweet will appear that is known by its id only: on the day that its id tells, or on the day before where the id is that of a
 *  later version. */
export function idPlaces(id: TweetId): Place[] {
  if (id.length < 15) return ["old"];
  const number = BigInt(id);
  const time = ((number > LARGEST ? LARGEST : number) >> 22n) + 1_288_834_974_657n;
  return [dayPlace(Number(time)), dayPlace(Number(time) - DAY)];
}

/** What is noted of a session by its name. */
export const sessionPlace = (chat: ChatSlug, session: SessionSlug): Place => `${chat}/${session}`;

/** Who is behind an account, or behind a handle of which no account is known. */
export const authorPlace = (id: string | null, handle: string): Place => `@${id ?? `h:${handle.toLowerCase()}`}`;

/** What is known of which handle is whose; of which pictures are kept; of which tweets are hidden; of what was erased. */
export const HANDLES: Place = "handles";
export const PICTURES: Place = "pictures";
export const HIDDEN: Place = "hidden";
export const ERASED: Place = "erased";

/** Which places of the archive changed. */
export class Marks {
  readonly #all: Statement;

  constructor(db: Db) {
    this.#all = db
      .prepare("SELECT group_concat(place || ' ' || mark, char(10)) FROM (SELECT place, mark FROM mark ORDER BY place)")
      .pluck();
  }

  /** All marks as one text, a line each: equal texts, nothing changed. */
  all(): string {
    return (this.#all.get() as string | null) ?? "";
  }
}

/** The places of which two such texts say different things. */
export function changedPlaces(before: string, now: string): Set<Place> {
  const [was, is] = [new Set(before.split("\n")), new Set(now.split("\n"))];
  const placeOf = (line: string): Place => line.slice(0, line.lastIndexOf(" "));
  return new Set([...was.symmetricDifference(is)].filter((line) => line !== "").map(placeOf));
}
