import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { parse } from "yaml";
import { ROOT } from "../../src/cli/paths.ts";
import { sweepsOf } from "../../src/config/sweeps.ts";
import { line, run, tempDir, write } from "../helpers.ts";
import { blocks, copied, DOC, DOCKERFILE, fakePath, makeClone, makeStub } from "./recipes.ts";

const SYSTEM = "/usr/bin:/bin";
/** What cron gives a job, and nothing else. */
const BARE = { PATH: SYSTEM };

interface Told {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs shell lines as a person or a timer would: nothing in the environment but what is said. */
function sh(script: string, { cwd = "/", env = BARE as Record<string, string>, input = "", shell = ["sh"] } = {}): Told {
  const [file = "sh", ...flags] = shell;
  const { status, stdout, stderr } = spawnSync(file, [...flags, "-c", script], { cwd, env, input, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

/** The first block of a recipe. */
function recipe(heading: string, language = "sh"): string {
  const [first] = blocks(heading, language);
  assert.ok(first, `docs/capture.md, ${heading}: no block ${language}`);
  return first;
}

const NODE_FLAGS = ["--max-semi-space-size=4", "--optimize-for-size"];
const quoted = (word: string): string => `'${word}'`;

describe("docs/capture.md", () => {
  it("names only commands and options that there are", async () => {
    // npx chatscribe capture --due   # all chats …
    const typed = [...DOC.matchAll(/npx chatscribe ([^\n`#]+)/g)].map(([, words = ""]) => words.trim());
    assert.ok(typed.length > 5);
    for (const words of typed) {
      const { code, err } = await run([...words.split(/ +/), "--help"]);
      assert.equal(code, 0, err);
    }
  });

  it("says when the sweeps are", () => {
    const MINUTE = 60_000;
    const [end, closed] = [60 * MINUTE, 90 * MINUTE];
    const moments = sweepsOf({ start: 0, minutes: 60, lead: 15, grace: 30 }).map((moment, i) =>
      i === 0 ? `the hour's end + ${(moment - end) / MINUTE} min` : inWords((moment - closed) / MINUTE),
    );
    const inTable = [...DOC.matchAll(/^\| (the hour's end \+ .+?|W \+ .+?) \|/gm)].map(([, words]) => words);
    assert.deepEqual(inTable, moments);
  });

  const inWords = (minutes: number): string => `W + ${minutes < 120 ? `${minutes} min` : `${minutes / 60} h`}`;
});

describe("scripts/capture", () => {
  it("says what to do where nothing is installed", () => {
    const clone = makeStub();
    rmSync(join(clone, "node_modules"), { recursive: true });
    assert.deepEqual(sh(quoted(join(clone, "scripts/capture"))), {
      status: 2,
      out: "",
      err: `chatscribe: ${clone}: what the project needs is not installed: type npm install there\n`,
    });
  });

  const called = (clone: string, ...words: string[]): string =>
    [...NODE_FLAGS, join(clone, "scripts/chatscribe.js"), "capture", "--due", ...words, ""].join("\n");

  it("runs the project's own Node from any folder, passes words and the exit code on", () => {
    const clone = makeStub();
    const words = ["--token-file", "/a b/token", "--max-posts", "500", "*"];
    const command = [join(clone, "scripts/capture"), ...words].map(quoted).join(" ");
    for (const shell of ["sh", "dash", "bash"].filter((name) => existsSync(join("/bin", name))))
      for (const how of ["", `/bin/${shell} `])
        assert.deepEqual(sh(how + command, { env: {} }), { status: 7, out: called(clone, ...words), err: "" });
  });

  it("and from inside its own folder, with CDPATH set", () => {
    const clone = makeStub();
    const env = { ...BARE, CDPATH: "/usr:/" };
    assert.deepEqual(sh("sh capture", { cwd: join(clone, "scripts"), env }), { status: 7, out: called(clone), err: "" });
    assert.deepEqual(sh("scripts/capture", { cwd: clone, env }), { status: 7, out: called(clone), err: "" });
  });

  it("starts Node with the flags the command itself has", () => {
    const [first = ""] = readFileSync(join(ROOT, "scripts/chatscribe.js"), "utf8").split("\n");
    assert.ok(first.endsWith(NODE_FLAGS.join(" ")));
  });
});

describe("the recipe of the token", () => {
  it("leaves a file that only its owner can read", () => {
    const HOME = tempDir();
    assert.equal(sh(recipe("Capturing a chat from X"), { env: { ...BARE, HOME }, input: "AAAA%2Bmade-up\n" }).status, 0);
    const file = join(HOME, ".x-bearer-token");
    assert.equal(readFileSync(file, "utf8"), "AAAA%2Bmade-up\n");
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});

/** A home with a token in its file, and a PATH whose crontab and other tools are not the machine's. */
function makeHome(...tools: readonly string[]) {
  const HOME = tempDir();
  const path = fakePath(...tools);
  write(HOME, ".x-bearer-token", "AAAA%2Bmade-up\n");
  sh(`chmod 600 '${HOME}/.x-bearer-token'`);
  return { HOME, path, env: { HOME, PATH: `${path}:${SYSTEM}` } };
}

/** The crontab's lines that end with `--quiet`, without their five fields of time. */
function cronJobs(home: string): readonly string[] {
  const table = readFileSync(join(home, "tab"), "utf8").trim().split("\n");
  return table
    .filter((job) => job.endsWith("--quiet"))
    .map((job) => {
      assert.match(job, /^\*\/5 \* \* \* \* /);
      // an unescaped % ends a crontab's command
      assert.doesNotMatch(job, /%/);
      return job.split(" ").slice(5).join(" ");
    });
}

describe("the recipe for cron", () => {
  it("adds one line, however often it is typed, and keeps the others", () => {
    const { HOME, env } = makeHome();
    const clone = makeStub();
    for (let i = 0; i < 2; i++) assert.equal(sh(recipe("cron"), { cwd: clone, env }).err, "");
    assert.equal(cronJobs(HOME).length, 1);
    appendFileSync(join(HOME, "tab"), "0 4 * * * true\n");
    sh(recipe("cron"), { cwd: clone, env });
    assert.equal(readFileSync(join(HOME, "tab"), "utf8").split("\n").length, 3);
    assert.match(readFileSync(join(HOME, "tab"), "utf8"), /^0 4 \* \* \* true$/m);
  });

  it("is a line that cron can run: nothing is due, nothing is said", () => {
    const { HOME, env } = makeHome();
    sh(recipe("cron"), { cwd: makeClone(), env });
    const [job = ""] = cronJobs(HOME);
    assert.deepEqual(sh(job, { cwd: HOME, env: { ...BARE, HOME } }), { status: 0, out: "", err: "" });
  });
});

const SYSTEMD = sh("command -v systemd-analyze").status === 0;

describe("the recipe for systemd", () => {
  const { HOME, env } = makeHome("systemctl", "loginctl");
  const clone = makeClone();
  const units = join(HOME, ".config/systemd/user");
  before(() => {
    const { status, err } = sh(recipe("systemd"), { cwd: clone, env });
    assert.deepEqual({ status, err }, { status: 0, err: "" });
  });

  it("starts the timer, not the service", () => {
    assert.match(
      readFileSync(join(HOME, "systemctl"), "utf8"),
      /^--user\ndaemon-reload\n--user\nenable\n--now\nchatscribe-capture.timer\n$/,
    );
    assert.equal(readFileSync(join(HOME, "loginctl"), "utf8"), "enable-linger\n");
  });

  it("has no token in its units", () => {
    for (const name of ["service", "timer"])
      assert.doesNotMatch(readFileSync(join(units, `chatscribe-capture.${name}`), "utf8"), /made-up|X_BEARER_TOKEN=/);
  });

  it("starts what is there, and says nothing where nothing is due", () => {
    const service = readFileSync(join(units, "chatscribe-capture.service"), "utf8");
    // ExecStart="/my chats/scripts/capture" --token-file "%h/.x-bearer-token"
    const command = /^ExecStart=(.+)$/m.exec(service)?.[1]?.replaceAll("%h", HOME) ?? "";
    assert.deepEqual(sh(command, { env: { ...BARE, HOME } }), { status: 0, out: "", err: "" });
  });

  it("is what systemd-analyze accepts", { skip: SYSTEMD ? false : "1 recipe not verified: no systemd-analyze here" }, () => {
    const verify = (...files: string[]): Told =>
      sh(`systemd-analyze verify --user ${files.map((file) => quoted(join(units, file))).join(" ")}`, {
        env: { ...BARE, HOME, XDG_RUNTIME_DIR: tempDir() },
      });
    assert.deepEqual(verify("chatscribe-capture.service", "chatscribe-capture.timer"), { status: 0, out: "", err: "" });
    // and it would have found a unit that starts nothing
    const service = readFileSync(join(units, "chatscribe-capture.service"), "utf8");
    writeFileSync(join(units, "planted.service"), service.replace("scripts/capture", "scripts/captuer"));
    assert.notEqual(verify("planted.service").status, 0);
  });
});

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: Readonly<Record<string, unknown>>;
  readonly jobs: { readonly capture: { readonly "timeout-minutes": number; readonly steps: readonly Step[] } };
}

describe("the recipe for GitHub Actions", () => {
  const workflow = parse(recipe("GitHub Actions", "yaml")) as Workflow;
  const { steps } = workflow.jobs.capture;
  const step = (id: string): Step => steps.find((one) => one.id === id || one.name === id) ?? {};

  it("runs one at a time, may write the branch, and ends before GitHub would end it", () => {
    assert.deepEqual(workflow.concurrency, { group: "capture", "cancel-in-progress": false });
    assert.deepEqual(workflow.permissions, { contents: "write" });
    assert.ok(workflow.jobs.capture["timeout-minutes"] < 360);
    for (const { cron } of workflow.on.schedule) assert.match(cron, /^\d+ \d+ \* \* (\d|\*)$/);
  });

  it("gives the token to the capture and to nothing else", () => {
    const seen = steps.filter((one) => JSON.stringify(one).includes("secrets."));
    assert.deepEqual(
      seen.map((one) => [one.run, one.env]),
      [["npx chatscribe capture --due --follow", { X_BEARER_TOKEN: "$" + "{{ secrets.X_BEARER_TOKEN }}" }]],
    );
  });

  it("keeps the archive whatever the capture's exit code, and only where the last one was fetched", () => {
    assert.equal(step("kept").if, "always() && steps.fetched.outcome == 'success'");
    for (const after of steps.slice(steps.indexOf(step("kept")) + 1)) assert.equal(after.if, "always() && steps.kept.outcome == 'success'");
  });

  /** A repository on the net with a clone of it, as actions/checkout makes one for each run. */
  function makeOrigin(): { readonly origin: string; checkout(): string } {
    const origin = join(tempDir(), "origin.git");
    const clone = makeClone();
    const git = "git -c user.name=amy -c user.email=amy@tea.example";
    const made = sh(
      `git init --quiet --bare '${origin}' && git init --quiet --initial-branch main && git add data .gitignore &&
       ${git} commit --quiet -m chat && git push --quiet '${origin}' main`,
      { cwd: clone, env: process.env as Record<string, string> },
    );
    assert.equal(made.status, 0, made.err);
    return {
      origin,
      checkout() {
        const run = makeClone();
        const got = sh(
          `git init --quiet && git remote add origin '${origin}' && git fetch --quiet origin main && git checkout --quiet -f main`,
          {
            cwd: run,
            env: process.env as Record<string, string>,
          },
        );
        assert.equal(got.status, 0, got.err);
        return run;
      },
    };
  }

  /** As GitHub runs a step: bash -e. */
  const take = (id: string, cwd: string): Told => {
    const env = { ...(process.env as Record<string, string>), RUNNER_TEMP: tempDir(), npm_config_update_notifier: "false" };
    return sh(step(id).run ?? "", { cwd, env, shell: ["bash", "-e"] });
  };
  const git = (origin: string, ...words: string[]): string =>
    spawnSync("git", ["--git-dir", origin, ...words], { encoding: "utf8" }).stdout.trim();
  const importInto = (run: string, id: string): void => {
    const file = write(tempDir(), "in.jsonl", line({ id }));
    const told = spawnSync(process.execPath, [join(run, "scripts/chatscribe.js"), "import", file, "--chat", "teachat"], {
      encoding: "utf8",
    });
    assert.equal(told.status, 0, told.stderr);
  };

  it("stops where the archive cannot be fetched: it would be replaced by an empty one", () => {
    const { origin, checkout } = makeOrigin();
    const run = checkout();
    rmSync(origin, { recursive: true });
    const { status } = take("fetched", run);
    assert.ok(status !== 0 && status !== 2, String(status));
  });

  it("carries the archive from run to run in one commit, and leaves the chat's files as they are", () => {
    const { origin, checkout } = makeOrigin();
    const first = checkout();
    assert.equal(take("fetched", first).out, "No branch archive yet: this is the first run.\n");
    assert.equal(take("kept", first).status, 0);
    assert.equal(git(origin, "branch", "--list", "archive"), "", "nothing was captured, nothing is kept");
    importInto(first, "101");
    mkdirSync(join(first, "data/media"));
    write(first, "data/media/ab.jpg", "picture");
    assert.equal(take("kept", first).status, 0);

    const second = checkout();
    write(second, "data/chats/teachat/chat.md", '---\ntags: ["#teachat", "#tea"]\n---\n');
    assert.deepEqual(take("fetched", second), { status: 0, out: "", err: "" });
    assert.deepEqual(readFileSync(join(second, "data/archive.db")), readFileSync(join(first, "data/archive.db")));
    assert.match(readFileSync(join(second, "data/chats/teachat/chat.md"), "utf8"), /#tea"/);
    importInto(second, "102");
    assert.equal(take("kept", second).status, 0);
    assert.equal(git(origin, "rev-list", "--count", "archive"), "1");
    assert.equal(git(origin, "ls-tree", "-r", "--name-only", "archive"), "data/archive.db\ndata/media/ab.jpg");
    assert.equal(git(origin, "rev-list", "--count", "main"), "1");

    const kept = git(origin, "rev-parse", "archive");
    writeFileSync(join(second, "data/archive.db"), "no database");
    assert.equal(take("kept", second).status, 7);
    assert.equal(git(origin, "rev-parse", "archive"), kept, "a damaged archive takes nobody's place");
  });
});

describe("the recipe for Docker", () => {
  it("copies what is there", () => {
    for (const name of copied()) assert.ok(existsSync(join(ROOT, name)), name);
    assert.match(DOCKERFILE.join("\n"), /^FROM node:(2[4-9]|[3-9]\d)/m);
  });

  it("what it copies is enough to build a site", () => {
    const entry = DOCKERFILE.find((text) => text.startsWith("ENTRYPOINT "));
    const words = JSON.parse((entry ?? "").slice("ENTRYPOINT ".length)) as string[];
    assert.deepEqual(words, ["node", ...NODE_FLAGS, "/app/scripts/chatscribe.js"]);
    const clone = makeClone();
    const [, ...rest] = words.map((word) => word.replace("/app", clone));
    const out = join(clone, "site");
    const built = spawnSync(process.execPath, [...rest, "build", "--quiet"], { encoding: "utf8", cwd: "/" });
    assert.equal(built.status, 0, built.stderr);
    assert.ok(existsSync(join(out, "index.html")));
  });

  it("mounts the archive and the token where the command looks for them", () => {
    const { HOME, path, env } = makeHome("docker");
    const clone = makeStub();
    assert.equal(sh(recipe("Docker"), { cwd: clone, env }).err, "");
    assert.equal(readFileSync(join(HOME, "docker"), "utf8"), "build\n--tag\nchatscribe\n.\n");
    const [job = ""] = cronJobs(HOME);
    rmSync(join(HOME, "docker"));
    assert.equal(sh(job, { env: { ...BARE, HOME } }).status, 0);
    const words = readFileSync(join(HOME, "docker"), "utf8").trim().split("\n");
    assert.deepEqual(words.slice(words.indexOf("chatscribe") + 1), ["capture", "--due", "--token-file", "/run/x-bearer-token", "--quiet"]);
    const mounts = words.filter((_, i) => words[i - 1] === "-v").map((mount) => mount.split(":"));
    assert.deepEqual(mounts, [
      [join(clone, "data"), "/app/data"],
      [join(HOME, ".x-bearer-token"), "/run/x-bearer-token", "ro"],
    ]);
    for (const [from = ""] of mounts) assert.ok(existsSync(from), from);
    assert.equal(dirname(job.split("'")[1] ?? ""), path);
  });
});
