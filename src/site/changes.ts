import type { SiteConfig, Transcript } from "../model.ts";
import { Crew } from "./crew.ts";
import type { SiteFolder } from "./folder.ts";
import { findStale, type Known, readSessions, type SessionKey } from "./freshen.ts";
import { siteOf } from "./open.ts";
import { type Rendered, type RenderOptions, renderUnits, type Shard } from "./render.ts";
import { renderShard, type ShardPlace } from "./shard.ts";
import { ShelfStock } from "./stock.ts";
import { type SiteState, unitsOf, weightsOf } from "./units.ts";

export interface ChangeOptions {
  readonly config: SiteConfig;
  readonly program: string;
  readonly folder: SiteFolder;
  readonly now: number;
  readonly full: boolean;
  /** Sessions that nobody has reviewed are part of the site. */
  readonly drafts: boolean;
  /** Whether more than a shard is shared out among processes. */
  readonly crew: boolean;
}

export interface Changed {
  readonly rendered: Rendered;
  readonly unmatched: Transcript["unmatched"];
  readonly hasCards: boolean;
}

/** More than so many sessions are read by a crew, or rendered by it: it takes a second to start. */
const FEW = 20;
const FEW_RENDERED = 4;

/** Reads the sessions that changed, and renders the pages that are made from what changed. */
export async function renderChanges(known: Known, options: ChangeOptions): Promise<Changed> {
  const { archive, work } = known;
  const { config, program, folder, now, full, drafts } = options;
  const few = options.crew ? FEW : Number.POSITIVE_INFINITY;
  const crew = new Crew({ archive: archive.dir, now, drafts });
  try {
    await archive.lockWork(async () => {
      if (full) work.transaction(() => work.shelf.clear());
      const stale = findStale(known, program);
      if (stale.length <= few) readSessions(known, stale, config);
      else await crew.carryOut(batchesOf(stale), () => undefined);
    });
    const site = siteOf(known, { config, now, drafts });
    const stock = new ShelfStock(work.shelf);
    const placeOf = (shard: Shard): ShardPlace => ({ folder: shard.folder, out: folder.path });
    const render: RenderOptions["render"] = async (shards, done) => {
      const sessions = shards.reduce((sum, { scope }) => sum + scope.sessions.length, 0);
      if (options.crew && sessions > FEW_RENDERED)
        await crew.carryOut(
          shards.map((shard) => ({ kind: "render", shard, scope: shard.scope, place: placeOf(shard) }) as const),
          ({ shard }, files) => done(shard, files),
        );
      else for (const shard of shards) done(shard, await renderShard(site, shard.scope, placeOf(shard)));
    };
    const units = unitsOf({ site, program, digestOf: digestsIn(known, stock) });
    const rendered = await renderUnits({ units, weigh: weightsOf(site), folder, known: work.site(folder.path), full, render });
    return { rendered, unmatched: unmatchedIn(known), hasCards: site.cards !== null };
  } finally {
    crew.close();
  }
}

/** Small ones, so that none waits for the other at the end. */
function batchesOf(sessions: readonly SessionKey[]): { readonly kind: "read"; readonly sessions: readonly SessionKey[] }[] {
  return Array.from({ length: Math.ceil(sessions.length / FEW) }, (_, index) => ({
    kind: "read",
    sessions: sessions.slice(index * FEW, (index + 1) * FEW),
  }));
}

function digestsIn({ archive }: Known, stock: ShelfStock): SiteState["digestOf"] {
  const digests = new Map(
    archive.chats.flatMap(({ slug: chat }) =>
      stock.sessions(chat).map(({ session: { slug }, digest }) => [`${chat}/${slug}`, digest] as const),
    ),
  );
  return (chat, slug) => digests.get(`${chat}/${slug}`) ?? "";
}

const unmatchedIn = ({ archive, work }: Known): Transcript["unmatched"] =>
  archive.chats.flatMap(({ slug }) => work.shelf.unmatched<Transcript["unmatched"][number]>(slug));
