import type { BuiltSite, RenderedUnit } from "../store/built.ts";
import { listOf, type SiteFolder } from "./folder.ts";
import { filesIn } from "./lookout.js";
import { isList, isSession, type Plan, planOf } from "./plan.ts";
import { type Scope, type ShardOptions, shardsOf } from "./scope.ts";
import type { SearchScope } from "./search.ts";
import { changedYears, type UnitKeys, type UnitName } from "./units.ts";

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
  readonly units: UnitKeys;
  readonly weigh: ShardOptions["weigh"];
  readonly folder: SiteFolder;
  readonly known: BuiltSite;
  /** What stands in the folder; absent: it is looked for. */
  readonly stands?: Stands;
  readonly full: boolean;
  /** Renders the shards, each into the folder it is given, and says which files each unit has there, shard by shard as it is done. */
  render(shards: readonly Shard[], done: (shard: Shard, files: ReadonlyMap<UnitName, readonly string[]>) => void): Promise<void>;
}

interface Shard {
  readonly name: string;
  readonly folder: string;
  readonly scope: Scope;
}

/** What stands in a folder before it is brought up to date. */
export interface Stands {
  /** The keys of units. */
  readonly built: ReadonlyMap<UnitName, string>;
  /** Units of which a file is not there, or nobody knows that it is ours. */
  readonly broken: ReadonlySet<UnitName>;
  /** The files that builds put here, a line each. */
  readonly list: string;
}

export async function standsIn(folder: SiteFolder, known: BuiltSite, lookout = folder.lookOut()): Promise<Stands> {
  const list = lookout.list ?? "";
  const missing = new Set(await lookout.missing());
  const isWhole = missing.size === 0 && list === known.list();
  return { built: known.keys(), broken: isWhole ? new Set() : brokenIn(known, { list, missing }), list };
}

function brokenIn(known: BuiltSite, { list, missing }: { readonly list: string; readonly missing: ReadonlySet<string> }): Set<UnitName> {
  const there = new Set(filesIn(list)).difference(missing);
  const broken = [...known.units()].filter(([, { files }]) => !files.every((file) => there.has(file)));
  return new Set(broken.map(([unit]) => unit));
}

/** Brings a folder up to date. Pages wait in `<folder>/.next` until all of them are there, and are then put into their places one by one,
 *  those that list others last: a build that fails leaves the last good site as it was; one that is killed leaves whole pages, old or
 *  new, and the next one goes on from there. */
export async function renderUnits(options: RenderOptions): Promise<Rendered> {
  const { units, folder, known, full } = options;
  const { built, broken, list } = options.stands ?? (await standsIn(folder, known));
  const plan = planOf(
    units,
    {
      built,
      rendered: known.rendered(),
      broken,
      waits: (shard, file) => folder.waits(shard, file),
    },
    full,
  );
  folder.clearShards(new Set([...plan.put.values()].map(({ shard }) => shard)));
  const put = new Map([...plan.put, ...(await renderAll(options, plan))]);
  return settle(options, { plan, put, list });
}

async function renderAll({ units, weigh, folder, known, render }: RenderOptions, plan: Plan): Promise<Map<UnitName, RenderedUnit>> {
  const shards = shardsOf(plan.render, { changed: changedIn(units, plan, known), weigh }).map((scope, index): Shard => {
    const name = `${process.pid}-${index}`;
    return { name, folder: folder.shard(name), scope };
  });
  const made = new Map<UnitName, RenderedUnit>();
  try {
    await render(shards, ({ name }, files) => {
      const fresh = new Map([...files].map(([unit, own]) => [unit, { key: units.get(unit) ?? "", files: own, shard: name }]));
      known.addRendered(fresh);
      for (const [unit, one] of fresh) made.set(unit, one);
    });
  } catch (error) {
    known.settle(new Map(), []);
    folder.clearShards();
    throw error;
  }
  return made;
}

/** What of a chat's search is other than what stands. */
function changedIn(units: UnitKeys, { stale }: Plan, known: BuiltSite): (search: UnitName) => SearchScope["changed"] {
  return (search) => {
    const stands = stale.has(search) ? known.unit(search) : null;
    const years = stands === null ? null : changedYears(stands.key, units.get(search) ?? "");
    return stands === null || years === null ? null : { years, files: stands.files };
  };
}

interface Made {
  readonly plan: Plan;
  readonly put: ReadonlyMap<UnitName, RenderedUnit>;
  readonly list: string;
}

function settle({ units, folder, known }: RenderOptions, { plan, put, list }: Made): Rendered {
  folder.writeList(list + listOf([...put.values()].flatMap(({ files }) => files)));
  const order = [...put].sort(([a], [b]) => Number(isList(a)) - Number(isList(b)));
  const written = order.reduce((sum, [, { shard, files }]) => sum + files.filter((file) => folder.put(shard, file)).length, 0);
  known.settle(put, plan.gone);
  const now = known.list();
  const should = new Set(filesIn(now));
  const removed = filesIn(list).filter((file) => !should.has(file) && folder.remove(file)).length;
  folder.writeList(now);
  folder.clearShards();
  const sessions = [...put.keys()].filter(isSession).length;
  const unchanged = [...units.keys()].filter(isSession).length - sessions;
  return { files: should.size, written, removed, sessions, unchanged };
}
