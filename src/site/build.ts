import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import type { SiteConfig, Transcript } from "../model.ts";
import { afterDamage } from "../store/open.ts";
import { Work } from "../store/work.ts";
import { Crew } from "./crew.ts";
import { SiteFolder } from "./folder.ts";
import { programHash } from "./program.ts";
import type { Rendered } from "./render.ts";
import type { Known } from "./stale.ts";
import { standOf, stillStands } from "./standing.ts";
import { siteConfig } from "./theme.ts";
import { thereIn } from "./there.ts";

export interface BuildOptions {
  readonly out: string;
  readonly now: number;
  /** Everything is read and rendered again. */
  readonly full: boolean;
  /** false: sessions that nobody has reviewed are left out, wherever they would be named. */
  readonly drafts?: boolean;
  /** Among how many processors what is much is shared (default 1); 0: all is done in this process. */
  readonly cores?: number;
  /** false: without the files that find tweets (npm run bench:site). */
  readonly search?: boolean;
}

export interface Built extends Rendered {
  /** What the notes name and the archive does not hold. */
  readonly unmatched: Transcript["unmatched"];
  readonly config: SiteConfig;
  /** Pictures that stand for pages were made. */
  readonly hasCards: boolean;
}

/** Brings a site up to date with its archive. Where nothing changed, that is all it finds out. */
export async function buildSite(archive: Archive, options: BuildOptions): Promise<Built> {
  const config = await siteConfig(archive.dir);
  const file = join(archive.dir, "work.db");
  try {
    const work = Work.open(file);
    try {
      return await buildWith({ archive, work }, { ...options, config });
    } finally {
      work.close();
    }
  } catch (error) {
    throw afterDamage(file, error);
  }
}

async function buildWith(
  { archive, work }: Known,
  { out, now, full, drafts = true, cores = 1, search = true, config }: BuildOptions & { readonly config: SiteConfig },
): Promise<Built> {
  const program = programHash(archive.dir);
  const edition = drafts ? "all" : "reviewed";
  const folder = new SiteFolder(out);
  const stand = standOf(archive, { program: `${program} ${edition}`, now });
  const built = work.site(folder.path);
  const there = thereIn(folder, built);
  const told = full ? null : stillStands<Omit<Built, "config">>(built, { stand, there });
  if (told !== null) return { ...told, config, written: 0, removed: 0, sessions: 0, unchanged: told.sessions + told.unchanged };
  const crew = cores === 0 ? null : new Crew({ archive: archive.dir, now, edition }, cores);
  try {
    const { renderChanges } = await import("./changes.ts");
    const { rendered, ...more } = await renderChanges(
      { archive, work },
      { config, program, folder, built, there, now, full, edition, search, crew },
    );
    const found = { ...rendered, ...more };
    if (stand !== null) built.tell({ stand, told: JSON.stringify(found) });
    return { ...found, config };
  } finally {
    await crew?.close();
  }
}
