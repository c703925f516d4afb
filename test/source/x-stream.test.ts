import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Fault, type Page } from "../../src/source/network.ts";
import { type Asked, pageBody, type Stage, stage, TOKEN } from "./x-server.ts";

const TEA = { role: "tag", tags: ["tea"] } as const;
const RULE = { id: "1", value: "#tea -is:retweet", tag: "chatscribe" };
const RULES = "/2/tweets/search/stream/rules";

/** X whose stream `handle` writes; our rule is there, or `rules` are. */
function streaming(handle: (asked: Asked) => void, rules: readonly object[] = [RULE]): Promise<Stage> {
  return stage((asked) => {
    if (asked.path !== RULES) handle(asked);
    else if (asked.method === "GET") asked.answer(200, { data: rules, meta: { result_count: rules.length } });
    else asked.answer(201, { data: [], meta: {} });
  });
}

/** Writes chunks one after the other, each on its own. */
const chunks =
  (...parts: readonly (string | Buffer)[]) =>
  async ({ response }: Asked): Promise<void> => {
    response.writeHead(200);
    for (const part of parts) {
      response.write(part);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    response.end();
  };

const name = (page: Page | null): string => (page === null ? "-" : `${page.ids.join()} ${page.bytes.toString("utf8")}`);

/** What is followed until it ends, and how it ends. */
async function followed({ x }: Stage, signal = new AbortController().signal): Promise<string[]> {
  const seen: string[] = [];
  try {
    for await (const page of x.follow(TEA, signal)) seen.push(name(page));
    seen.push("end");
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    seen.push(`${error.kind}: ${error.message}`);
  }
  return seen;
}
const tweet = (id: string, text = "hi"): string => JSON.stringify({ data: { id, text } });
const ENDED = "transient: ended the stream";

describe("the stream", () => {
  for (const [status, body, expected] of [
    [401, {}, "credentials: answered 401"],
    [403, { detail: "not yours" }, "forbidden: answered 403: not yours"],
    [409, { detail: "no rules" }, "refused: answered 409: no rules"],
    [429, { title: "ConnectionException" }, "busy: answered 429"],
    [503, "<html>", "transient: answered 503"],
  ] as const)
    it(`is not connected for ${status}`, async () => {
      const at = await streaming((a) => a.answer(status, body));
      assert.deepEqual(await followed(at), [expected]);
      assert.equal(at.clock.waiting(), 0);
    });
  it("is broken by a disconnect that X announces", async () => {
    const gone = '{"errors":[{"title":"operational-disconnect","disconnect_type":"UpstreamOperationalDisconnect"}]}\r\n';
    assert.deepEqual(await followed(await streaming(chunks(`${tweet("1")}\r\n`, gone))), [
      `1 ${tweet("1")}`,
      "transient: ended the stream: UpstreamOperationalDisconnect",
    ]);
    const echo = await streaming((a) => chunks(`{"errors":[{"title":"${a.headers.authorization}"}]}\r\n`)(a));
    assert.deepEqual(await followed(echo), ["transient: ended the stream: Bearer …"]);
  });
  it("is broken by a reset and by an end", async () => {
    const reset = await streaming(({ response, socket }) =>
      response.write(`${tweet("1")}\r\n`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    );
    assert.deepEqual(await followed(reset), [`1 ${tweet("1")}`, "transient: closed the connection (ECONNRESET)"]);
    assert.deepEqual(await followed(await streaming(chunks("\r\n", '{"data":'))), ["-", ENDED]);
  });
  it("is broken by 30 s of silence, not by less", async () => {
    const streams: Asked[] = [];
    const at = await streaming((a) => {
      streams.push(a);
      a.response.write("\r\n");
    });
    const pages = at.x.follow(TEA, new AbortController().signal)[Symbol.asyncIterator]();
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(await pages.next(), { done: false, value: null });
      // the caller's own time is not the network's silence
      at.clock.pass(40_000);
      const next = pages.next();
      await new Promise(setImmediate);
      at.clock.pass(29_999);
      if (i < 2) streams[0]?.response.write("\r\n");
      else at.clock.pass(1);
      if (i === 2) await assert.rejects(next, { kind: "transient", message: "no answer for 30 s" });
      else assert.deepEqual(await next, { done: false, value: null });
      if (i < 2) streams[0]?.response.write("\r\n");
    }
    assert.equal(at.clock.waiting(), 0);
  });
  it("is broken where nothing is said to the connection for 30 s", async () => {
    const at = await streaming((a) => setImmediate(() => at.clock.pass(a.path === RULES ? 0 : 30_000)));
    assert.deepEqual(await followed(at), ["transient: no answer for 30 s"]);
  });
  it("passes over lines that are no tweets", async () => {
    const lines = ["not JSON", "[1]", "{}", '{"data":{"id":7}}', Buffer.from('{"data":{"id":"2","text":"\xff"}}', "latin1"), tweet("3")];
    const at = await streaming(chunks(...lines.flatMap((line) => [line, "\r\n"])));
    assert.deepEqual(await followed(at), ["-", "-", "-", "-", "-", `3 ${tweet("3")}`, ENDED]);
  });
  it("gives each tweet as it came, however its bytes were cut", async () => {
    const bytes = Buffer.from(`${tweet("1", "🫖")}\r\n\r\n${tweet("2")}\r\n${tweet("3")}\r\n`);
    const emoji = bytes.indexOf("🫖");
    const whole = [`1 ${tweet("1", "🫖")}`, "-", `2 ${tweet("2")}`, `3 ${tweet("3")}`, ENDED];
    assert.deepEqual(await followed(await streaming(chunks(bytes))), whole);
    const end = bytes.indexOf("\r\n");
    const cuts = [bytes.subarray(0, emoji + 2), bytes.subarray(emoji + 2, end), bytes.subarray(end, end + 2), bytes.subarray(end + 2)];
    assert.deepEqual(await followed(await streaming(chunks(...cuts))), whole);
  });
  it("keeps a tweet whole that a sign of life was written into", async () => {
    const bytes = Buffer.from(tweet("1", "a 🫖"));
    const [a, b, c] = [bytes.subarray(0, 9), bytes.subarray(9, bytes.indexOf("🫖") + 1), bytes.subarray(bytes.indexOf("🫖") + 1)];
    const at = await streaming(chunks("rubbish\r\n", a, "\r\n", b, "\r\n\r\n", c, "\r\n", tweet("2"), "\r\n"));
    assert.deepEqual(await followed(at), ["-", "-", "-", "-", `1 ${tweet("1", "a 🫖")}`, `2 ${tweet("2")}`, ENDED]);
  });
  it("ends without a word when the signal is raised, at any time", async () => {
    const stop = new AbortController();
    const at = await streaming(({ response }) => response.write(`${tweet("1")}\r\n`));
    const seen: string[] = [];
    for await (const page of at.x.follow(TEA, stop.signal)) {
      seen.push(name(page));
      setTimeout(() => stop.abort(), 5);
    }
    assert.deepEqual(seen, [`1 ${tweet("1")}`]);
    assert.equal(at.clock.waiting(), 0);
    assert.deepEqual(await followed(at, stop.signal), ["end"]);
    assert.equal(at.asked.length, 2);
  });
  it("ends also while it is connected", async () => {
    const stop = new AbortController();
    const at = await streaming(() => stop.abort());
    assert.deepEqual(await followed(at, stop.signal), ["end"]);
    assert.equal(at.clock.waiting(), 0);
  });
  it("leaves nothing behind when its caller has seen enough", async () => {
    const at = await streaming(({ response }) => response.write(`${tweet("1")}\r\n`));
    for await (const page of at.x.follow(TEA, new AbortController().signal)) {
      assert.equal(name(page), `1 ${tweet("1")}`);
      break;
    }
    assert.equal(at.clock.waiting(), 0);
  });
  it("asks in the other names where its own are refused", async () => {
    const message = "The query parameter [tweet.fields] is not one of [post.fields]";
    const at = await streaming((a) =>
      "post.fields" in a.query ? chunks(`${tweet("1")}\r\n`)(a) : a.answer(400, { errors: [{ message }] }),
    );
    assert.deepEqual(await followed(at), [`1 ${tweet("1")}`, ENDED]);
    assert.equal(at.asked.at(-1)?.headers.authorization, `Bearer ${TOKEN}`);
  });
});

describe("the rule of the stream", () => {
  const changes = ({ asked }: Stage): unknown[] => asked.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body));
  it("is not taken where X refuses it", async () => {
    const at = await stage((a) =>
      a.method === "GET"
        ? a.answer(200, { meta: {} })
        : a.answer(201, { errors: [{ title: "InvalidRule", detail: `no ${TOKEN}` }], meta: {} }),
    );
    const [said] = await followed(at);
    assert.match(said ?? "", /^refused: refused the rule of the stream: no \*+$/);
    const forbidden = await stage((a) => a.answer(403, {}));
    assert.deepEqual(await followed(forbidden), ["forbidden: answered 403"]);
  });
  it("is made once, in place of our others; those of others stay", async () => {
    const others = [
      { id: "5", value: "#tea", tag: "mine" },
      { id: "6", value: "#cake" },
    ];
    const at = await streaming(chunks(), [...others, { id: "7", value: "#old", tag: "chatscribe" }]);
    await followed(at);
    assert.deepEqual(changes(at), [{ delete: { ids: ["7"] } }, { add: [{ value: RULE.value, tag: "chatscribe" }] }]);
    const again = await streaming(chunks(), [...others, RULE]);
    await followed(again);
    assert.deepEqual(changes(again), []);
  });
  it("may be somebody else's too", async () => {
    const at = await stage((a) => {
      if (a.path !== RULES) a.answer(200, "");
      else if (a.method === "GET") a.answer(200, { meta: {} });
      else a.answer(201, { errors: [{ title: "DuplicateRule", value: RULE.value }], meta: {} });
    });
    assert.deepEqual(await followed(at), [ENDED]);
  });
});

describe("the stand-in of these tests", () => {
  it("writes pages as X does", () => assert.deepEqual(pageBody([], "a"), { meta: { result_count: 0, next_token: "a" } }));
});
