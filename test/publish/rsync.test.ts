import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { publish } from "../../src/publish/publish.ts";
import { RsyncTarget } from "../../src/publish/rsync.ts";
import { tempDir, write } from "../helpers.ts";
import { CHANGED, FIRST, filesOf, put, SECOND, siteOf, told, WHOLE } from "./site.ts";

const skip = spawnSync("rsync", ["--version"]).status === 0 ? false : "skipped: 6 tests of publishing, no rsync";

describe("publishing by rsync", { skip }, () => {
  const room = tempDir();
  let daemon: ChildProcess;
  let address = "";

  before(async () => {
    const port = await freePort();
    mkdirSync(join(room, "www"));
    const me = process.getuid?.() === 0 ? "uid = root\ngid = root\n" : "";
    const config = `use chroot = no\n${me}[www]\npath = ${join(room, "www")}\nread only = no\n`;
    const args = ["--daemon", "--no-detach", `--config=${write(room, "rsyncd.conf", config)}`, `--port=${port}`, "--address=127.0.0.1"];
    daemon = spawn("rsync", args, { stdio: "ignore" });
    await reached(port);
    address = `rsync://127.0.0.1:${port}/www`;
  });
  after(async () => {
    daemon.kill();
    await once(daemon, "exit");
  });

  const place = (name: string): { dir: string; target: RsyncTarget } => {
    const dir = join(room, "www", name);
    mkdirSync(dir);
    return { dir, target: new RsyncTarget(`${address}/${name}`) };
  };

  it("refuses a module that is not there", async () => {
    const target = new RsyncTarget(address.replace("/www", "/nowhere"));
    await assert.rejects(publish(siteOf(FIRST), target, { dryRun: false }), /^UserError: rsync:.*\/nowhere\/: cannot be published to: /);
  });

  it("refuses to replace what it did not put there", async () => {
    const { dir, target } = place("foreign");
    put(dir, { "index.html": "somebody's" });
    await assert.rejects(publish(siteOf(FIRST), target, { dryRun: false }), /index\.html was not published by Chatscribe/);
    assert.deepEqual(filesOf(dir), { "index.html": "somebody's" });
  });

  it("puts all, then what changed, and removes what is gone", async () => {
    const { dir, target } = place("all");
    assert.equal(await told(siteOf(FIRST), target), WHOLE);
    assert.deepEqual(filesOf(dir), FIRST);
    assert.equal(await told(siteOf(SECOND), target), CHANGED);
    assert.deepEqual(filesOf(dir), SECOND);
    assert.equal(await told(siteOf(SECOND), target), "same 8");
  });

  it("leaves alone what else is there", async () => {
    const { dir, target } = place("rest");
    put(dir, { CNAME: "chats.example" });
    await told(siteOf(FIRST), target);
    await told(siteOf(SECOND), target);
    assert.deepEqual(filesOf(dir), { ...SECOND, CNAME: "chats.example" });
  });

  it("--dry-run says the same and does nothing", async () => {
    const { dir, target } = place("dry");
    assert.equal(await told(siteOf(FIRST), target, true), WHOLE);
    assert.deepEqual(filesOf(dir), {});
  });

  it("goes on where it was cut short", async () => {
    const { dir, target } = place("cut");
    await told(siteOf(FIRST), target);
    const site = siteOf(SECOND);
    const built = { dir: site, files: Object.keys(SECOND) };
    const found = await target.find(built);
    // pages came, indexes and removals did not
    await target.carryOut(built, { put: [["tea/2026-03-10/index.html"]], remove: [], unchanged: 0 }, found.known);
    assert.equal(
      await told(site, target),
      CHANGED.replace("put tea/2026-03-10/index.html\n", "")
        .replace("remove tea/2026-03-03/t/101/index.html\n", "")
        .replace("same 5", "same 6"),
    );
    assert.deepEqual(filesOf(dir), { ...SECOND, "tea/2026-03-03/t/101/index.html": "one leaf" });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until somebody listens. */
async function reached(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const there = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(
      () => false,
    );
    socket.destroy();
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
