import type { BuiltSite, Role } from "../store/built.ts";
import type { SiteFolder } from "./folder.ts";
import { isList, isSession, type Plan, planOf } from "./plan.ts";
import { type Scope, shardsOf } from "./scope.ts";
import type { SearchScope } from "./search.ts";
import { type Settled, settle } from "./settle.ts";
import { brokenIn, type There } from "./there.ts";
import {
  changedYears,
  isPerson,
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

export interface Rendered extends Settled {
  /** Sessions whose pages stood as they should. */
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

/** Brings a folder up to date. Pages wait in `<folder>/.next` until all of them are there, and are then put into their places one by one,
 *  those that list others last: a build that fails leaves the last good site as it was; one that is killed leaves whole pages, old or
 *  new, and the next one goes on from there. */
export async function renderUnits(options: RenderOptions): Promise<Rendered> {
  const { state, turn, folder, known, there, full } = options;
  const broken = full ? NONE : brokenIn(folder, known, there);
  const { units, built } = unitsBeside(options, broken);
  const rendered = known.rendered();
  const plan = planOf(units, { built, rendered, broken, waits: (shard, file) => folder.waits(shard, file) }, full);
  known.keepRendered(new Set(plan.put.keys()));
  folder.clearShards(new Set([...plan.put.values()].map(({ shard }) => shard)));
  await renderAll(options, { units, plan });
  const settled = settle({ folder, known, there, made: { making: makingOf(state), turn } }, plan.gone);
  return { ...settled, unchanged: [...units.keys()].filter(isSession).length - settled.sessions };
}

const NONE: ReadonlySet<UnitName> = new Set();

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

const roleOf = (unit: UnitName): Role => (isPerson(unit) ? "person" : isList(unit) ? "list" : "session");
