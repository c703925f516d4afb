import type { RenderedUnit } from "../store/built.ts";
import { differInNeighbours, isYear, SEARCH, SITE, type UnitKeys, type UnitName } from "./units.ts";

/** What is known of a folder that a site is built into. */
export interface Standing {
  /** The keys of what stands: of these units at least, and of whatever else is to go. */
  readonly built: ReadonlyMap<UnitName, string>;
  /** Of these a file is not there. */
  readonly broken: ReadonlySet<UnitName>;
  /** Rendered by a build that came to no end. */
  readonly rendered: ReadonlyMap<UnitName, RenderedUnit>;
  /** Whether a file waits in a shard's folder, or has been put in its place from there. */
  waits(shard: string, file: string): boolean;
}

export interface Plan {
  /** Units to render, in the order of the site. */
  readonly render: readonly UnitName[];
  /** Sessions that stand as they should but for the names of their neighbours. */
  readonly relink: readonly UnitName[];
  /** Units that are rendered and need only be put in their place. */
  readonly put: ReadonlyMap<UnitName, RenderedUnit>;
  /** Units to render of which all files of an earlier key are there. */
  readonly stale: ReadonlySet<UnitName>;
  /** Units that are none any more. */
  readonly gone: readonly UnitName[];
}

/** What a build has to do, from what should stand and what stands. `full`: all is rendered again. */
export function planOf(units: UnitKeys, { built, broken, rendered, waits }: Standing, full: boolean): Plan {
  const put = new Map<UnitName, RenderedUnit>();
  const stale = new Set<UnitName>();
  const [render, relink]: [UnitName[], UnitName[]] = [[], []];
  for (const [unit, key] of units) {
    const stands = full || broken.has(unit) ? undefined : built.get(unit);
    if (stands === key) continue;
    const ready = rendered.get(unit);
    if (!full && ready?.key === key && ready.files.every((file) => waits(ready.shard, file))) put.set(unit, ready);
    else if (stands !== undefined && differInNeighbours(stands, key)) relink.push(unit);
    else render.push(unit);
    if (stands !== undefined) stale.add(unit);
  }
  return { render, relink, put, stale, gone: [...built.keys()].filter((unit) => !units.has(unit)) };
}

/** Whether a unit is a session: with its chat it has two parts, a person three. */
export const isSession = (unit: UnitName): boolean =>
  unit !== SITE && !unit.startsWith(SEARCH) && unit.split("/").length === 2 && !isYear(unit);

/** What lists other pages is put in its place after them: whoever reads meanwhile meets no link that leads nowhere. */
export const isList = (unit: UnitName): boolean => !unit.includes("/") || isYear(unit) || unit.startsWith(SEARCH);
