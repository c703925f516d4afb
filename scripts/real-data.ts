// npx node scripts/real-data.ts: imports real chats, where they lie beside the checkout, into a throw-away archive, twice: the second time
// must add nothing. Their texts are never printed.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { main } from "../src/cli/main.ts";
import { realClock } from "../src/clock.ts";

const DATA = fileURLToPath(new URL("../../shared/data", import.meta.url));

interface Task {
  readonly chat: string;
  /** Of its chat.md. */
  readonly schedule: string;
  readonly files: readonly string[];
  /** The session of a file whose tweets have no ids or no dates. */
  readonly sessions?: Readonly<Record<string, string>>;
}

const TASKS: readonly Task[] = [
  {
    chat: "seed",
    schedule: '{ every: Tuesday, at: "12:00", zone: America/New_York }',
    files: ["seed/2009-07-21.txt"],
    sessions: { "seed/2009-07-21.txt": "2009-07-21" },
  },
  {
    chat: "critlib",
    schedule: '{ every: Tuesday, at: "21:00", zone: America/New_York }',
    files: listed("critlib", /\.(?:csv|json)$/).filter((file) => !file.endsWith("questions.json")),
  },
  {
    chat: "pstweetchat",
    schedule: '{ every: first Friday, at: "13:00", zone: America/New_York }',
    files: ["pstweetchat/pstweetchat.csv", ...listed("pstweetchat/transcripts", /\.(?:md|txt)$/)],
    sessions: {
      "pstweetchat/transcripts/2020/02_PSTweetChat_February2020.md": "2020-02-07",
      "pstweetchat/transcripts/2020/Feb2020-tchat.txt": "2020-02-07",
    },
  },
  { chat: "rumoureval", schedule: "{ zone: UTC }", files: ["rumoureval/tweets.v1.jsonl.gz"] },
  { chat: "twarc", schedule: "{ zone: UTC }", files: listed("twarc-v2", /\.jsonl$/) },
];

interface Counts {
  readonly format: string;
  readonly read: number;
  readonly new: number;
  readonly held: number;
  readonly repaired: number;
  readonly refused: number;
  readonly context: number;
}

/** Files of a folder and those in it, in order of name, as paths in the data. */
function listed(folder: string, pattern: RegExp): string[] {
  if (!existsSync(join(DATA, folder))) return [];
  const entries = readdirSync(join(DATA, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && pattern.test(entry.name));
  return files.map((entry) => relative(DATA, join(entry.parentPath, entry.name))).sort();
}

/** What became of a file, or why none of it was taken. */
async function importOne(archive: string, file: string, { chat, sessions = {} }: Task): Promise<Counts | string> {
  let out = "";
  let said = "";
  const session = sessions[file];
  const words = ["import", join(DATA, file), "--chat", chat, ...(session === undefined ? [] : ["--session", session])];
  await main([...words, "--archive", archive, "--json"], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      said += text;
    },
    now: Date.now,
    clock: realClock(Date.now),
    env: {},
    cwd: process.cwd(),
    terminal: false,
    ask: () => Promise.reject(new Error("nobody to ask")),
    stopped: () => new Promise(() => {}),
  });
  if (out === "") return said.trim().replace(`${DATA}/`, "");
  return (JSON.parse(out) as { files: [Counts] }).files[0];
}

const COLUMNS = ["read", "new", "held", "repaired", "refused", "context"] as const;

const row = (file: string, format: string, numbers: readonly (string | number)[]): string =>
  [file.padEnd(62), format.padEnd(14), ...numbers.map((number) => String(number).padStart(9))].join("");

/** Imports everything; returns how many tweets were new. */
async function importAll(archive: string, print: boolean): Promise<number> {
  let added = 0;
  for (const task of TASKS)
    for (const file of task.files) {
      const counts = await importOne(archive, file, task);
      if (typeof counts !== "string") added += counts.new;
      if (!print) continue;
      console.log(
        typeof counts === "string"
          ? `${file}: ${counts}`
          : row(
              file,
              counts.format,
              COLUMNS.map((column) => counts[column]),
            ),
      );
    }
  return added;
}

/** Numbers that must come out, known from the data's own description or counted apart from this program. */
function checkHeld(archive: string): string[] {
  const db = new Database(join(archive, "archive.db"), { readonly: true });
  const count = (sql: string, ...values: string[]): number =>
    db
      .prepare(sql)
      .pluck()
      .get(...values) as number;
  const members = "FROM member JOIN tweet ON tweet.id = member.tweet WHERE member.chat = ?";
  const held = "EXISTS (SELECT 1 FROM tweet AS parent WHERE parent.id = tweet.reply_to)";
  const found: [what: string, counted: number, atLeast: number][] = [
    ["pstweetchat: tweets", count(`SELECT count(*) ${members}`, "pstweetchat"), 2473],
    ["rumoureval: tweets", count(`SELECT count(*) ${members}`, "rumoureval"), 5594],
    // 5,241 by in_reply_to_status_id_str; 23 more have the number only, whose digits are exact in the file
    ["rumoureval: replies whose parent is held", count(`SELECT count(*) ${members} AND ${held}`, "rumoureval"), 5241],
    ["twarc: tweets", count(`SELECT count(*) ${members}`, "twarc"), 1583],
    ["twarc: replies whose parent is held", count(`SELECT count(*) ${members} AND ${held}`, "twarc"), 180],
  ];
  db.close();
  for (const [, counted, atLeast] of found) if (counted < atLeast) process.exitCode = 1;
  return found.map(([what, counted, atLeast]) => `${what}: ${counted} (at least ${atLeast})`);
}

async function run(): Promise<void> {
  if (!existsSync(DATA)) return console.log("skipped: no ../shared/data");
  const archive = mkdtempSync(join(tmpdir(), "real-data-"));
  try {
    for (const { chat, schedule } of TASKS) {
      mkdirSync(join(archive, "chats", chat), { recursive: true });
      writeFileSync(join(archive, "chats", chat, "chat.md"), `---\ntags: ["#${chat}"]\nschedule: ${schedule}\n---\n`);
    }
    console.log(row("file", "format", COLUMNS));
    await importAll(archive, true);
    for (const line of checkHeld(archive)) console.log(line);
    const again = await importAll(archive, false);
    console.log(`imported again: ${again} new (expected 0)`);
    if (again !== 0) process.exitCode = 1;
  } finally {
    rmSync(archive, { recursive: true, force: true });
  }
}

await run();
