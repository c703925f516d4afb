import type { TweetId } from "../../src/model.ts";
import type { Network, Page } from "../../src/source/network.ts";
import { timeOfId } from "../x/post.ts";

/** What a network gave, as the driver saw it. */
export class Recorder {
  /** Of each walk, by its number in the store: when the oldest tweet was written of the pages it was given. */
  readonly given = new Map<number, number>();
  /** The same of those that were acknowledged. */
  readonly kept = new Map<number, number>();
  /** Ids that came with pages the driver has told of since: those are acknowledged. */
  readonly acknowledged = new Set<TweetId>();
  #pending: { readonly walk: number | null; readonly ids: readonly TweetId[] }[] = [];

  /** The same network, watched. */
  watch(network: Network): Network {
    return {
      ...network,
      search: (query, range, options) => this.#pages(network.search(query, range, options), "id" in range ? Number(range.id) : null),
      lookup: (ids) => this.#pages(network.lookup(ids), null),
    };
  }

  /** The driver says that what came is kept. */
  acknowledge(): void {
    for (const { walk, ids } of this.#pending) {
      for (const id of ids) this.acknowledged.add(id);
      note(this.kept, walk, ids);
    }
    this.#pending = [];
  }

  /** What came and was not acknowledged was not promised: a process has died, a command has ended. */
  forget(): void {
    this.#pending = [];
  }

  async *#pages<P extends Page>(pages: AsyncIterable<P>, walk: number | null): AsyncGenerator<P> {
    for await (const page of pages) {
      this.#pending.push({ walk, ids: page.ids });
      note(this.given, walk, page.ids);
      yield page;
    }
  }
}

function note(oldest: Map<number, number>, walk: number | null, ids: readonly TweetId[]): void {
  if (walk === null || ids.length === 0) return;
  oldest.set(walk, Math.min(oldest.get(walk) ?? Number.POSITIVE_INFINITY, ...ids.map(timeOfId)));
}
