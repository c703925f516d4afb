import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Asked, stage } from "./x-server.ts";

describe("a picture", () => {
  it("is not fetched from elsewhere", async () => {
    const { x, url, asked } = await stage(() => assert.fail("nothing is fetched"));
    const port = new URL(url).port;
    const elsewhere = [
      "https://example.com/a.jpg",
      "http://pbs.twimg.com/a.jpg",
      "https://twimg.com.example.com/a.jpg",
      "https://pbs.twimg.com:444/a.jpg",
    ];
    const odd = [
      "https://u:p@pbs.twimg.com/a.jpg",
      "https://eviltwimg.com/a.jpg",
      `http://localhost:${port}/a.jpg`,
      "file:///etc/passwd",
      "a.jpg",
      "",
    ];
    for (const address of [...elsewhere, ...odd, `${url.replace("//", "//u@")}/a.jpg`])
      assert.equal(await x.picture(address), null, address);
    assert.equal(asked.length, 0);
  });
  for (const [status, expected] of [
    [503, { kind: "transient", message: "answered 503" }],
    [429, { kind: "busy", message: "answered 429" }],
    [408, { kind: "refused", message: "answered 408" }],
  ] as const)
    it(`may come later after ${status}`, async () => {
      const { x, url } = await stage((a) => a.answer(status, "later"));
      await assert.rejects(x.picture(`${url}/a.jpg`), expected);
    });
  it("is broken off when it stalls, is cut or is too large", async () => {
    const faults: [(asked: Asked) => void, object][] = [
      [(a) => void a.response.write("JPEG"), { kind: "transient", message: "no answer for 30 s" }],
      [(a) => a.socket.resetAndDestroy(), { kind: "transient", message: "closed the connection (ECONNRESET)" }],
      [
        (a) => a.socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nJPEG"),
        { kind: "transient", message: "closed the connection before the end of its answer" },
      ],
      [(a) => void a.response.writeHead(200, { "content-length": "99999999" }).write("JPEG"), { kind: "too large" }],
    ];
    for (const [handle, expected] of faults) {
      const { x, url, clock, arrival } = await stage(handle);
      const failed = assert.rejects(x.picture(`${url}/a.jpg`), expected);
      await arrival();
      if ("message" in expected && expected.message === "no answer for 30 s") clock.pass(30_000);
      await failed;
      assert.equal(clock.waiting(), 0);
    }
  });
  it("is none where it is gone, or is not for us", async () => {
    for (const status of [301, 400, 401, 402, 403, 404, 410]) {
      const { x, url } = await stage((a) => a.answer(status, "gone"));
      assert.equal(await x.picture(`${url}/a.jpg`), null, String(status));
    }
  });
  it("is its bytes, asked for without the token, on one connection", async () => {
    const { x, url, asked, connections } = await stage((a) => a.answer(200, Buffer.from([0xff, 0xd8, 0x00])));
    for (let i = 0; i < 3; i++) assert.deepEqual(await x.picture(`${url}/media/a.jpg?name=small`), Buffer.from([0xff, 0xd8, 0x00]));
    assert.deepEqual([asked[0]?.path, asked[0]?.query, asked[0]?.headers.authorization], ["/media/a.jpg", { name: "small" }, undefined]);
    assert.equal(connections(), 1);
  });
});
