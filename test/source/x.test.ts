import assert from "node:assert/strict";
import http from "node:http";
import { describe, it } from "node:test";
import { Fault, type FaultKind, type Network } from "../../src/source/network.ts";
import { openX } from "../../src/source/x.ts";
import { collect } from "./read.ts";
import { type Asked, handClock, inTurn, NOON, pageBody, stage, TOKEN } from "./x-server.ts";

const TEA = { role: "tag", tags: ["tea"] } as const;
const HOUR = { from: NOON - 3_600_000, to: NOON - 60_000 };
const searchAll = (x: Network) => collect(x.search(TEA, HOUR));

async function faultOf(task: Promise<unknown>): Promise<Fault> {
  try {
    await task;
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    return error;
  }
  return assert.fail("no fault");
}

/** What a search makes of one answer: `transient: answered 503`, with the wait in seconds where there is one. */
async function outcome(handle: (asked: Asked) => void): Promise<string> {
  const { x, asked } = await stage(handle);
  const { kind, message, wait } = await faultOf(searchAll(x));
  assert.equal(asked.length, 1, "one request");
  return `${kind}: ${message}${wait === null ? "" : `, ${wait / 1000} s`}`;
}

const problem = (title: string, detail: string): object => ({ title, detail, type: "about:blank" });
const limited = (remaining: string, reset: number): Record<string, string> => ({
  "x-rate-limit-limit": "450",
  "x-rate-limit-remaining": remaining,
  "x-rate-limit-reset": String(reset / 1000),
});

describe("a request to X", () => {
  const answers: readonly [string, (asked: Asked) => void, string][] = [
    ["401", (a) => a.answer(401, problem("Unauthorized", "Unauthorized")), "credentials: answered 401"],
    ["402", (a) => a.answer(402, problem("CreditsDepleted", "none left")), "credit: answered 402"],
    ["403", (a) => a.answer(403, problem("Client Forbidden", "not enrolled")), "forbidden: answered 403: not enrolled"],
    ["400", (a) => a.answer(400, { errors: [{ message: "no\nsuch operator" }] }), "refused: answered 400: no such operator"],
    ["404", (a) => a.answer(404, "<html>"), "refused: answered 404"],
    ["409", (a) => a.answer(409, {}), "refused: answered 409"],
    ["500", (a) => a.answer(500, "{}"), "transient: answered 500"],
    ["503 HTML", (a) => a.answer(503, "<html>down", { "content-type": "text/html" }), "transient: answered 503"],
    ["503 JSON", (a) => a.answer(503, problem("Down", "down")), "transient: answered 503"],
    ["503 text as JSON", (a) => a.answer(503, "down", { "content-type": "application/json" }), "transient: answered 503"],
    ["302", (a) => a.answer(302, "", { location: "http://127.0.0.1:1/login" }), "transient: answered 302"],
    ["429 without headers", (a) => a.answer(429, {}), "busy: answered 429"],
    ["429 of the second", (a) => a.answer(429, {}, limited("9", NOON + 60_000)), "busy: answered 429"],
    ["429", (a) => a.answer(429, {}, limited("0", NOON + 60_000)), "limit: answered 429, 61 s"],
    ["429 long ago", (a) => a.answer(429, {}, limited("0", NOON - 9e6)), "limit: answered 429, 1 s"],
    ["429 for ever", (a) => a.answer(429, {}, limited("0", NOON + 9e9)), "limit: answered 429, 900 s"],
    [
      "429 by its own date",
      (a) => a.answer(429, {}, { ...limited("0", 9e6), date: new Date(9e6 - 30_000).toUTCString() }),
      "limit: answered 429, 31 s",
    ],
    ["429 without a date", (a) => a.answer(429, {}, { ...limited("0", NOON + 5000), date: "soon" }), "limit: answered 429, 6 s"],
    ["429 with a wrong reset", (a) => a.answer(429, {}, { ...limited("0", NOON), "x-rate-limit-reset": "soon" }), "busy: answered 429"],
    ["429 of the month", (a) => a.answer(429, { type: "https://api.x.com/2/problems/usage-capped" }), "credit: answered 429"],
    ["200 {}", (a) => a.answer(200, {}), "transient: answered 200 without meta"],
    ["200 with errors only", (a) => a.answer(200, { errors: [problem("Odd", "odd")] }), "transient: answered 200 without meta"],
    ["200 HTML", (a) => a.answer(200, "<html>sign in"), "transient: answered 200 with a body that cannot be read"],
    ["200 that is empty", (a) => a.answer(200, ""), "transient: answered 200 with a body that cannot be read"],
    ["200 cut JSON", (a) => a.answer(200, '{"data":[{"id":"1'), "transient: answered 200 with a body that cannot be read"],
    [
      "200 not UTF-8",
      (a) => a.answer(200, Buffer.from('{"meta":{},"a":"\xff"}', "latin1")),
      "transient: answered 200 with a body that cannot be read",
    ],
    [
      "200 with a token that is none",
      (a) => a.answer(200, { meta: { next_token: 7 } }),
      "transient: answered 200 with a body that cannot be read",
    ],
    [
      "200 with data that is none",
      (a) => a.answer(200, { data: "x", meta: {} }),
      "transient: answered 200 with a body that cannot be read",
    ],
    ["a reset before the answer", (a) => a.socket.resetAndDestroy(), "transient: closed the connection (ECONNRESET)"],
    ["an end before the answer", (a) => a.socket.end(), "transient: closed the connection (ECONNRESET)"],
    ["no HTTP", (a) => a.socket.end("SSH-2.0\r\n\r\n"), "transient: could not be reached (HPE_INVALID_CONSTANT)"],
  ];
  for (const [name, handle, expected] of answers)
    it(`takes ${name} for ${expected}`, async () => assert.equal(await outcome(handle), expected));

  it("takes a body cut short for a fault, even where what came is whole JSON", async () => {
    const cut = "transient: closed the connection before the end of its answer";
    const reset = (headers: Record<string, string>) => (a: Asked) => {
      a.response.writeHead(200, headers);
      a.response.write('{"meta":{}}', () => setTimeout(() => a.socket.resetAndDestroy(), 20));
    };
    assert.equal(await outcome(reset({})), cut);
    assert.equal(await outcome(reset({ "content-length": "99" })), cut);
    assert.equal(await outcome((a) => a.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"meta":{}}')), cut);
  });
  it("takes a whole body before a reset", async () => {
    const { x } = await stage((a) => {
      a.response.writeHead(200, { "content-length": "11" });
      a.response.end('{"meta":{}}', () => a.socket.resetAndDestroy());
    });
    assert.equal((await searchAll(x)).length, 1);
  });
  it("refuses a body over 20 MB, and does not hold it", async () => {
    const large = "too large: answered with more than 20 MB";
    const mega = Buffer.alloc(1024 * 1024, " ");
    let sent = 0;
    const send = (a: Asked): void => {
      while (sent < 100 && !a.response.destroyed && a.response.write(mega)) sent++;
      if (sent < 100 && !a.response.destroyed) a.response.once("drain", () => send(a));
    };
    assert.equal(await outcome(send), large);
    assert.ok(sent < 60, `${sent} MB were taken`);
    assert.equal(await outcome((a) => a.response.writeHead(200, { "content-length": "99999999" }).write("{")), large);
  });
  it("breaks off what never answers, and what stalls inside the body, after 30 s", async () => {
    const stall = (a: Asked): void => void a.response.write('{"meta":');
    for (const handle of [() => undefined, stall]) {
      const { x, clock, arrival } = await stage(handle);
      const fault = faultOf(searchAll(x));
      await arrival();
      clock.pass(29_999);
      clock.pass(30_000);
      const { kind, message } = await fault;
      assert.deepEqual([kind, message], ["transient", "no answer for 30 s"]);
      assert.equal(clock.waiting(), 0);
    }
  });
  it("says why there is no connection", async () => {
    const nobody = http.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => nobody.once("listening", resolve));
    const address = nobody.address();
    assert.ok(typeof address === "object" && address !== null);
    await new Promise((resolve) => nobody.close(resolve));
    const x = openX({ url: `http://127.0.0.1:${address.port}/`, token: TOKEN, clock: handClock() });
    const { kind, message } = await faultOf(searchAll(x));
    assert.deepEqual([kind, message], ["transient", "refused the connection (ECONNREFUSED)"]);
  });
  it("never says the token, whatever the server echoes", async () => {
    const echo = (status: number, words: string) => (a: Asked) => {
      const headers = [a.headers.authorization, TOKEN, decodeURIComponent(TOKEN), encodeURIComponent(TOKEN)].join(" ");
      a.answer(status, { title: headers, detail: `${words} ${headers}`, errors: [{ message: `${words} ${headers}` }] });
    };
    for (const status of [400, 401, 402, 403, 404, 429, 500, 200])
      for (const words of ["", "x".repeat(190), "Authorization:"]) {
        const said = await outcome(echo(status, words));
        for (const secret of [TOKEN, decodeURIComponent(TOKEN), encodeURIComponent(TOKEN), "AAAA"]) assert.ok(!said.includes(secret), said);
        assert.ok(said.length < 230, said);
      }
    const { x } = await stage((a) => a.answer(200, pageBody([])));
    for (const page of await searchAll(x)) assert.doesNotMatch(page.url, /AAAA/);
  });
  it("takes no token that no header can hold", async () => {
    for (const token of ["", "two words", "line\r\nend", "…"]) {
      const { x, asked } = await stage(() => undefined, token);
      assert.equal((await faultOf(searchAll(x))).kind satisfies FaultKind, "credentials");
      assert.equal(asked.length, 0);
    }
  });
  it("shows words of X as one short line of plain text", async () => {
    const said = await outcome((a) => a.answer(403, problem("No", `\u001b[31mred\r\n${"long ".repeat(100)}`)));
    assert.match(said, /^forbidden: answered 403: \[31mred long [a-z ]+…$/);
    assert.ok(said.length < 230);
  });
  it("sends the token, and asks for what it was given as it is", async () => {
    const { x, asked } = await stage((a) => a.answer(200, pageBody([])));
    await searchAll(x);
    assert.equal(asked[0]?.headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(asked[0]?.headers["accept-encoding"], undefined);
  });
  it("uses one connection for all, and leaves nothing behind on it", async () => {
    const listeners: number[] = [];
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on("warning", warn);
    const { x, clock, connections } = await stage((a) => a.answer(200, pageBody(["5"])));
    for (let i = 0; i < 25; i++) {
      await searchAll(x);
      listeners.push(clock.waiting());
    }
    await new Promise(setImmediate);
    process.off("warning", warn);
    assert.deepEqual([connections(), warnings, new Set(listeners)], [1, [], new Set([0])]);
  });
  it("knows how far the clocks are apart, after the first answer", async () => {
    const { x, clock } = await stage(
      inTurn(
        (a) => a.answer(503, "", { date: new Date(clock.now() - 3_600_000).toUTCString() }),
        (a) => a.answer(200, pageBody([])),
      ),
    );
    assert.equal(x.skew(), null);
    await faultOf(searchAll(x));
    assert.equal(x.skew(), 3_600_000);
    await searchAll(x);
    assert.equal(x.skew(), 0);
  });
  it("works below a path, as a proxy gives it", async () => {
    const { url, clock, asked } = await stage((a) => a.answer(200, pageBody([])));
    await searchAll(openX({ url: `${url}/to/x/`, token: TOKEN, clock }));
    assert.equal(asked[0]?.path, "/to/x/2/tweets/search/recent");
  });
  it("costs what X asks for it", async () => {
    const { x } = await stage(() => undefined);
    assert.deepEqual([x.name, x.price, x.page], ["X", { tweet: 0.005, count: 0.005 }, { least: 10, most: 100 }]);
  });
});
