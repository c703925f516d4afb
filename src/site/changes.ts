import { boundsOf } from "../archive/belonging.ts";
import type { SiteConfig, Transcript } from "../model.ts";
import type { Crew, Extent } from "./crew.ts";
import type { SiteFolder } from "./folder.ts";
import { findStale, type Known, readSessions, type SessionKey } from "./freshen.ts";
import { siteOf } from "./open.ts";
import { type Rendered, type RenderOptions, renderUnits, type Shard } from "./render.ts";
import type { ShardPlace } from "./shard.ts";
import { ShelfStock } from "./stock.ts";
import { SEARCH, type SiteState, unitsOf, weightsOf } from "./units.ts";

export interface ChangeOptions {
  readonly config: SiteConfig;
  readonly program: string;
  readonly folder: SiteFolder;
  readonly now: number;
  readonly full: boolean;
  /** Sessions that nobody has reviewed are part of the site. */
  readonly drafts: boolean;
  /** Files that find tweets are part of it. */
  readonly search: boolean;
  /** Of the build. */
  readonly crew: Crew;
  /** How much is left to the crew. */
  readonly share: Share;
}

export interface Changed {
  readonly rendered: Rendered;
  readonly unmatched: Transcript["unmatched"];
  readonly hasCards: boolean;
}

/** What a crew does of a build: all; what is much, as it takes a second to start; nothing. */
type Share = "all" | "much" | "nothing";

/** More than so many sessions to read, or to render, are the crew's. */
const FEW = { all: { read: 0, rendered: -1 }, much: { read: 20, rendered: 4 }, nothing: { read: Infinity, rendered: Infinity } } as const;
/** Read by one of the crew at once. */
const BATCH = 20;

/** Reads the sessions that changed, and renders the pages that are made from what changed. */
export async function renderChanges(known: Known, options: ChangeOptions): Promise<Changed> {
  const { archive, work } = known;
  const { config, program, folder, now, full, drafts, crew } = options;
  const few = FEW[options.share];
  await archive.lockWork(async () => {
    if (full) work.transaction(() => work.shelf.clear());
    const stale = findStale(known, program);
    if (stale.length <= few.read) return readSessions(known, stale, config);
    crew.start(extentOf(known, stale));
    await crew.carryOut(batchesOf(stale, crew.size), () => undefined);
  });
  const site = siteOf(known, { config, now, drafts });
  const stock = new ShelfStock(work.shelf);
  const placeOf = (shard: Shard): ShardPlace => ({ folder: shard.folder, out: folder.path });
  const render: RenderOptions["render"] = async (shards, done) => {
    const sessions = shards.reduce((sum, { scope }) => sum + scope.sessions.length, 0);
    if (sessions > few.rendered) {
      crew.start(work.shelf.extent());
      return crew.carryOut(
        shards.map((shard) => ({ kind: "render", shard, scope: shard.scope, place: placeOf(shard) }) as const),
        ({ shard }, files) => done(shard, files),
      );
    }
    const { renderShard } = await import("./shard.ts"); // with Eleventy, which takes a quarter of a second
    for (const shard of shards) done(shard, await renderShard(site, shard.scope, placeOf(shard)));
  };
  const all = unitsOf({ site, program, digestOf: digestsIn(known, stock) });
  const units = options.search ? all : new Map([...all].filter(([unit]) => !unit.startsWith(SEARCH)));
  const rendered = await renderUnits({ units, weigh: weightsOf(site), folder, known: work.site(folder.path), full, render });
  return { rendered, unmatched: unmatchedIn(known), hasCards: site.cards !== null };
}

/** Small ones, so that none waits for the other at the end. */
function batchesOf(sessions: readonly SessionKey[], crew: number): { readonly kind: "read"; readonly sessions: readonly SessionKey[] }[] {
  const size = Math.max(1, Math.min(BATCH, Math.ceil(sessions.length / crew)));
  return Array.from({ length: Math.ceil(sessions.length / size) }, (_, index) => ({
    kind: "read",
    sessions: sessions.slice(index * size, (index + 1) * size),
  }));
}

/** As it will be when those that are to be read have been. */
function extentOf({ archive, work }: Known, stale: readonly SessionKey[]): Extent {
  const { sessions, tweets } = work.shelf.extent();
  const counts = stale.map(({ chat, slug }) => {
    const { from, to } = boundsOf(archive.session(archive.chat(chat), slug).window);
    return archive.store.countOf(chat, from, to, slug);
  });
  return { sessions, tweets: counts.reduce((most, count) => Math.max(most, count), tweets) };
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
