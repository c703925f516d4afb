import type { BuiltSite, BuiltUnit, RenderedUnit } from "../store/built.ts";
import { filesIn, type SiteFolder } from "./folder.ts";
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
  readonly built: ReadonlyMap<UnitName, BuiltUnit>;
  /** The files that builds put here, and those of them that are there. */
  readonly listed: ReadonlySet<string>;
  readonly there: ReadonlySet<string>;
}

export function standsIn(folder: SiteFolder, known: BuiltSite): Stands {
  const listed = filesIn(folder.list());
  return { built: known.units(), listed: new Set(listed), there: new Set(listed.filter((file) => folder.has(file))) };
}

/** Brings a folder up to date. Pages wait in `<folder>/.next` until all of them are there, and are then put into their places one by one,
 *  those that list others last: a build that fails leaves the last good site as it was; one that is killed leaves whole pages, old or
 *  new, and the next one goes on from there. */
export async function renderUnits(options: RenderOptions): Promise<Rendered> {
  const { units, folder, known, full } = options;
  const { built, listed, there } = options.stands ?? standsIn(folder, known);
  const plan = planOf(
    units,
    {
      built,
      rendered: known.rendered(),
      has: (file) => there.has(file),
      waits: (shard, file) => folder.waits(shard, file),
    },
    full,
  );
  folder.clearShards(new Set([...plan.put.values()].map(({ shard }) => shard)));
  const put = new Map([...plan.put, ...(await renderAll(options, plan))]);
  return settle(options, { plan, put, listed });
}

async function renderAll({ units, weigh, folder, known, render }: RenderOptions, plan: Plan): Promise<Map<UnitName, RenderedUnit>> {
  const shards = shardsOf(plan.render, { changed: changedIn(units, plan), weigh }).map((scope, index): Shard => {
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
function changedIn(units: UnitKeys, { stale }: Plan): (search: UnitName) => SearchScope["changed"] {
  return (search) => {
    const stands = stale.get(search);
    const years = stands === undefined ? null : changedYears(stands.key, units.get(search) ?? "");
    return stands === undefined || years === null ? null : { years, files: stands.files };
  };
}

interface Made {
  readonly plan: Plan;
  readonly put: ReadonlyMap<UnitName, RenderedUnit>;
  readonly listed: ReadonlySet<string>;
}

function settle({ units, folder, known }: RenderOptions, { plan, put, listed }: Made): Rendered {
  const should = new Set([...[...plan.keep.values()].flatMap(({ files }) => files), ...[...put.values()].flatMap(({ files }) => files)]);
  folder.writeList(listed.union(should));
  const order = [...put].sort(([a], [b]) => Number(isList(a)) - Number(isList(b)));
  const written = order.reduce((sum, [, { shard, files }]) => sum + files.filter((file) => folder.put(shard, file)).length, 0);
  const removed = [...listed.difference(should)].filter((file) => folder.remove(file)).length;
  folder.writeList(should);
  known.settle(put, plan.gone);
  folder.clearShards();
  const sessions = [...put.keys()].filter(isSession).length;
  const unchanged = [...units.keys()].filter(isSession).length - sessions;
  return { files: should.size, written, removed, sessions, unchanged };
}
