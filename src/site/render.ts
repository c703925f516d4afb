import type { BuiltSite, Role } from "../store/built.ts";
import { Count, type Lookout, type SiteFolder } from "./folder.ts";
import { filesIn } from "./lookout.js";
import { isList, isSession, type Plan, planOf } from "./plan.ts";
import { type Scope, shardsOf } from "./scope.ts";
import type { SearchScope } from "./search.ts";
import {
  changedYears,
  isPerson,
  isYear,
  makingOf,
  peopleUnits,
  personKey,
  SEARCH,
  type SiteState,
  sessionOf,
  type UnitKeys,
  type UnitName,
  unitsOf,
  weightsOf,
} from "./units.ts";

export interface Rendered {
  /** All files of the site. */
  readonly files: number;
  /** Files whose bytes changed, and those that no page is made for any more. */
  readonly written: number;
  readonly removed: number;
  /** Sessions whose pages were made, and those whose pages stood as they should. */
  readonly sessions: number;
  readonly unchanged: number;
}

export interface RenderOptions {
  readonly state: SiteState;
  /** Without what finds tweets. */
  readonly search: boolean;
  /** The turn of the rosters that `state` is of. */
  readonly turn: number;
  readonly folder: SiteFolder;
  readonly known: BuiltSite;
  /** What is there in the folder. */
  readonly there: There;
  readonly full: boolean;
  /** Renders the shards, each into the folder it is given, and says which files each unit has there, shard by shard as it is done. */
  render(shards: readonly Shard[], done: (shard: Shard, files: ReadonlyMap<UnitName, readonly string[]>) => void): Promise<void>;
}

interface Shard {
  readonly name: string;
  readonly folder: string;
  readonly scope: Scope;
}

/** What is there in a folder before it is brought up to date. */
export interface There {
  /** The files that builds put here, a line each. */
  readonly list: string;
  /** It is the list that the last build left. */
  readonly isKnown: boolean;
  /** Units of which a file is not there, or nobody knows that it is ours. */
  broken(): Promise<ReadonlySet<UnitName>>;
}

export function thereIn(known: BuiltSite, lookout: Lookout): There {
  const list = lookout.list ?? "";
  const isKnown = known.stood()?.list === lookout.stamp;
  return {
    list,
    isKnown,
    async broken() {
      const missing = new Set(await lookout.missing());
      return isKnown && missing.size === 0 ? NONE : brokenIn(known, { list, missing });
    },
  };
}

const NONE: ReadonlySet<UnitName> = new Set();

function brokenIn(known: BuiltSite, { list, missing }: { readonly list: string; readonly missing: ReadonlySet<string> }): Set<UnitName> {
  const there = new Set(filesIn(list)).difference(missing);
  const broken = [...known.units()].filter(([, { files }]) => !files.every((file) => there.has(file)));
  return new Set(broken.map(([unit]) => unit));
}

/** Brings a folder up to date. Pages wait in `<folder>/.next` until all of them are there, and are then put into their places one by one,
 *  those that list others last: a build that fails leaves the last good site as it was; one that is killed leaves whole pages, old or
 *  new, and the next one goes on from there. */
export async function renderUnits(options: RenderOptions): Promise<Rendered> {
  const { units, gone } = await renderAsFound(options);
  const { sessions, ...settled } = settle(options, gone);
  return { ...settled, sessions, unchanged: [...units.keys()].filter(isSession).length - sessions };
}

/** To look for all files takes as long as to render a session or two: meanwhile those of a list that nobody touched pass for being there. */
async function renderAsFound(options: RenderOptions): Promise<Pick<Task, "units"> & Pick<Plan, "gone">> {
  const { there, full } = options;
  if (full) return renderPlan(options, NONE);
  const first = there.isKnown ? await renderPlan(options, NONE) : null;
  const broken = await there.broken();
  return first !== null && broken.size === 0 ? first : renderPlan(options, broken);
}

/** Renders what is to be rendered where these units are broken. What was rendered before and is as it should be waits on. */
async function renderPlan(options: RenderOptions, broken: ReadonlySet<UnitName>): Promise<Pick<Task, "units"> & Pick<Plan, "gone">> {
  const { folder, known, full } = options;
  const { units, built } = unitsBeside(options, broken);
  const rendered = known.rendered();
  const plan = planOf(units, { built, rendered, broken, waits: (shard, file) => folder.waits(shard, file) }, full);
  known.keepRendered(new Set(plan.put.keys()));
  folder.clearShards(new Set([...plan.put.values()].map(({ shard }) => shard)));
  await renderAll(options, { units, plan });
  return { units, gone: plan.gone };
}

/** The units that may be other ones than those that stand, and the keys of what stands of them, or stands and is none any more. */
function unitsBeside(
  { state, search, known, full }: RenderOptions,
  broken: ReadonlySet<UnitName>,
): { readonly units: UnitKeys; readonly built: UnitKeys } {
  const stood = known.stood();
  const since = full || stood?.making !== makingOf(state) ? null : stood.turn;
  const units = new Map([...unitsOf(state)].filter(([unit]) => search || !unit.startsWith(SEARCH)));
  const built = known.keys(since === null ? "all" : "others");
  const stands = (unit: UnitName): void => {
    const key = since === null ? null : known.key(unit);
    if (key !== null) built.set(unit, key);
  };
  const isOf = (unit: UnitName, key: string | null): void => {
    if (key !== null) units.set(unit, key);
    stands(unit);
  };
  for (const [unit, key] of peopleUnits(state, since ?? 0)) isOf(unit, key);
  for (const unit of broken) if (isPerson(unit) && !units.has(unit)) isOf(unit, personKey(state, unit));
  return { units, built };
}

interface Task {
  readonly units: UnitKeys;
  readonly plan: Plan;
}

async function renderAll(options: RenderOptions, task: Task): Promise<void> {
  const { folder, known, render } = options;
  try {
    const shards = shardsIn(options, { ...task, relinked: await relinkAll(options, task) });
    await render(shards, ({ name }, files) => known.addRendered(readyIn(name, files, task)));
  } catch (error) {
    known.keepRendered(new Set());
    folder.clearShards();
    throw error;
  }
}

/** What is to be rendered, sessions with it that could not be `relinked`. */
function shardsIn(
  { state, folder, known }: RenderOptions,
  { units, plan, relinked }: Task & { readonly relinked: ReadonlySet<UnitName> },
): Shard[] {
  const all = [...plan.render, ...plan.relink.filter((unit) => !relinked.has(unit))];
  return shardsOf(all, { changed: changedIn(units, plan, known), weigh: weightsOf(state.site) }).map((scope) => {
    const name = folder.newShard();
    return { name, folder: folder.shard(name), scope };
  });
}

const readyIn = (shard: string, files: ReadonlyMap<UnitName, readonly string[]>, { units }: Task) =>
  new Map([...files].map(([unit, own]) => [unit, { role: roleOf(unit), key: units.get(unit) ?? "", files: own, shard }] as const));

/** Makes the pages of sessions that have other neighbours from those that stand. Returns the sessions of which it could. */
async function relinkAll({ state, folder, known }: RenderOptions, task: Task): Promise<ReadonlySet<UnitName>> {
  const { relink } = task.plan;
  if (relink.length === 0) return NONE;
  const { relinkPages } = await import("./relink.ts"); // with what makes markup
  const shard = folder.newShard();
  const places = { from: folder.path, to: folder.shard(shard) };
  const able = relink.filter((unit) => relinkPages(state.site, sessionOf(unit), places));
  known.addRendered(readyIn(shard, new Map(able.map((unit) => [unit, known.unit(unit)?.files ?? []])), task));
  return new Set(able);
}

/** What of a chat's search is other than what stands. */
function changedIn(units: UnitKeys, { stale }: Plan, known: BuiltSite): (search: UnitName) => SearchScope["changed"] {
  return (search) => {
    const stands = stale.has(search) ? known.unit(search) : null;
    const years = stands === null ? null : changedYears(stands.key, units.get(search) ?? "");
    return stands === null || years === null ? null : { years, files: stands.files };
  };
}

/** Puts what is rendered into its place, and removes what no page is made for any more. `gone`: units that are none any more. */
function settle(options: RenderOptions, gone: Plan["gone"]): Omit<Rendered, "unchanged"> {
  const { state, turn, folder, known, there } = options;
  const left = new Set(there.isKnown ? gone.flatMap((unit) => known.unit(unit)?.files ?? []) : filesIn(there.list));
  const count = new Count();
  count.add(there.list);
  known.unsettle();
  if (!there.isKnown) folder.writeList(both(there.list, known.waitingLists()));
  let [written, sessions] = [0, 0];
  for (const { unit, shard, files } of known.waiting()) {
    const before = new Set(known.unit(unit)?.files);
    if (there.isKnown) count.add(folder.addToList(files.filter((file) => !before.has(file))));
    written += folder.put(shard, { own: isList(unit) && !isYear(unit) ? null : unit, files });
    if (isSession(unit)) sessions++;
    for (const file of before.difference(new Set(files))) left.add(file);
  }
  known.settle(gone);
  const isExact = there.isKnown && left.size === 0;
  const removed = left.size === 0 ? 0 : removeLeft(options, left);
  const all = isExact ? count.files : folder.writeList(known.lists());
  known.putStood({ making: makingOf(state), turn, list: folder.listStamp() });
  folder.clearShards();
  return { files: all, written, removed, sessions };
}

/** Removes files that are none of any unit. Returns how many were there. */
function removeLeft({ folder, known }: RenderOptions, left: ReadonlySet<string>): number {
  const gone = new Set(left);
  for (const list of known.lists()) for (const file of filesIn(list)) gone.delete(file);
  return [...gone].filter((file) => folder.remove(file)).length;
}

function* both(list: string, lists: Iterable<string>): Generator<string> {
  yield list;
  yield* lists;
}

const roleOf = (unit: UnitName): Role => (isPerson(unit) ? "person" : isList(unit) ? "list" : "session");
