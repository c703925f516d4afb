import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ask, HOUR, MINUTE, post, standIn, TAG, type Told, type Way, walk } from "./ask.ts";
import { FAULTS, type FaultName, faultsAt, randomFaults } from "./faults.ts";
import type { StandIn } from "./standin.ts";

const SEARCH = "/2/tweets/search/recent";
const POSTS = Array.from({ length: 40 }, (_, i) => post(i * 60, `tweet ${i} 🌱 #teachat`));
const IDS = POSTS.map(({ id }) => id).reverse();
const within = (x: StandIn): Way => ({ url: x.url, agent: x.agent({ timeout: 30_000 }) });
const idsOf = ({ body }: Told): string[] => body.data.map((one: { id: string }) => one.id);

/** What the first request meets, and what the same request meets after it. */
async function meets(fault: FaultName): Promise<{ first: Told | NodeJS.ErrnoException; again: Told; x: StandIn }> {
  const { x, clock } = standIn(POSTS, { pageCap: 20, faults: faultsAt({ 1: fault }) });
  const way = within(x);
  const told = () => ask(way, SEARCH, { query: TAG, ...HOUR });
  const first = await clock.run(told().catch((error: NodeJS.ErrnoException) => error));
  await clock.advance(60 * MINUTE);
  return { first, again: await clock.run(told()), x };
}
const answered = (first: Told | NodeJS.ErrnoException): Told => {
  assert.ok(!(first instanceof Error), String(first));
  return first;
};

describe("a fault at a request: the next one is answered as it should be", () => {
  const cases: Partial<Record<FaultName, (first: Told | NodeJS.ErrnoException) => void>> = {
    "empty page": (first) => {
      assert.equal(answered(first).body.data, undefined);
      assert.equal(answered(first).body.meta.result_count, 0);
      assert.match(answered(first).body.meta.next_token, /^b26/);
    },
    "nothing remaining": (first) => assert.equal(answered(first).headers["x-rate-limit-remaining"], "0"),
    "429 with reset": (first) => assert.equal(answered(first).headers["x-rate-limit-remaining"], "0"),
    "429 without reset": (first) => assert.equal(answered(first).headers["x-rate-limit-reset"], undefined),
    "429 per second": (first) => assert.equal(answered(first).headers["x-rate-limit-remaining"], "217"),
    "401": (first) => assert.equal(answered(first).status, 401),
    "402": (first) => assert.equal(answered(first).status, 402),
    "403": (first) => assert.equal(answered(first).status, 403),
    "400": (first) => assert.equal(answered(first).status, 400),
    "503 HTML": (first) => assert.match(answered(first).bytes.toString(), /^<!DOCTYPE/),
    "503 JSON": (first) => assert.equal(answered(first).body.status, 503),
    "503 text as JSON": (first) => assert.equal(answered(first).body, undefined),
    "reset before the body": (first) => assert.equal((first as NodeJS.ErrnoException).code, "ECONNRESET"),
    "reset inside the body": (first) => assert.equal((first as NodeJS.ErrnoException).code, "ECONNRESET"),
    "full JSON then reset": (first) => assert.equal((first as NodeJS.ErrnoException).code, "ECONNRESET"),
    "truncated JSON": (first) => assert.equal(answered(first).body, undefined),
    "200 with {}": (first) => assert.deepEqual(answered(first).body, {}),
    "200 with errors only": (first) => assert.deepEqual(Object.keys(answered(first).body), ["errors"]),
    "200 HTML": (first) => assert.equal(answered(first).status, 200),
    "partial errors": (first) => assert.deepEqual(Object.keys(answered(first).body), ["data", "errors", "meta"]),
    "out of order": (first) => {
      assert.notDeepEqual(idsOf(answered(first)), IDS.slice(0, 10));
      assert.deepEqual(idsOf(answered(first)).sort().reverse(), IDS.slice(0, 10));
    },
    "100 MB": (first) => assert.ok(answered(first).bytes.length > 100_000_000),
    "never answers": (first) => assert.match(String(first), /timeout/),
    "stalls inside the body": (first) => assert.match(String(first), /timeout/),
  };
  for (const [name, holds] of Object.entries(cases))
    it(name, async () => {
      const { first, again, x } = await meets(name as FaultName);
      holds(first);
      assert.deepEqual(idsOf(again), IDS.slice(0, 10));
      assert.equal(x.log[0]?.fault, name);
      x.close();
    });
});

describe("a fault that changes what comes after", () => {
  const walked = async (faults: Record<string, FaultName>) => {
    const { x, clock } = standIn(POSTS, { pageCap: 10, faults: faultsAt(faults) });
    return { x, ids: await clock.run(walk(within(x))) };
  };

  it("the same page again: given twice, then on", async () => {
    const { ids } = await walked({ 2: "same page again" });
    assert.deepEqual(ids, [...IDS.slice(0, 20), ...IDS.slice(10, 40)]);
  });

  it("overlapping pages: half of it is given twice", async () => {
    const { ids } = await walked({ 2: "overlap" });
    assert.deepEqual(ids, [...IDS.slice(0, 20), ...IDS.slice(15, 40)]);
  });

  it("an empty page loses nothing", async () => {
    const { ids, x } = await walked({ 3: "empty page" });
    assert.deepEqual(ids, IDS);
    assert.equal(x.requests, 5);
  });

  it("a rate limit holds until it is over, of its kind only", async () => {
    const { x, clock } = standIn(POSTS, { faults: faultsAt({ 1: { name: "429 with reset", lasts: 90_000 } }) });
    const status = async (path: string, params: Record<string, string>) => (await clock.run(ask(within(x), path, params))).status;
    const search = () => status(SEARCH, { query: TAG, ...HOUR });
    assert.deepEqual([await search(), await search()], [429, 429]);
    assert.equal(await status("/2/tweets", { ids: IDS[0] ?? "" }), 200);
    await clock.advance(90_000);
    assert.equal(await search(), 200);
  });

  it("credit is used up until it is bought again", async () => {
    const { x, clock } = standIn(POSTS, { faults: faultsAt({ "search 1": { name: "402", lasts: 60 * MINUTE } }) });
    const search = async () => (await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR }))).status;
    assert.deepEqual([await search(), await search()], [402, 402]);
    await clock.advance(60 * MINUTE);
    assert.equal(await search(), 200);
  });

  it("new names: the old ones are refused from then on", async () => {
    const { x, clock } = standIn(POSTS, { faults: faultsAt({ 2: "new names" }) });
    const search = () => clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, "tweet.fields": "lang" }));
    assert.deepEqual([(await search()).status, (await search()).status], [200, 400]);
    const bare = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR }));
    assert.ok("edit_history_post_ids" in bare.body.data[0]);
  });

  it("a clock an hour off tells the date and the reset by itself", async () => {
    const { x, clock } = standIn(POSTS, { faults: faultsAt({ 1: "clock an hour off" }) });
    const { headers } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR }));
    assert.equal(Date.parse(String(headers.date)), clock.now() + 60 * MINUTE);
    assert.equal(Number(headers["x-rate-limit-reset"]) * 1000, clock.now() + 75 * MINUTE);
  });
});

describe("over loopback", () => {
  for (const name of ["reset before the body", "reset inside the body", "full JSON then reset"] as const)
    it(name, async () => {
      const { x } = standIn(POSTS, { faults: faultsAt({ 1: name }) });
      const { url, close } = await x.listen();
      await assert.rejects(ask({ url }, SEARCH, { query: TAG, ...HOUR }), { code: "ECONNRESET" });
      assert.equal((await ask({ url }, SEARCH, { query: TAG, ...HOUR })).status, 200);
      await close();
    });
});

describe("faults drawn at random", () => {
  it("are the same for the same seed, and in the end all of them", () => {
    const drawn = (seed: number) => {
      const plan = randomFaults(seed, { odds: 0.5, stopping: 0.1 });
      const kinds = ["search", "counts", "lookup", "stream", "picture"] as const;
      return Array.from({ length: 4000 }, (_, i) => plan({ n: i + 1, nth: 1, kind: kinds[i % 5] ?? "search" })?.name ?? null);
    };
    assert.deepEqual(drawn(1), drawn(1));
    assert.notDeepEqual(drawn(1), drawn(2));
    assert.deepEqual(
      FAULTS.filter((name) => !drawn(1).includes(name)),
      [],
    );
  });
});
