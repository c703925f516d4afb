import type { TweetId } from "../model.ts";
import type { Looked, Query, Range } from "../source/network.ts";
import type { PageKeeper } from "./page.ts";
import { interrupted, patiently } from "./retry.ts";
import { type Run, Stop } from "./run.ts";
import { pay, walkThrough } from "./walk.ts";

/** Each round may bring tweets whose conversations nobody asked for yet; a chat is not that deep. */
const ROUNDS = 8;
/** Ids a request. */
const BATCH = 100;

/** What the tag of a session misses (capture.md): tweets of the hosts, conversations, and what the session's tweets answer and quote. */
export async function gatherRest(run: Run, keeper: PageKeeper, { range, late }: { range: Range; late: Range }): Promise<void> {
  const { network, gathering, asks } = run.options;
  const looked = new Set<TweetId>();
  // a range of time that is no session's: only what bears the tag, and what that answers
  if (gathering.session === null) return void (await lookUp(run, keeper, looked));
  if (gathering.hosts.length > 0)
    for (const query of network.split({ role: "hosts", handles: gathering.hosts })) await walkThrough(run, keeper, query, range);
  const asked = new Set<TweetId>();
  for (let round = 0; round < ROUNDS; round++) {
    adopt(run);
    if (await lookUp(run, keeper, looked)) adopt(run);
    const ids = run.store.gatherer.conversations(gathering, asks).filter((id) => !asked.has(id));
    if (ids.length === 0) return;
    const query: Query = { role: "conversations", ids };
    for (const part of network.split(query)) await walkThrough(run, keeper, part, late);
    for (const id of ids) asked.add(id);
  }
  adopt(run);
  await lookUp(run, keeper, looked);
}

function adopt(run: Run): void {
  const { gathering, session } = run.options;
  run.fresh += run.store.transaction(() => {
    const adopted = run.store.gatherer.adopt(gathering);
    if (adopted > 0 && session !== null) run.store.keepSession(session);
    return adopted;
  });
}

/** Asks for what the session's tweets answer and quote and is not held, each once a sweep, and remembers what nobody can have.
 *  true: there was something to ask for. */
async function lookUp(run: Run, keeper: PageKeeper, looked: Set<TweetId>): Promise<boolean> {
  const { store } = run;
  const wanted = store.gatherer.wanted(run.options.gathering).filter((id) => !looked.has(id) && store.removals.grave(id) === null);
  for (let at = 0; at < wanted.length; at += BATCH) await lookUpBatch(run, keeper, wanted.slice(at, at + BATCH));
  for (const id of wanted) looked.add(id);
  return wanted.length > 0;
}

async function lookUpBatch(run: Run, keeper: PageKeeper, ids: readonly TweetId[]): Promise<void> {
  const { network, signal, maxPosts } = run.options;
  if (signal.aborted) throw interrupted();
  if (run.left < ids.length) throw new Stop("max posts", `--max-posts ${maxPosts}: ${run.paid} tweets were read`);
  for await (const page of patiently<Looked>(run, () => network.lookup(ids))) {
    // who answers a session's tweet is told by others, not by the tag: `refused` says why it cannot be kept
    const kept = await keeper.keep(page, ({ seen, refused }) => {
      for (const { id, why } of page.absent) run.store.coverage.putMissing(id, why, page.receivedAt);
      for (const { id, why } of refused) run.store.coverage.putMissing(id, why, page.receivedAt);
      for (const { name } of seen) run.store.coverage.dropMissing(name);
      for (const id of page.ids)
        if (seen.every(({ name }) => name !== id) && refused.every((one) => one.id !== id))
          run.store.coverage.putMissing(id, "removed", page.receivedAt);
      pay(run, page);
    });
    run.fresh += kept.fresh;
    run.told(page, null);
  }
}
