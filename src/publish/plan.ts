/** What a publication changes at its target, in the order it is done: a reader who comes in the middle finds no link that leads nowhere. */
export interface Plan {
  /** New and changed files in stages: what pages load, pages, indexes. */
  readonly put: readonly (readonly string[])[];
  /** At the end: files of an earlier publication that are none of this one's. */
  readonly remove: readonly string[];
  readonly unchanged: number;
}

/** Names of the files an earlier publication left at its target, one a line: only these are ever removed or replaced. */
export const LIST = ".chatscribe-files";

/** What a target is asked before anything is done. */
export interface Found {
  /** Files of an earlier publication; empty: there was none. */
  readonly known: ReadonlySet<string>;
  /** Those of the site's files that differ there or are not there. */
  readonly differing: ReadonlySet<string>;
}

export function planOf(files: readonly string[], { known, differing }: Found): Plan {
  const put = Map.groupBy(
    files.filter((file) => differing.has(file)),
    stageOf,
  );
  const stages = [...put].sort(([a], [b]) => a - b).map(([, names]) => names.toSorted());
  const site = new Set(files);
  return { put: stages, remove: [...known].filter((file) => !site.has(file)).sort(), unchanged: files.length - differing.size };
}

/** Below the folder of a session or of a person, or one of many: `tea/2026-03-03/index.html`, `search/tea/now/12.bin`. */
const PAGE = /^[^/]+\/(?:\d{4}-\d{2}-\d{2}|people\/|[^/]+\/[^/]+\/)/;

function stageOf(file: string): number {
  if (file.startsWith("assets/")) return 0;
  return PAGE.test(file) ? 1 : 2;
}

export const listOf = (files: Iterable<string>): string => `${[...files].sort().join("\n")}\n`;

/** The names in a list; what could lead out of the target is none. */
export const namesIn = (list: string): Set<string> =>
  new Set(list.split("\n").filter((file) => file !== "" && !file.startsWith("/") && !file.split(/[/\\]/).includes("..")));
