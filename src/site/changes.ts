import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import type { SiteConfig, Transcript } from "../model.ts";
import type { BuiltSite } from "../store/built.ts";
import type { Edition } from "../store/people.ts";
import type { Crew, Extent } from "./crew.ts";
import type { SiteFolder } from "./folder.ts";
import { readSessions, renewRollups } from "./freshen.ts";
import { KeptStock } from "./kept-stock.ts";
import { siteOf } from "./open.ts";
import { type Rendered, type RenderOptions, renderUnits } from "./render.ts";
import type { SessionKey } from "./site.ts";
import { findStale, type Known } from "./stale.ts";
import type { There } from "./there.ts";
import type { SiteState } from "./units.ts";

export interface ChangeOptions {
  readonly config: SiteConfig;
  readonly program: string;
  readonly folder: SiteFolder;
  /** What is known of it. */
  readonly built: BuiltSite;
  /** What is there in it. */
  readonly there: There;
  readonly now: number;
  readonly full: boolean;
  readonly edition: Edition;
  /** Files that find tweets are part of it. */
  readonly search: boolean;
  /** To whom what is much is left; null: to nobody. */
  readonly crew: Crew | null;
}

export interface Changed {
  readonly rendered: Rendered;
  readonly unmatched: Transcript["unmatched"];
  readonly hasCards: boolean;
}

/** More than so many sessions are much: other processes take half a second to start, and slow this one down meanwhile. */
export const FEW = 4;
/** So many pages of people take as long as those of a session. */
const PEOPLE = 50;
/** Read by one of the crew at once. */
const BATCH = 20;

/** Reads the sessions that changed, and renders the pages that are made from what changed. */
export async function renderChanges(known: Known, options: ChangeOptions): Promise<Changed> {
  const { archive, work } = known;
  const { config, program, folder, built, there, now, full, edition, search, crew } = options;
  const crewFor = (sessions: number): Crew | null => (sessions > FEW ? crew : null);
  archive.folder.keepLittle();
  const turn = await archive.lockWork(async () => {
    if (full) work.transaction(() => work.shelf.clear());
    const stale = findStale(known, program);
    const readers = crewFor(stale.length);
    if (readers === null) readSessions(known, stale, config);
    else {
      archive.store.keepLittle(); // others read it
      readers.start(extentOf(known, stale));
      await readers.carryOut(batchesOf(stale, readers.size), () => undefined);
    }
    renewRollups(known, edition);
    return work.shelf.people.lastTurn();
  });
  const stock = new KeptStock(work.shelf, edition);
  const site = siteOf(archive, { config, now, stock });
  const render: RenderOptions["render"] = async (shards, done) => {
    const tasks = shards.map(
      (shard) => ({ kind: "render", shard, scope: shard.scope, place: { folder: shard.folder, out: folder.path } }) as const,
    );
    const makers = crewFor(shards.reduce((sum, { scope: { sessions, people } }) => sum + sessions.length + people.length / PEOPLE, 0));
    if (makers !== null) {
      makers.start(work.shelf.extent());
      return makers.carryOut(tasks, ({ shard }, files) => done(shard, files));
    }
    const { renderShard } = await import("./shard.ts"); // with Eleventy, which takes a quarter of a second
    for (const { shard, scope, place } of tasks) done(shard, await renderShard(site, scope, place));
  };
  const state: SiteState = { site, edition, program, digestOf: digestsIn(archive, stock) };
  const rendered = await renderUnits({ state, search, turn, folder, known: built, there, full, render });
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

function digestsIn({ chats }: Archive, stock: KeptStock): SiteState["digestOf"] {
  const digests = new Map(
    chats.flatMap(({ slug: chat }) => stock.sessions(chat).map(({ session: { slug }, digest }) => [`${chat}/${slug}`, digest] as const)),
  );
  return (chat, slug) => digests.get(`${chat}/${slug}`) ?? "";
}

const unmatchedIn = ({ archive, work }: Known): Transcript["unmatched"] =>
  archive.chats.flatMap(({ slug }) => work.shelf.unmatched<Transcript["unmatched"][number]>(slug));
