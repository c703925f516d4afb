import { type ClientRequest, IncomingMessage } from "node:http";
import { PageKeeper } from "../../src/capture/page.ts";
import { Fault, type Network, type Page } from "../../src/source/network.ts";
import type { Wish } from "./hour.ts";
import type { Spoilt } from "./room.ts";

/** A bug that the harness must find, and the kind of trials in which it matters. */
export interface Plant extends Spoilt {
  readonly wish: Wish;
  /** Puts it into the program; the answer takes it out again. */
  readonly install?: () => () => void;
}

/** Ends a search where a page looks like the last. */
const stopping =
  (isLast: (page: Page) => boolean) =>
  (network: Network): Network => ({
    ...network,
    async *search(...asked) {
      for await (const page of network.search(...asked)) {
        yield isLast(page) ? { ...page, next: null } : page;
        if (isLast(page)) return;
      }
    },
  });

const EMPTY = Buffer.from('{"meta":{"result_count":0}}');

/** An empty page in place of a 402. */
const swallowing = (network: Network): Network => ({
  ...network,
  async *search(...asked) {
    try {
      yield* network.search(...asked);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "credit") throw error;
      yield { url: "/2/tweets", status: 200, format: "x-v2-json", bytes: EMPTY, receivedAt: 0, ids: [], next: null, limit: null };
    }
  },
  async *count(...asked) {
    try {
      yield* network.count(...asked);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "credit") throw error;
    }
  },
});

/** Text made of each piece of the stream as it comes, alone. */
function decodePerChunk(): () => void {
  const { prototype } = IncomingMessage;
  const { push } = prototype;
  prototype.push = function (this: IncomingMessage & { readonly req?: ClientRequest }, bytes: unknown, encoding) {
    const apart = bytes instanceof Buffer && this.req?.path.startsWith("/2/tweets/search/stream");
    return push.call(this, apart ? Buffer.from(String(bytes)) : bytes, encoding);
  };
  return () => {
    prototype.push = push;
  };
}

/** Where the walk goes on is committed first, then the page. */
function saveCursorApart(): () => void {
  const { keep } = PageKeeper.prototype;
  PageKeeper.prototype.keep = async function (this: PageKeeper, page, also) {
    await keep.call(this, { ...page, bytes: EMPTY }, also);
    return keep.call(this, page, also);
  };
  return () => {
    PageKeeper.prototype.keep = keep;
  };
}

export const PLANTS: Readonly<Record<string, Plant>> = {
  "stop at an empty page": { wish: { ways: ["driver"], names: ["empty page"], odds: 0.3 }, spoil: stopping(({ ids }) => ids.length === 0) },
  "stop at remaining 0": {
    wish: { ways: ["driver"], names: ["nothing remaining"], odds: 0.5 },
    spoil: stopping(({ limit }) => limit?.remaining === 0),
  },
  "decode per chunk": { wish: { ways: ["--follow"], names: ["stream split emoji"], odds: 1 }, install: decodePerChunk },
  "acknowledge before the commit": { wish: { ways: ["driver"], dies: true, odds: 0 }, early: true },
  "cursor apart": { wish: { ways: ["driver"], dies: true, odds: 0 }, install: saveCursorApart },
  "swallow 402": { wish: { ways: ["driver"], names: ["402"], odds: 1 }, spoil: swallowing },
};
