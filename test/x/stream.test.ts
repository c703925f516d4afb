import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ask, type Heard, hear, MINUTE, post, START, standIn, TAG, type Way } from "./ask.ts";
import { VirtualClock } from "./clock.ts";
import { type FaultName, faultsAt } from "./faults.ts";
import type { StandIn } from "./standin.ts";

const RULES = "/2/tweets/search/stream/rules";
const within = (x: StandIn): Way => ({ url: x.url, agent: x.agent() });
const posts = [post(5, "one 🌱 #teachat"), post(6, "other"), post(50, "two #teachat"), post(80, "three #teachat")];

/** What a connection hears in two minutes from START. */
async function heard(fault?: FaultName): Promise<Heard> {
  const clock = new VirtualClock(START);
  const { x } = standIn(posts, { clock, ...(fault && { faults: faultsAt({ "stream 1": fault }) }) });
  const way = within(x);
  await clock.run(ask(way, RULES, {}, { add: [{ value: TAG, tag: "ours" }] }));
  const stream = await clock.run(hear(way));
  await clock.advance(2 * MINUTE);
  x.close();
  return stream;
}
const text = ({ pieces }: Heard): string => Buffer.concat(pieces).toString();
const tweets = (stream: Heard): string[] =>
  text(stream)
    .split("\r\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line).data.text);

describe("the rules", () => {
  it("are added once, listed, deleted", async () => {
    const { x, clock } = standIn();
    const rules = (body?: object) => clock.run(ask(within(x), RULES, {}, body)).then((told) => told.body);
    const added = await rules({ add: [{ value: "#a" }, { value: "#b", tag: "b" }, { value: "has:links" }] });
    assert.deepEqual(added.meta.summary, { created: 2, not_created: 1, valid: 2, invalid: 1 });
    assert.equal((await rules({ add: [{ value: "#a" }] })).errors[0].title, "DuplicateRule");
    assert.deepEqual(
      (await rules()).data.map((rule: { value: string }) => rule.value),
      ["#a", "#b"],
    );
    assert.equal((await rules({ delete: { ids: [added.data[0].id, "7"] } })).meta.summary.not_deleted, 1);
    assert.equal((await rules()).meta.result_count, 1);
  });
});

describe("the stream", () => {
  it("is refused without a rule, and to a second connection", async () => {
    const { x, clock } = standIn();
    assert.equal((await clock.run(hear(within(x)))).status, 409);
    await clock.run(ask(within(x), RULES, {}, { add: [{ value: "#a" }] }));
    const first = await clock.run(hear(within(x)));
    assert.deepEqual([first.status, (await clock.run(hear(within(x)))).status], [200, 429]);
    first.close();
    await clock.advance(1000);
    assert.equal((await clock.run(hear(within(x)))).status, 200);
    x.close();
  });

  it("gives what matches as it is written, and a line end every 20 seconds of silence", async () => {
    const stream = await heard();
    assert.deepEqual(tweets(stream), ["one 🌱 #teachat", "two #teachat", "three #teachat"]);
    assert.deepEqual(
      stream.pieces.map(String).map((piece) => piece.replace(/\{.*\}/, "T")),
      ["T\r\n", "\r\n", "\r\n", "T\r\n", "\r\n", "T\r\n", "\r\n", "\r\n"],
    );
  });

  const cases: Partial<Record<FaultName, (stream: Heard) => void>> = {
    "stream 401": ({ status }) => assert.equal(status, 401),
    "stream 409": ({ status }) => assert.equal(status, 409),
    "stream 429": ({ status }) => assert.equal(status, 429),
    "stream split emoji": (stream) => {
      assert.ok(stream.pieces.some((piece) => piece.toString().includes("\ufffd")));
      assert.equal(tweets(stream)[0], "one 🌱 #teachat");
    },
    "stream lone CRLF": (stream) => {
      assert.equal(stream.pieces[1]?.toString(), "\r\n");
      assert.equal(tweets(stream).length, 3);
    },
    "stream keep-alive inside": (stream) => assert.match(text(stream), /^\{"data":\{[^{}\r]*,\r\n"/),
    "stream garbage": (stream) => assert.match(text(stream), /^\{"data":\{"id":"12\r\n\{"data"/),
    "stream disconnect": (stream) => {
      assert.equal(stream.ended, "end");
      assert.match(text(stream), /operational-disconnect/);
    },
    "stream reset": ({ ended }) => assert.equal(ended, "ECONNRESET"),
    "stream silence": (stream) => assert.equal(text(stream), ""),
  };
  for (const [fault, holds] of Object.entries(cases)) it(fault, async () => holds(await heard(fault as FaultName)));
});
