import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { line, write } from "../helpers.ts";
import { copyOf, fullWorld, type } from "./world.ts";

const full = await fullWorld();
const SCRIPT = join(ROOT, "scripts/chatscribe.js");

/** The program itself, as a process of this Node or another. */
const start = (args: readonly string[], cwd: string, { env = {}, node = process.execPath }: { env?: object; node?: string } = {}) =>
  spawnSync(node, [SCRIPT, ...args], { cwd, encoding: "utf8", env: { ...process.env, ...env }, input: "" });

const told = ({ status, stdout, stderr }: SpawnSyncReturns<string>) => ({ status, stdout, stderr });

describe("the process", () => {
  for (const now of ["soon", "2026-11-20", "2026-11-20T18:00:00", "1"])
    it(`CHATSCRIBE_NOW=${now} is refused`, () => {
      assert.deepEqual(told(start(["status", "--archive", "data"], copyOf(full), { env: { CHATSCRIBE_NOW: now } })), {
        status: 2,
        stdout: "",
        stderr: `chatscribe: CHATSCRIBE_NOW="${now}" is no time: write it as 2026-11-20T18:00:00Z\n`,
      });
    });

  it("passes exit codes through", () => {
    const world = copyOf(full);
    write(world, "bad.jsonl", `${line({ id: "501" })}{"id":7}\n`);
    const status = (...args: string[]) => start([...args, "--archive", "data"], world).status;
    assert.equal(status("status"), 0);
    assert.equal(status("stauts"), 2);
    assert.equal(status("import", "bad.jsonl", "--chat", "teachat"), 3);
    assert.equal(status("export", "teachat/2026-03-03", "--out", "no/x"), 74);
  });

  it("asks nobody where stdin is no terminal", () => {
    assert.match(start(["init", "#tea", "--archive", "data"], copyOf(full)).stderr, /^chatscribe: init: --host is missing; usage: .*\n$/);
  });

  it("writes pages with the clock CHATSCRIBE_NOW starts", () => {
    const world = copyOf(full);
    const build = (now: string) => {
      assert.equal(start(["build", "--archive", "data", "--out", "site"], world, { env: { CHATSCRIBE_NOW: now } }).status, 0);
      return told(start(["export", "teachat/2026-03-03", "--archive", "data"], world)).stdout;
    };
    assert.equal(build("2026-03-20T00:00:00Z"), build("2027-03-20T00:00:00+02:00"));
  });

  it("works from a folder inside the clone, with the archive and site of the clone as defaults", () => {
    const world = copyOf(full);
    const there = join(ROOT, "test/cli");
    const run = start(["build", "--archive", join(world, "data"), "--out", join(world, "site")], there);
    assert.equal(run.status, 0, run.stderr);
    assert.ok(existsSync(join(world, "site/index.html")));
    const code = `import { besideProgram } from ${JSON.stringify(join(ROOT, "src/cli/paths.ts"))}; console.log(besideProgram("data"));`;
    const shown = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: there, encoding: "utf8" });
    assert.equal(shown.stdout, `${join("..", "..", "data")}\n`);
  });

  it("a reader that has seen enough is no error", { skip: process.platform === "win32" }, async () => {
    const world = copyOf(full);
    const many = Array.from({ length: 3000 }, (_, i) =>
      line({ id: String(10_000 + i), time: 10, text: `A1 leaf ${i} ${"tea ".repeat(50)}#teachat` }),
    );
    write(world, "many.jsonl", many.join(""));
    await type(["import", "many.jsonl", "--chat", "teachat", "--archive", "data"], world);
    const program = `"${process.execPath}" "${SCRIPT}" export teachat/2026-03-03 --archive data`;
    const { stdout, stderr } = spawnSync("sh", ["-c", `{ ${program}; echo "exit $?" >&2; } | head -c 10`], {
      cwd: world,
      encoding: "utf8",
    });
    assert.equal(stdout.length, 10);
    assert.equal(stderr.replace(/^Next: .*\n/, ""), "exit 0\n");
  });

  it("a full disk is named, not thrown", { skip: existsSync("/dev/full") ? false : "no /dev/full here" }, () => {
    const program = `"${process.execPath}" "${SCRIPT}" export teachat/2026-03-03 --archive data --quiet > /dev/full`;
    const { status, stderr } = spawnSync("sh", ["-c", program], { cwd: copyOf(full), encoding: "utf8" });
    assert.match(stderr, /^chatscribe: the result cannot be written \(ENOSPC: .*\)\n$/);
    assert.equal(status, 74);
  });

  it("serve ends on Ctrl-C with exit code 0", { skip: process.platform === "win32" }, async () => {
    const world = copyOf(full);
    write(world, "site/index.html", "tea");
    const child = spawn(process.execPath, [SCRIPT, "serve", "--port", "0", "--out", "site", "--archive", "data"], { cwd: world });
    const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve([code, signal])));
    const stderr = new Promise((resolve) => child.stderr.once("data", resolve));
    await stderr;
    child.kill("SIGINT");
    assert.deepEqual(await ended, [0, null]);
  });
});

/** A Node on PATH that is too old to run the program itself. */
function oldNode(): string | null {
  for (const dir of (process.env.PATH ?? "").split(":")) {
    const node = join(dir, "node");
    if (!existsSync(node)) continue;
    const major = Number(spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout.split(".")[0]);
    if (major >= 20 && major < 24) return node;
  }
  return null;
}

describe("under an older Node", () => {
  const node = oldNode();
  const skip = node === null ? "no Node 20 to 23 on PATH" : false;
  it("runs itself again under the project's own, with its exit code and output", { skip }, () => {
    const world = copyOf(full);
    const old = start(["status", "--archive", "data"], world, { node: node ?? "" });
    assert.deepEqual(told(old), told(start(["status", "--archive", "data"], world)));
    assert.equal(old.status, 0);
    assert.equal(start(["stauts"], world, { node: node ?? "" }).status, 2);
  });
});
