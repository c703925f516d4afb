import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { main } from "../../src/cli/main.ts";
import { Store } from "../../src/store/store.ts";
import { makeArchive, type Ran, START, write } from "../helpers.ts";
import { VirtualClock } from "../x/clock.ts";
import { idAt } from "../x/post.ts";

/** Nothing of it may be found anywhere, in no spelling. */
const TOKEN = "AAAAsentinel%2FnobodyMaySeeThis%3D";
const SPELLINGS = [TOKEN, encodeURIComponent(TOKEN), decodeURIComponent(TOKEN), Buffer.from(TOKEN).toString("base64"), "nobodyMaySeeThis"];
const SESSION = "teachat/2026-03-03";
const NOW = START + 2 * 86_400_000;

const holds = (text: string): boolean => SPELLINGS.some((one) => text.includes(one));

/** How a server gives back what it was sent. */
type Echo = (authorization: string) => { status: number; body: string; headers?: Record<string, string> };

const page = (authorization: string) => ({
  data: [
    {
      id: idAt(START + 60_000),
      text: `Welcome to #teachat`,
      author_id: "1",
      created_at: new Date(START + 60_000).toISOString(),
      conversation_id: idAt(START + 60_000),
      entities: { hashtags: [{ tag: "teachat" }] },
    },
  ],
  includes: { users: [{ id: "1", username: "amy", name: "Amy" }] },
  debug: { headers: { authorization }, token: authorization.replace("Bearer ", "") },
  meta: { result_count: 1 },
});

const counted = (authorization: string) =>
  JSON.stringify({
    data: [{ start: new Date(START + 60_000).toISOString(), end: new Date(START + 120_000).toISOString(), tweet_count: 1 }],
    meta: { total_tweet_count: 1 },
    debug: authorization,
  });

const problem = (status: number, authorization: string) =>
  JSON.stringify({
    title: authorization,
    detail: `refused: ${authorization}`,
    type: "about:blank",
    status,
    errors: [{ message: `header ${authorization} is odd` }],
  });

const ECHOES: readonly (readonly [what: string, echo: Echo])[] = [
  ...[400, 401, 402, 403, 404, 413, 429, 500, 503].map((status): readonly [string, Echo] => [
    `an error ${status}`,
    (authorization) => ({ status, body: problem(status, authorization) }),
  ]),
  ["a refusal with its token bare", (a) => ({ status: 403, body: problem(403, a.replace("Bearer ", "")) })],
  ["a refusal with its token decoded", (a) => ({ status: 403, body: problem(403, decodeURIComponent(a)) })],
  ["a page of HTML", (a) => ({ status: 503, body: `<h1>${a}</h1>`, headers: { "content-type": "text/html" } })],
  ["headers", (a) => ({ status: 503, body: "{}", headers: { "x-echo": a, "x-rate-limit-reset": "1" } })],
  ["a body that is cut short", (a) => ({ status: 200, body: JSON.stringify(page(a)).slice(0, -10) })],
  ["a page of tweets", (a) => ({ status: 200, body: JSON.stringify(page(a)) })],
  ["a next_token", (a) => ({ status: 200, body: JSON.stringify({ ...page(""), meta: { result_count: 1, next_token: a } }) })],
  [
    "errors beside tweets",
    (a) => ({ status: 200, body: JSON.stringify({ ...page(""), errors: [{ title: a, detail: a, resource_id: "7" }] }) }),
  ],
];

describe("the token", () => {
  let echo: Echo = () => ({ status: 500, body: "" });
  let url = "";
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const authorization = request.headers.authorization ?? "";
    const asked = echo(authorization);
    const counts = asked.status === 200 && request.url?.includes("/counts/") === true;
    const { status, body, headers = {} } = counts ? { ...asked, body: counted(authorization) } : asked;
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function typed(
    dir: string,
    words: string,
    { env = {}, agent = new Agent() }: { env?: Record<string, string>; agent?: Agent } = {},
  ): Promise<Ran> {
    let [out, err] = ["", ""];
    const clock = new VirtualClock(NOW);
    // what asks nobody waits for nothing but its own work
    if (!words.startsWith("capture")) clock.hold();
    const code = await clock.run(
      main([...words.split(" "), "--archive", dir], {
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
        now: () => clock.now(),
        clock,
        agent,
        env: { X_BEARER_TOKEN: TOKEN, X_API_URL: url, ...env },
        cwd: dir,
        terminal: true,
        ask: () => Promise.reject(new Error("nobody to ask")),
        stopped: () => new Promise(() => {}),
      }),
    );
    agent.destroy();
    return { code, out, err };
  }

  for (const [what, answer] of ECHOES)
    for (const json of ["", " --json"])
      it(`given back in ${what} is in no output, error, page or byte of the archive${json}`, async () => {
        echo = answer;
        const dir = makeArchive();
        const ran = await typed(dir, `capture ${SESSION}${json}`);
        assert.notEqual(ran.code, 1, ran.err);
        // where the body is a page it is kept
        if (/^a page of tweets|^errors beside/.test(what)) assert.match(ran.out, json === "" ? /1 tweet,/ : /"stored":1,/);
        assert.ok(!holds(ran.out + ran.err), ran.out + ran.err);
        const kept = /of tweets|beside|next_token/.test(what);
        for (const words of kept ? [`build --out ${dir}/site`, `export ${SESSION}`, "status", "check"] : ["status"]) {
          const { out, err } = await typed(dir, words);
          assert.ok(!holds(out + err), words);
        }
        searchFiles(dir);
      });

  it("of a token file is in nothing either", async () => {
    echo = (authorization) => ({ status: 403, body: problem(403, authorization) });
    const dir = makeArchive();
    const file = write(makeArchive(), "token", `${TOKEN}\n`);
    const ask = (mode: number): Promise<Ran> => {
      chmodSync(file, mode);
      return typed(dir, `capture ${SESSION} --token-file ${file}`, { env: { X_BEARER_TOKEN: "" } });
    };
    for (const [mode, code] of [
      [0o644, 4],
      [0o600, 4],
    ] as const) {
      const ran = await ask(mode);
      assert.equal(ran.code, code);
      assert.ok(!holds(ran.out + ran.err), ran.err);
    }
    searchFiles(dir);
    writeFileSync(file, `${TOKEN} ${TOKEN}`);
    const { err } = await ask(0o600);
    assert.match(err, /holds no bearer token/);
    assert.ok(!holds(err), err);
  });

  it("is in no stack of a bug, even where an error holds the header itself", async () => {
    echo = () => ({ status: 200, body: "{}" });
    const dir = makeArchive();
    for (const raise of [
      (header: string) => new TypeError(`cannot send ${header}`),
      (header: string) => Object.assign(new TypeError("cannot send"), { headers: { authorization: header } }),
      (header: string) => Object.assign(new Error(`Bearer ${TOKEN}`), { cause: new Error(header) }),
    ]) {
      const agent = new (class extends Agent {
        override createConnection(): never {
          throw raise(`Bearer ${TOKEN}`);
        }
      })();
      const { out, err } = await typed(dir, `capture ${SESSION}`, { agent });
      assert.ok(!holds(out + err), err);
      searchFiles(dir);
    }
  });
});

/** In no file as it lies there, and in no raw body as it was received. */
function searchFiles(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    assert.ok(!holds(readFileSync(file, "latin1")), file);
  }
  const store = Store.open(join(dir, "archive.db"));
  try {
    for (const body of store.raw.all()) {
      assert.ok(!holds(body.name), body.name);
      assert.ok(!holds(Buffer.concat([...store.raw.parts(body)]).toString("latin1")), `raw ${body.id}`);
    }
  } finally {
    store.close();
  }
}
