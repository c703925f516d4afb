import type { BuiltSite, Stood } from "../store/built.ts";
import { filesIn, type SiteFolder } from "./folder.ts";
import { isList, isSession } from "./plan.ts";
import { type There, watchAll } from "./there.ts";
import { isYear, type UnitName } from "./units.ts";

interface Place {
  readonly folder: SiteFolder;
  readonly known: BuiltSite;
  /** What was there before. */
  readonly there: There;
  readonly made: Pick<Stood, "making" | "turn">;
}

export interface Settled {
  /** All files of the site. */
  readonly files: number;
  /** Files whose bytes changed, and those that no page is made for any more. */
  readonly written: number;
  readonly removed: number;
  /** Sessions whose pages were made. */
  readonly sessions: number;
}

/** Puts what is rendered into its place, and removes what no page is made for any more. `gone`: units that are none any more. */
export function settle(place: Place, gone: readonly UnitName[]): Settled {
  const { folder, known, there, made } = place;
  const before = there.isKnown ? known.stood() : null;
  const list = before === null ? folder.list() : null;
  const left = list === null ? gone.flatMap((unit) => known.unit(unit)?.files ?? []) : filesIn(list);
  known.unsettle();
  if (list !== null) folder.writeList(both(list, known.waitingLists()));
  const put = putWaiting(place, { isListed: list !== null, left });
  known.settle(gone);
  const removed = put.left.size === 0 ? 0 : removeLeft(place, put.left);
  const files = before !== null && put.left.size === 0 ? before.files + put.more : folder.writeList(known.lists());
  folder.clearShards();
  const watched = list === null ? there.touched.union(put.watched) : allWatched(known);
  const folders = new Map([...watched].map((name) => [name, folder.stampOf(name)]));
  known.putStood({ ...made, list: folder.listStamp(), files }, { folders, isAll: list !== null });
  return { files, written: put.written, removed, sessions: put.sessions };
}

interface Put extends Pick<Settled, "written" | "sessions"> {
  /** Files that may be none of any unit any more. */
  readonly left: ReadonlySet<string>;
  /** Where the list did not name it before: the folders by which what was put, or is left, is watched; and how many files it names more. */
  readonly watched: ReadonlySet<string>;
  readonly more: number;
}

/** `isListed`: the list names already what waits; `left`: files that may be none of any unit, as is known before. */
function putWaiting({ folder, known }: Place, before: { readonly isListed: boolean; readonly left: readonly string[] }): Put {
  const [left, watched] = [new Set(before.left), new Set<string>()];
  let [written, sessions, more] = [0, 0, 0];
  for (const { unit, shard, files } of known.waiting()) {
    const stood = new Set(known.unit(unit)?.files);
    if (!before.isListed) {
      more += folder.addToList(files.filter((file) => !stood.has(file)));
      watchAll(files, watched);
    }
    written += folder.put(shard, { own: isList(unit) && !isYear(unit) ? null : unit, files });
    if (isSession(unit)) sessions++;
    for (const file of stood.difference(new Set(files))) left.add(file);
  }
  if (!before.isListed) watchAll(left, watched);
  return { written, sessions, left, watched, more };
}

/** The folders by which the files of all units are watched. */
function allWatched(known: BuiltSite): ReadonlySet<string> {
  const watched = new Set<string>();
  for (const list of known.lists()) watchAll(filesIn(list), watched);
  return watched;
}

/** Removes files that are none of any unit. Returns how many were there. */
function removeLeft({ folder, known }: Place, left: ReadonlySet<string>): number {
  const gone = new Set(left);
  for (const list of known.lists()) for (const file of filesIn(list)) gone.delete(file);
  return [...gone].filter((file) => folder.remove(file)).length;
}

function* both(list: string, lists: Iterable<string>): Generator<string> {
  yield list;
  yield* lists;
}
