import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { Command } from "../../src/cli/command.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { tempDir } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, type } from "./world.ts";

const full = await fullWorld();
const NAMES = [
  "init",
  "capture",
  "import",
  "thread",
  "review",
  "build",
  "serve",
  "publish",
  "export",
  "status",
  "recap",
  "next",
  "plan",
  "sync",
  "forget",
  "check",
  "backup",
  "rebuild",
  "doctor",
];

const commandOf = async (name: string): Promise<Command> =>
  ((await import(`../../src/cli/${name}.ts`)) as { readonly command: Command }).command;
const COMMON: ParseArgsOptionsConfig = { archive: { type: "string" }, json: { type: "boolean" }, quiet: { type: "boolean" } };

/** Words of a line as a shell sees them: `init "#tea" --at 12:00  # why` */
const wordsOf = (line: string): string[] =>
  (line.replace(/\s#\s.*$/, "").match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));

/** The line is one the program takes: its command is there, its options are known, its words are not too many or too few. */
async function parses(line: string): Promise<void> {
  const [name = "", ...words] = wordsOf(line);
  if (name.startsWith("-") || name === "help") return;
  const { code, err } = await type([name, ...words, "--help"], ROOT);
  assert.equal(code, 0, `${line}: ${err}`);
  if (words.includes("--help")) return;
  const command = await commandOf(name);
  const { positionals } = parseArgs({ args: words, options: { ...COMMON, ...command.options }, allowPositionals: true });
  const [least, most] = command.words;
  assert.ok(positionals.length >= least && positionals.length <= most, `${line}: ${positionals.length} words`);
}

describe("--help", () => {
  it("lists every command, and each says usage, options and an example", async (t) => {
    const runs = [await type(["--help"], ROOT)];
    for (const name of NAMES) runs.push(await type([name, "--help"], ROOT));
    assert.deepEqual(
      runs.map(({ code, err }) => [code, err]),
      runs.map(() => [0, ""]),
    );
    t.assert.fileSnapshot(runs.map(({ out }) => out).join("\n----\n\n"), join(ROOT, "test/golden/cli/help.txt"), {
      serializers: [(text: string) => text],
    });
  });

  it("is the same as -h, and as help before the command", async () => {
    const { out } = await type(["import", "--help"], ROOT);
    assert.equal((await type(["import", "-h"], ROOT)).out, out);
    assert.equal((await type(["help", "import"], ROOT)).out, out);
    assert.equal((await type(["help"], ROOT)).out, (await type(["--help"], ROOT)).out);
  });

  it("names the commands that are there, and no others", async () => {
    const { out } = await type(["--help"], ROOT);
    assert.deepEqual(
      [...out.matchAll(/^ {2}(\w+) {2}/gm)].map((match) => match[1]),
      NAMES,
    );
  });

  for (const name of NAMES) {
    it(`of ${name} describes the options it takes, and its example is one`, async () => {
      const command = await commandOf(name);
      // "--host H" -> host
      const described = Object.keys(command.help).map((flag) => /^--([\w-]+)/.exec(flag)?.[1]);
      assert.deepEqual(described.toSorted(), Object.keys(command.options).toSorted());
      assert.match(command.example, new RegExp(`^npx chatscribe ${name}\\b`));
      await parses(command.example.replace("npx chatscribe ", ""));
      assert.match(command.usage, new RegExp(`^${name}\\b`));
    });
  }
});

describe("README.md", () => {
  const file = join(ROOT, "README.md");
  const skip = existsSync(file) ? false : "README.md is not written yet";
  it("every `npx chatscribe …` in it is a line the program takes", { skip }, async () => {
    const lines = [...readFileSync(file, "utf8").matchAll(/npx chatscribe ([^\n`|]+)/g)].map((match) => (match[1] ?? "").trim());
    assert.ok(lines.length > 0);
    for (const line of lines) await parses(line);
  });
});

it("--version is package.json's", async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  assert.deepEqual(await type(["--version"], ROOT), { code: 0, out: `${version}\n`, err: "" });
});

/** Every command that ends by itself, done well, in the order a newcomer would type them. */
const INIT = ["init", "#leaf", "--host", "sam", "--every", "Friday", "--at", "9:30", "--zone", "Asia/Colombo"];
const DONE: readonly (readonly [args: readonly string[], next: string])[] = [
  [INIT, "npx chatscribe import <file> --chat leaf --archive data"],
  [["init", "--from", "tweets.jsonl", "--slug", "old", "--zone", "UTC"], "npx chatscribe import tweets.jsonl --chat old --archive data"],
  [["import", "tweets.jsonl", "--chat", "teachat"], "npx chatscribe build --archive data"],
  [["thread"], "npx chatscribe build --archive data"],
  [["thread", "--explain", "103"], "npx chatscribe thread teachat/2026-03-03 --archive data"],
  [["review", "teachat/2026-03-03"], "npx chatscribe build --archive data"],
  [["status"], "npx chatscribe review teachat/2026-03-10 --open --archive data"],
  [["export", "teachat/2026-03-03"], "npx chatscribe build --archive data"],
  [["build", "--out", "site"], "npx chatscribe serve --out site --archive data"],
  [["check"], "npx chatscribe check --read-data --archive data"],
  [["check", "--read-data"], "npx chatscribe backup --archive data"],
  [["backup"], "npx chatscribe check --read-data --archive data"],
  [["rebuild"], "npx chatscribe build --archive data"],
  [["doctor"], "npx chatscribe status --archive data"],
];

const run = async (args: readonly string[], ...flags: string[]) => {
  const world = copyOf(full);
  return type([...args, "--archive", "data", ...flags], world, { terminal: true });
};

describe("every command", () => {
  for (const [args, next] of DONE) {
    const line = args.join(" ");
    it(`${line}: ends by naming the next command, on stderr`, async () => {
      const { code, out, err } = await run(args);
      assert.equal(code, 0);
      assert.notEqual(out, "");
      assert.equal(
        err
          .split("\n")
          .at(-2)
          ?.replace(/^Next: /, "") ?? "",
        next === "" ? err.split("\n").at(-2) : next,
      );
      assert.doesNotMatch(out, /^Next: /m);
    });
    it(`${line} --quiet: nothing on stderr, the same on stdout`, async () => {
      const loud = await run(args);
      const { code, out, err } = await run(args, "--quiet");
      assert.deepEqual([code, err], [0, ""]);
      assert.equal(timeless(out), timeless(loud.out));
    });
    it(`${line} --json: one JSON value on stdout, no hint`, async () => {
      const { code, out, err } = await run(args, "--json");
      assert.equal(code, 0);
      assert.doesNotThrow(() => JSON.parse(out));
      assert.doesNotMatch(err, /Next:/);
    });
    it(`${line}: no colours, even on a terminal`, async () => {
      const { out, err } = await run(args);
      assert.ok(!`${out}${err}`.includes("\u001b"));
    });
  }
});

/** Without what differs from one moment to the next: `1.3 s`, `80,151 MB free`. */
const timeless = (text: string): string => text.replace(/[\d.]+ s$/m, "… s").replace(/[\d,.]+ MB free/, "… MB free");

describe("where a command is typed", () => {
  it("paths are read from there, and shown as they are seen from there", async () => {
    const world = copyOf(full);
    const { code, out, err } = await type(["import", "../tweets.jsonl", "--chat", "teachat", "--archive", "."], join(world, "data"));
    assert.equal(code, 0);
    assert.match(out, /tweets\.jsonl: 9 read, 0 new, 9 held/);
    assert.equal(err, "Next: npx chatscribe build --archive .\n");
  });

  it("an absolute path stays one", async () => {
    const world = copyOf(full);
    const { code, out } = await type(["status", "--archive", join(world, "data")], tempDir());
    assert.equal(code, 0);
    assert.match(out, /^9 tweets/);
  });

  it("a name with a space is quoted in what to type next", async () => {
    const world = tempDir();
    const { err } = await type([...INIT, "--archive", "our chats"], world);
    assert.equal(err, "Next: npx chatscribe import <file> --chat leaf --archive 'our chats'\n");
  });
});

describe("an archive where nothing was captured", () => {
  const NEXT = "Next: npx chatscribe import <file> --chat teachat --archive data\n";
  it("status says so", async () => {
    assert.deepEqual(await type(["status", "--archive", "data"], emptyWorld()), {
      code: 0,
      out: "0 tweets, 0 more known as context, 0 outside every session's window\n",
      err: NEXT,
    });
  });
  for (const name of ["", "teachat", "teachat/"]) {
    it(`thread ${name} says so`, async () => {
      const words = name === "" ? [] : [name];
      assert.deepEqual(await type(["thread", ...words, "--archive", "data"], emptyWorld()), {
        code: 0,
        out: "",
        err: `${name || "data"}: no session has a tweet or a file yet\n${NEXT}`,
      });
    });
  }
});

type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

/** The types of a JSON value: `{ a: [1, 2] }` -> `{ a: ["number"] }`. Items of a list must be alike. */
function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) {
    const [first, ...rest] = value.map(shapeOf);
    for (const other of rest) assert.deepEqual(other, first);
    return first === undefined ? [] : [first];
  }
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

const COUNTS = {
  read: "number",
  new: "number",
  held: "number",
  context: "number",
  repaired: "number",
  removed: "number",
  refused: "number",
};
const JSON_SHAPES: readonly (readonly [args: readonly string[], shape: Shape])[] = [
  [["import", "tweets.jsonl", "--chat", "teachat"], { files: [{ file: "string", format: "string", ...COUNTS }], ...COUNTS }],
  [
    ["status"],
    {
      tweets: "number",
      context: "number",
      outside: "number",
      chats: [
        {
          chat: "string",
          sessions: [{ session: "string", tweets: "number", questions: "number", complete: "null", status: "string", hosts: "string" }],
        },
      ],
    },
  ],
  [
    ["thread"],
    {
      sessions: [
        {
          session: "string",
          tweets: "number",
          moved: "number",
          unplaced: "number",
          unmatched: "number",
          pinned: "number",
          sections: "string",
          stale: "number",
          moves: [],
          hosts: "string",
          hosts_guessed: [],
        },
      ],
    },
  ],
  [["review", "teachat/2026-03-03"], { session: "string", hosts: "string", hosts_guessed: [], entries: [], more: "number" }],
  [["build", "--out", "site"], { rendered: "number", unchanged: "number", removed: "number", files: "number", seconds: "number" }],
  [INIT, { chat: "string", file: "string" }],
  [["check"], { ok: "boolean", problems: [] }],
  [["backup"], { file: "string", tweets: "number", bytes: "number" }],
  [
    ["rebuild"],
    { bodies: "number", tweets: "number", context: "number", new: "number", changed: "number", gone: "number", backup: "string" },
  ],
  [["doctor"], { ok: "boolean", findings: [{ name: "string", state: "string", says: "string" }] }],
  [["init", "--from", "tweets.jsonl", "--slug", "old", "--zone", "UTC"], { chat: "string", file: "string", evidence: ["string"] }],
];

describe("--json: the public contract", () => {
  for (const [args, shape] of JSON_SHAPES)
    it(args.join(" "), async () => assert.deepEqual(shapeOf(JSON.parse((await run(args, "--json")).out)), shape));

  it("status: the numbers", async () => {
    const { out } = await run(["status"], "--json");
    assert.deepEqual(JSON.parse(out), {
      tweets: 9,
      context: 0,
      outside: 1,
      chats: [
        {
          chat: "teachat",
          sessions: [
            { session: "2026-03-03", tweets: 6, questions: 2, complete: null, status: "draft", hosts: "named" },
            { session: "2026-03-10", tweets: 2, questions: 1, complete: null, status: "draft", hosts: "named" },
          ],
        },
      ],
    });
  });

  it("export: one array of the objects of jsonl, which have the keys of the contract in order", async () => {
    const records = JSON.parse((await run(["export", "teachat/2026-03-03"], "--json")).out) as Record<string, unknown>[];
    const { out } = await run(["export", "teachat/2026-03-03"]);
    assert.deepEqual(
      records,
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    );
    assert.deepEqual(Object.keys(records[0] ?? {}), [
      ..."id session author author_id name created_at text lang reply_to reply_to_user quotes repost_of tags mentions links media".split(
        " ",
      ),
      ..."asks side section question label reason confidence parent relation parent_reason parent_confidence".split(" "),
      ..."late untagged edited aliases poll local context hidden".split(" "),
    ]);
  });
});

it("every command of src/cli is tested here", () => {
  const files = readdirSync(join(ROOT, "src/cli")).filter((file) =>
    readFileSync(join(ROOT, "src/cli", file), "utf8").includes("export const command: Command"),
  );
  assert.deepEqual(files.map((file) => file.replace(".ts", "")).toSorted(), NAMES.toSorted());
});
