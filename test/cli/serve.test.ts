import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { write } from "../helpers.ts";
import { copyOf, fullWorld, notes, type } from "./world.ts";

const full = await fullWorld();

/** Serves until `use` is done; gives `use` the address and what was said so far. */
async function served(world: string, args: readonly string[], use: (url: string, said: () => string) => Promise<void>) {
  let end = (): void => {};
  let said = "";
  let tell = (_: string): void => {};
  const url = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const running = type(["serve", "--port", "0", "--out", "site", "--archive", "data", ...args], world, {
    out: (text) => tell(text.trim()),
    err: (text) => {
      said += text;
    },
    stopped: () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  });
  try {
    await use(await url, () => said);
  } finally {
    end();
  }
  return { ...(await running), err: said };
}

const canConnect = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 500 });
    const answer = (can: boolean) => () => {
      socket.destroy();
      resolve(can);
    };
    socket.on("connect", answer(true)).on("error", answer(false)).on("timeout", answer(false));
  });

describe("serve", () => {
  it("shows the site to this machine only, until it is stopped", async () => {
    const world = copyOf(full);
    write(world, "site/index.html", "<p>tea</p>");
    let url = "";
    const { code, err } = await served(world, [], async (address) => {
      url = address;
      assert.match(address, /^http:\/\/localhost:\d+\/$/);
      assert.equal(await (await fetch(address)).text(), "<p>tea</p>");
      const port = Number(new URL(address).port);
      assert.equal(await canConnect("127.0.0.1", port), true);
      assert.equal(await canConnect("127.0.0.2", port), false, "another address of this machine");
    });
    assert.equal(code, 0);
    assert.equal(err, "Ctrl-C ends it.\nNext: npx chatscribe status --archive data\n");
    assert.equal(await canConnect("127.0.0.1", Number(new URL(url).port)), false, "it has ended");
  });

  it("--json: the address as JSON; --quiet: nothing else", async () => {
    const world = copyOf(full);
    write(world, "site/index.html", "<p>tea</p>");
    const { err } = await served(world, ["--json", "--quiet"], async (line) => {
      assert.deepEqual(Object.keys(JSON.parse(line) as object), ["url"]);
    });
    assert.equal(err, "");
  });

  it("serves below the path prefix of site.yml", async () => {
    const world = copyOf(full);
    write(world, "site/index.html", "<p>tea</p>");
    write(world, "data/site.yml", "pathPrefix: /chats/\n");
    await served(world, [], async (url) => {
      assert.match(url, /\/chats\/$/);
      assert.equal((await fetch(url)).status, 200);
    });
  });

  for (const [what, file, text] of [
    ["notes", "data/chats/teachat/2026-03-03.md", notes("title: The leaf night")],
    ["site.yml", "data/site.yml", "name: The leaf night\n"],
  ] as const)
    it(`--watch builds again when ${what} change`, async () => {
      const world = copyOf(full);
      await type(["build", "--out", "site", "--archive", "data"], world);
      const page = file.endsWith(".yml") ? "" : "teachat/2026-03-03/";
      await served(world, ["--watch"], async (url, said) => {
        write(world, file, text);
        for (let tries = 0; !said().includes("Built again.") && tries < 200; tries++) await wait(50);
        assert.match(said(), /Built again\./);
        assert.match(await (await fetch(join(url, page).replace(":/", "://"))).text(), /The leaf night/);
      });
    });
});
