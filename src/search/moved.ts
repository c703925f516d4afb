import type { SearchSession } from "./years.ts";

/** What is known of a year's sessions without their tweets, oldest first. */
export type Stamps = readonly Pick<SearchSession, "slug" | "count" | "hash">[];

/** Where the tweets of sessions that stay are in their year now, by where they were; and the sessions that are new or others. */
export function placesMoved(
  was: Stamps,
  are: readonly SearchSession[],
): { moved: number[]; fresh: { session: SearchSession; from: number }[] } {
  const stood = new Map<string, { readonly hash: string; readonly from: number }>();
  let place = 0;
  for (const { slug, count, hash } of was) {
    stood.set(slug, { hash, from: place });
    place += count;
  }
  const moved: number[] = [];
  const fresh: { session: SearchSession; from: number }[] = [];
  place = 0;
  for (const session of are) {
    const old = stood.get(session.slug);
    if (old?.hash !== session.hash) fresh.push({ session, from: place });
    else for (let index = 0; index < session.count; index++) moved[old.from + index] = place + index;
    place += session.count;
  }
  return { moved, fresh };
}
