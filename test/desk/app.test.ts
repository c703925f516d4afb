import assert from "node:assert/strict";
import { chmodSync, existsSync, lstatSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { serveDesk } from "../../src/desk/serve.ts";
import type { Where } from "../../src/desk/session.ts";
import type { Served } from "../../src/site/serve.ts";
import { write } from "../helpers.ts";
import { edit, FILE, openNight } from "./world.ts";

const OURS = '---\n# ours\nedits:\n  "110": Q2  # a slip\n---\nWe met.\n';

interface Opened {
  readonly where: Where;
  readonly file: string;
  readonly served: Served;
  readonly bugs: readonly unknown[];
}

async function open(text: string | null = OURS): Promise<Opened> {
  const where = await openNight();
  const file = join(where.archive.dir, FILE);
  if (text !== null) write(where.archive.dir, FILE, text);
  where.archive.folder.adopt(where.chat, where.slug, null);
  const bugs: unknown[] = [];
  const served = await serveDesk(where, { port: 0, bug: (error) => bugs.push(error) });
  after(async () => {
    await served.close();
    where.archive.close();
  });
  return { where, file, served, bugs };
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request as it is written, with headers that fetch would not let through. */
function send(
  { served }: Opened,
  { method = "GET", path, headers = {}, body }: Sent,
): Promise<{ status: number; text: string; headers: Headers }> {
  const { port, pathname } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, method, path: path ?? pathname, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text, headers: new Headers(answer.headers as Record<string, string>) }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

/** A form of the desk's own page. */
function post(opened: Opened, fields: Readonly<Record<string, string>>, more: Sent = {}): ReturnType<typeof send> {
  const { origin, pathname } = new URL(opened.served.url);
  return send(opened, {
    method: "POST",
    path: `${pathname}do`,
    body: String(new URLSearchParams(fields)),
    ...more,
    headers: { origin, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...more.headers },
  });
}

const hashIn = async (opened: Opened): Promise<string> => /data-hash="([^"]+)"/.exec((await send(opened, {})).text)?.[1] ?? "";
const saidIn = (text: string): string => /role="status"[^>]*>([^<]*)</.exec(text)?.[1] ?? "";

const desk = await open();
const { pathname: root, port } = new URL(desk.served.url);
const HIDE = { do: "hide", tweet: "107", at: "t107" };
const FORM = { method: "POST", path: `${root}do`, body: String(new URLSearchParams({ ...HIDE, base: await hashIn(desk) })) };
const OWN = { origin: `http://127.0.0.1:${port}`, "content-type": "application/x-www-form-urlencoded" };

const REFUSED: readonly (readonly [what: string, sent: Sent, status: number])[] = [
  ["no token", { path: "/" }, 403],
  ["another token", { path: `/${"A".repeat(32)}/` }, 403],
  ["another token for a form", { ...FORM, path: `/${"A".repeat(32)}/do`, headers: OWN }, 403],
  ["a name of its own for this machine", { headers: { host: `evil.example:${port}` } }, 403],
  ["another port", { headers: { host: "127.0.0.1:1" } }, 403],
  ["a page that another led to", { headers: { "sec-fetch-site": "cross-site" } }, 403],
  ["a page of this machine's other servers", { headers: { "sec-fetch-site": "same-site" } }, 403],
  ["a form of another page", { ...FORM, headers: { ...OWN, origin: "http://evil.example" } }, 403],
  ["a form without an origin", { ...FORM, headers: { "content-type": OWN["content-type"] } }, 403],
  ["a form of nowhere", { ...FORM, headers: { ...OWN, origin: "null" } }, 403],
  ["a form across sites", { ...FORM, headers: { ...OWN, "sec-fetch-site": "cross-site" } }, 403],
  ["a form by hand", { ...FORM, headers: { ...OWN, "sec-fetch-site": "none" } }, 403],
  ["JSON", { ...FORM, headers: { ...OWN, "content-type": "application/json" } }, 415],
  ["plain text", { ...FORM, headers: { ...OWN, "content-type": "text/plain" } }, 415],
  ["another method", { method: "DELETE", path: `${root}do`, headers: OWN }, 404],
  ["a form as an address", { path: `${root}do?${FORM.body}` }, 404],
  ["a file of the archive", { path: `${root}assets/../../tweets.jsonl` }, 403],
  ["a picture that the page does not show", { path: `${root}assets/media/x.png` }, 404],
  ["a page of the site", { path: `${root}teachat/` }, 404],
];

describe("the desk's server", () => {
  for (const [what, sent, status] of REFUSED)
    it(`refuses ${what}, and writes nothing`, async () => {
      const answer = await send(desk, sent);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.text, /amy|green/);
      assert.equal(readFileSync(desk.file, "utf8"), OURS);
    });

  it("refuses a form that is too long, said or not", async () => {
    const body = `do=notes&body=${"x".repeat(300_000)}`;
    for (const headers of [{ "content-length": String(body.length) }, { "transfer-encoding": "chunked" }]) {
      const { status, text } = await post(desk, {}, { body, headers });
      assert.deepEqual([status, text], [413, "That is too long; nothing was written.\n"]);
    }
    assert.equal(readFileSync(desk.file, "utf8"), OURS);
  });

  it("answers an unknown action and an unknown tweet with the page, and why", async () => {
    const base = await hashIn(desk);
    for (const [fields, status, why] of [
      [{ do: "drop", base }, 400, "“drop”"],
      [{ do: "hide", tweet: "999", base }, 409, "tweet 999 is none of this session"],
      [{ do: "undo", step: "1", base }, 409, "nothing to undo"],
    ] as const) {
      const answer = await post(desk, fields);
      assert.equal(answer.status, status);
      assert.match(answer.text, /Not done: /);
      assert.ok(saidIn(answer.text).includes(why.replaceAll(/[“”]/g, "&quot;")), saidIn(answer.text));
    }
    assert.equal(readFileSync(desk.file, "utf8"), OURS);
  });

  it("a GET changes nothing, whatever it asks for", async () => {
    for (const path of [
      "",
      "?at=notes",
      "?at=t110",
      "?at=q1",
      "?at=%22%3E%3Cscript%3E",
      "now",
      "assets/desk.js",
      "assets/style.css",
      "assets/icon.svg",
    ]) {
      const answer = await send(desk, { path: root + path });
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
      assert.equal(answer.headers.get("cache-control"), "no-store");
    }
    assert.equal(readFileSync(desk.file, "utf8"), OURS);
    assert.equal(existsSync(`${desk.file}.part`), false);
  });

  it("shows a tweet's words and a form's as words", async () => {
    const { text } = await send(desk, { path: `${root}?at=t107` });
    assert.match(text, /and then &lt;b&gt;milk&lt;\/b&gt;/);
    const { text: preview } = await post(desk, { do: "notes", preview: "1", body: "<script>x</script> *so*", at: "notes" });
    assert.match(preview, /&lt;script&gt;x&lt;\/script&gt; <em>so<\/em>/);
    assert.equal(readFileSync(desk.file, "utf8"), OURS);
  });

  it("writes a decision, shows it and the next one, and takes it back", async () => {
    const opened = await open();
    const done = await post(opened, { ...HIDE, base: await hashIn(opened) });
    assert.deepEqual([done.status, saidIn(done.text)], [200, "@cyn’s tweet is hidden."]);
    assert.doesNotMatch(done.text, /<li class="[^"]*" id="t107"/);
    assert.equal(readFileSync(opened.file, "utf8"), OURS.replace("slip\n", 'slip\n  "107": hide\n'));
    const step = /name="step" value="([^"]+)"/.exec(done.text)?.[1] ?? "";
    assert.equal(saidIn((await post(opened, { do: "undo", step, at: "" })).text), "Undone: @cyn’s tweet is hidden.");
    assert.equal(readFileSync(opened.file, "utf8"), OURS);
    assert.deepEqual(opened.bugs, []);
  });

  it("a hand edit is seen, is kept, and wins where both speak of the same", async () => {
    const opened = await open();
    const base = await hashIn(opened);
    edit(opened.file, (text) => text.replace("Q2", "Q1").replace("# ours", "# ours, by hand"));
    assert.notEqual(JSON.parse((await send(opened, { path: `${new URL(opened.served.url).pathname}now` })).text).hash, base);
    const lost = await post(opened, { do: "move", tweet: "110", to: "aside", base });
    assert.deepEqual([lost.status, saidIn(lost.text).slice(0, 58)], [409, "Not done: what is said of tweet 110 has changed in the fil"]);
    assert.equal((await post(opened, { do: "pin", tweet: "103", base })).status, 200);
    assert.equal(readFileSync(opened.file, "utf8"), '---\n# ours, by hand\nedits:\n  "110": Q1  # a slip\npins: ["103"]\n---\nWe met.\n');
  });

  it("notes that were changed elsewhere meanwhile are not lost, and neither are those that were sent", async () => {
    const opened = await open();
    const base = await hashIn(opened);
    edit(opened.file, (text) => text.replace("We met.", "We sat."));
    const { status, text } = await post(opened, { do: "notes", body: "We stood.", at: "notes", base });
    assert.equal(status, 409);
    assert.match(text, /<textarea[^>]*>We stood\.<\/textarea>/);
    assert.match(text, /The file says now<\/h3><pre dir="auto">We sat\.<\/pre>/);
    assert.match(readFileSync(opened.file, "utf8"), /We sat/);
  });

  it("a file that is wrong is told by its line; what is shown is how it stood; mended, it goes on", async () => {
    const opened = await open();
    const base = await hashIn(opened);
    edit(opened.file, (text) => text.replace("edits:", "edit:"));
    const { status, text } = await send(opened, {});
    assert.equal(status, 200);
    assert.match(text, /role="alert" class="refused">[^<]*2026-03-03\.md:3: unknown key &quot;edit&quot;/);
    assert.match(text, /green, always/);
    const { text: refused, status: why } = await post(opened, { do: "notes", body: "mine", at: "notes", base });
    assert.equal(why, 409);
    assert.match(refused, /<textarea[^>]*>mine<\/textarea>/);
    edit(opened.file, (now) => now.replace("edit:", "edits:"));
    assert.equal((await post(opened, { ...HIDE, base })).status, 200);
  });

  it("a desk that is started again goes on from the file; the old page is told to look", async () => {
    const opened = await open();
    const base = await hashIn(opened);
    await post(opened, { ...HIDE, base });
    await opened.served.close();
    const { where } = opened;
    const again = { ...opened, served: await serveDesk(where, { port: 0, bug: () => {} }) };
    after(() => again.served.close());
    assert.equal(readFileSync(opened.file, "utf8"), OURS.replace("slip\n", 'slip\n  "107": hide\n'));
    assert.notEqual(new URL(again.served.url).pathname, new URL(opened.served.url).pathname);
    assert.match(saidIn((await post(again, { do: "pin", tweet: "103", base })).text), /from before the desk was started/);
    assert.equal((await post(again, { do: "pin", tweet: "103", base: await hashIn(again) })).status, 200);
  });

  it("makes the file where there is none; keeps its rights, and a link to it", async () => {
    const opened = await open(null);
    await post(opened, { ...HIDE, base: await hashIn(opened) });
    assert.equal(readFileSync(opened.file, "utf8"), '---\nedits:\n  "107": hide\n---\n');
    const real = `${opened.file}.real`;
    renameSync(opened.file, real);
    symlinkSync(real, opened.file);
    chmodSync(real, 0o600);
    await post(opened, { do: "pin", tweet: "103", base: await hashIn(opened) });
    assert.equal(lstatSync(opened.file).isSymbolicLink(), true);
    assert.equal(lstatSync(real).mode & 0o777, 0o600);
    assert.match(readFileSync(real, "utf8"), /pins: \["103"\]/);
  });
});
