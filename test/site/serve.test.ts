import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { after, before, describe, it } from "node:test";
import { type Served, serve } from "../../src/site/serve.ts";
import { tempDir, write } from "../helpers.ts";

const dir = tempDir();
write(dir, "site/index.html", "home");
write(dir, "site/404.html", "nothing");
write(dir, "site/chat/index.html", "chat");
write(dir, "site/assets/style.css", "a{}");
write(dir, "site/.files", "secret");
write(dir, "outside.txt", "secret");

let plain: Served;
let prefixed: Served;
before(async () => {
  plain = await serve(`${dir}/site`, { port: 0 });
  prefixed = await serve(`${dir}/site`, { port: 0, pathPrefix: "/p/" });
});
after(() => Promise.all([plain.close(), prefixed.close()]));

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(plain.url + path.slice(1), { redirect: "manual", ...init });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

/** As it is: fetch would take the dots out of the path. */
const rawGet = (path: string): Promise<string> =>
  new Promise((done) => {
    const socket = createConnection(Number(new URL(plain.url).port), "127.0.0.1", () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (data) => {
      text += String(data);
    });
    socket.on("close", () => done(text));
  });

describe("the server", () => {
  it("refuses what is not below its folder, and hidden files", async () => {
    for (const path of [
      "/../outside.txt",
      "/%2e%2e/outside.txt",
      "/..%2foutside.txt",
      "/chat/../../outside.txt",
      "/.files",
      "//etc/passwd",
      "/%00",
      "/%zz",
      "/..\\outside.txt",
    ])
      assert.match(await rawGet(path), /^HTTP\/1\.1 404 [\s\S]*nothing$/, path);
    assert.equal((await get("/", { method: "POST" })).status, 405);
  });

  it("refuses a taken port with a line that helps", async () => {
    await assert.rejects(serve(dir, { port: Number(new URL(plain.url).port) }), /^UserError: port \d+ is taken; name another with --port$/);
  });

  it("serves pages, folders and assets with their type", async () => {
    assert.deepEqual([(await get("/")).text, (await get("/chat/?a#b")).text], ["home", "chat"]);
    assert.equal((await get("/assets/style.css")).headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal((await get("/chat", {})).headers.get("location"), "/chat/");
    assert.equal((await get("/chat/", { method: "HEAD" })).text, "");
    assert.deepEqual([(await get("/none/")).status, (await get("/none/")).text], [404, "nothing"]);
  });

  it("serves under a prefix, and nothing beside it", async () => {
    assert.equal(await (await fetch(`${prefixed.url}chat/`)).text(), "chat");
    assert.equal((await fetch(new URL("/chat/", prefixed.url))).status, 404);
    assert.match(prefixed.url, /^http:\/\/localhost:\d+\/p\/$/);
  });
});
