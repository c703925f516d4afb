import { dirname } from "node:path/posix";
import type { BuiltSite } from "../store/built.ts";
import { filesIn, type SiteFolder } from "./folder.ts";
import { cardPath } from "./paths.ts";
import type { UnitName } from "./units.ts";

/** What is there in a folder before it is brought up to date. */
export interface There {
  /** Its list of files is the one that the last build left. */
  readonly isKnown: boolean;
  /** Its folders that somebody has touched since. */
  readonly touched: ReadonlySet<string>;
}

export function thereIn(folder: SiteFolder, known: BuiltSite): There {
  const touched = [...known.folders()].filter(([name, stamp]) => folder.stampOf(name) !== stamp);
  return { isKnown: known.stood()?.list === folder.listStamp(), touched: new Set(touched.map(([name]) => name)) };
}

/** The folder by which a file is watched: its own; of a page and its card the one above, as most have one to themselves. A site of ten
 *  thousand sessions has two hundred thousand files, but only twenty thousand folders that hold more. What these do not tell is that a page
 *  was taken out of its own folder, and that was left. */
const watchOf = (file: string): string => dirname(OF_PAGES.some((name) => file.endsWith(name)) ? dirname(file) : file);
const OF_PAGES = ["/index.html", cardPath("/")];

/** Adds the folders by which files are watched, and those that change where one of these comes or goes. */
export function watchAll(files: Iterable<string>, to: Set<string>): void {
  for (const file of files) {
    const folder = watchOf(file);
    to.add(folder).add(dirname(folder));
  }
}

/** Units of which a file is not there, or nobody knows that it is ours. */
export function brokenIn(folder: SiteFolder, known: BuiltSite, { isKnown, touched }: There): ReadonlySet<UnitName> {
  if (isKnown && touched.size === 0) return new Set();
  const listed = isKnown ? null : new Set(filesIn(folder.list()));
  const stands = (file: string): boolean => {
    if (listed !== null) return listed.has(file) && folder.has(file);
    return !(touched.has(watchOf(file)) || touched.has(dirname(file))) || folder.has(file);
  };
  const broken = [...known.units()].filter(([, { files }]) => !files.every(stands));
  return new Set(broken.map(([unit]) => unit));
}
