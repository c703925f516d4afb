import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { takeLock } from "../../src/store/open.ts";
import { ARCHIVE_STEPS } from "../../src/store/schema.ts";
import { TEACHAT, tempDir, write } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, notes, TWEETS, tree, type } from "./world.ts";

/** What is typed: words, or one line where no word holds a space. `--archive data` is added. */
type Typed = string | readonly string[];
/** What is wrong, what is typed, the line on stderr after `chatscribe: `, the exit code where it is not 2,
 *  and what is changed in the world before: files by path, or anything else; the function returned undoes it. */
type Case = readonly [
  what: string,
  typed: Typed,
  says: string | RegExp,
  more?: { code?: number; files?: Readonly<Record<string, string | Uint8Array>>; first?: (cwd: string) => undefined | (() => unknown) },
];

const full = await fullWorld();
const empty = emptyWorld();

const check = (cases: readonly Case[], world = full): void => {
  for (const [what, typed, says, more = {}] of cases) it(what, () => refuse(world, typed, says, more));
};

/** What is made anew whenever it is not there: a build that is refused half-way has kept what it knew of the sessions before. */
const DERIVED = /^data\/(?:work(?:-lock)?|build-lock)\.db/;
const lasting = (dir: string) => Object.fromEntries(Object.entries(tree(dir)).filter(([file]) => !DERIVED.test(file)));

/** One line on stderr, nothing on stdout, every byte as it was. */
async function refuse(world: string, typed: Typed, says: string | RegExp, { code = 2, files = {}, first }: NonNullable<Case[3]>) {
  const cwd = copyOf(world);
  for (const [name, content] of Object.entries(files)) write(cwd, name, content);
  const undo = first?.(cwd);
  const seen = String(typed).startsWith("build") ? lasting : tree;
  const were = seen(cwd);
  const ran = await type([...(typeof typed === "string" ? typed.split(" ") : typed), "--archive", "data"], cwd);
  const are = seen(cwd);
  undo?.();
  if (typeof says === "string") assert.equal(ran.err, `chatscribe: ${says}\n`);
  else assert.match(ran.err, says);
  assert.equal(ran.err.indexOf("\n"), ran.err.length - 1, "one line");
  assert.equal(ran.out, "");
  assert.equal(ran.code, code);
  assert.deepEqual(are, were, "nothing is written");
}

const CHAT = "data/chats/teachat/chat.md";
const chat = (from: string, to: string) => ({ files: { [CHAT]: TEACHAT.replace(from, to) } });
const NIGHT = "data/chats/teachat/2026-03-03.md";
const session = (yaml: string, file = NIGHT) => ({ files: { [file]: notes(yaml) } });
const site = (yaml: string) => ({ files: { "data/site.yml": yaml } });
const RULES = "(allowed: title, tags, hosts, schedule, lead, grace, was)";

describe("refused: the chat's file", () =>
  check([
    [
      "a zone misspelled",
      "status",
      `${CHAT}:5: zone "America/New_Yrok" is not a zone; write an IANA name, as America/New_York or UTC; did you mean "America/New_York"?`,
      chat("New_York", "New_Yrok"),
    ],
    [
      "EST",
      "status",
      `${CHAT}:5: zone "EST" has no summer time: a Tuesday noon in July in New York is EDT; write America/New_York`,
      chat("America/New_York", "EST"),
    ],
    [
      "an offset for a zone",
      "status",
      `${CHAT}:5: zone "-05:00" is an offset, and offsets know no summer time; write the name of a place, as America/New_York`,
      chat("America/New_York", '"-05:00"'),
    ],
    ["a tag without #", "status", `${CHAT}:3: tags: "teachat" has no #; write "#teachat"`, chat("#teachat", "teachat")],
    ["an unknown key", "status", `${CHAT}:4: unknown key "host" ${RULES}; did you mean "hosts"?`, chat("hosts:", "host:")],
    ["a key twice", "status", `${CHAT}:4: "tags" stands here twice: line 3 has it already; keep one`, chat("hosts:", "tags:")],
    [
      "an hour there is not",
      "status",
      `${CHAT}:5: schedule.at must be a time from 00:00 to 23:59, as "12:00", not "25:00"`,
      chat("12:00", "25:00"),
    ],
    [
      "front matter that is not closed",
      "status",
      `${CHAT}:1: the front matter is not closed; write a line of --- below its last key`,
      { files: { [CHAT]: TEACHAT.slice(0, -4) } },
    ],
    [
      "no front matter",
      "status",
      `${CHAT}:1: there is no front matter; the first line must be ---, then keys and values, then a line of --- again`,
      { files: { [CHAT]: "# Tea\n" } },
    ],
    [
      "front matter in JavaScript",
      "status",
      `${CHAT}:1: only YAML front matter is read; the first line must be --- and nothing more`,
      chat("---\n", "---js\n"),
    ],
    ["Latin-1", "status", `${CHAT}: this is not UTF-8 text; save it as UTF-8`, { files: { [CHAT]: Buffer.from("th\xe9", "latin1") } }],
    [
      "YAML that is none",
      "status",
      `${CHAT}:2: this is not valid YAML: a value that holds a colon and a space needs quotes`,
      chat("Tea", "Tea: hot"),
    ],
    [
      "a folder the site itself uses",
      "status",
      'data/chats/search: the folder "search" is a path of the site itself; name the chat otherwise',
      { files: { "data/chats/search/chat.md": TEACHAT } },
    ],
    [
      "a folder without chat.md",
      "status",
      "data/chats/coffee/chat.md is missing; write it, or make it with: npx chatscribe init",
      { files: { "data/chats/coffee/2026-03-03.md": notes("title: x") } },
    ],
    [
      "an old name that another chat has",
      "status",
      'data/chats/coffee/chat.md: was: "teachat" belongs to chat "teachat"; remove it here or there',
      { files: { "data/chats/coffee/chat.md": notes('tags: ["#coffee"]\nwas: [teachat]') } },
    ],
  ]));

describe("refused: a session's file", () =>
  check([
    [
      "an unknown key",
      "thread",
      `${NIGHT}:2: unknown key "pin" (allowed: title, hosts, guests, start, minutes, status, questions, edits, pins, remarks); did you mean "pins"?`,
      session('pin: ["103"]'),
    ],
    ["a number where an id belongs", "thread", `${NIGHT}:2: pins: an id is a text; write it in quotes: "103"`, session("pins: [103]")],
    [
      "a number as the key of an edit",
      "thread",
      `${NIGHT}:3: a key of edits: an id is a text; write it in quotes: "103"`,
      session("edits:\n  103: Q2"),
    ],
    [
      "two questions with one number",
      "thread",
      `${NIGHT}:4: question 1 stands here twice: line 3 has it already; keep one entry`,
      session('questions:\n  - { number: 1, ask: "102" }\n  - { number: 1, ask: "105" }'),
    ],
    [
      "an edit that names an answer",
      "thread",
      /^chatscribe: data\/chats\/teachat\/2026-03-03\.md:2: edits: "A2" is not a question's label as Q2, .*; write Q2\n$/,
      session('edits: { "103": A2 }'),
    ],
    [
      "an edit of a tweet that another session holds",
      "thread",
      `${NIGHT}:2: edit of tweet 202: it belongs to session teachat/2026-03-10; move the line to data/chats/teachat/2026-03-10.md`,
      session('edits: { "202": Q2 }'),
    ],
    [
      "a pin of a tweet that another session holds",
      "build",
      `${NIGHT}:2: pin of tweet 202: it belongs to session teachat/2026-03-10; move the line to data/chats/teachat/2026-03-10.md`,
      session('pins: ["202"]'),
    ],
    [
      "a word that is no status",
      "status",
      `${NIGHT}:2: status must be draft or reviewed, not "review"; did you mean "reviewed"?`,
      session("status: review"),
    ],
    [
      "front matter that is not closed",
      "export teachat/2026-03-03",
      `${NIGHT}:1: the front matter is not closed; write a line of --- below its last key`,
      { files: { [NIGHT]: "---\ntitle: Leaves\n" } },
    ],
    ["an alias of YAML", "thread", `${NIGHT}:2: &a is an anchor, which is not read here; remove it`, session("guests: &a [amy]")],
    [
      "a file that is no session",
      "thread",
      "data/chats/teachat/todo.md: a session's file is named by its date, as 2009-07-21.md or 2009-07-21-1900.md; rename it",
      { files: { "data/chats/teachat/todo.md": "milk\n" } },
    ],
    [
      "a session that the schedule does not know, without start",
      "thread",
      'data/chats/teachat/2026-03-05.md: says no start, and the schedule of chat "teachat" has no sitting on 2026-03-05; write start: 2026-03-05 12:00 (the wall clock in America/New_York) in this file',
      session("title: Extra", "data/chats/teachat/2026-03-05.md"),
    ],
    [
      "a start that is no time",
      "build",
      `${NIGHT}:2: start must be a date and a wall clock in the chat's zone, as 2009-07-21 12:00, not "noon"`,
      session("start: noon"),
    ],
  ]));

describe("refused: a session's file, where nothing was captured, and no database is made", () =>
  check(
    [
      ["to thread", "thread teachat/2026-03-03", `${NIGHT}:2: pins: an id is a text; write it in quotes: "103"`, session("pins: [103]")],
      ["to build", "build", `${NIGHT}:2: pins: an id is a text; write it in quotes: "103"`, session("pins: [103]")],
      [
        "to import",
        "import t --chat teachat",
        `${NIGHT}:2: pins: an id is a text; write it in quotes: "103"`,
        { files: { t: TWEETS, [NIGHT]: notes("pins: [103]") } },
      ],
      [
        "to import, where it does not say when it began",
        "import t --chat teachat",
        /^chatscribe: data\/chats\/teachat\/2026-03-05\.md: says no start, .*\n$/,
        { files: { t: TWEETS, "data/chats/teachat/2026-03-05.md": notes("title: Extra") } },
      ],
    ],
    empty,
  ));

describe("refused: site.yml, before anything is placed", () =>
  check(
    [
      [
        "an address that is none",
        "build",
        'data/site.yml:1: url must be where the site will be, as https://chats.example.org, not "chats.example"',
        site("url: chats.example"),
      ],
      [
        "a colour in words",
        "build",
        'data/site.yml:1: colours.accent must be a colour as "#7a1f2b", not "red"',
        site("colours: { accent: red }"),
      ],
      [
        "a language in words",
        "build",
        'data/site.yml:1: language must be a language tag, as en, en-GB or pt-BR, not "English"',
        site("language: English"),
      ],
      [
        "an unknown key",
        "build",
        'data/site.yml:2: unknown key "color" (allowed: name, url, pathPrefix, language, contact, colours, tweetPages, downloads); did you mean "colours"?',
        site("name: Tea\ncolor: {}"),
      ],
      ["a key twice", "build", 'data/site.yml:2: "name" stands here twice: line 1 has it already; keep one', site("name: Tea\nname: Leaf")],
    ],
    empty,
  ));

const FORMATS = "chatscribe-jsonl, x-v2-json, twarc-v1-json, twarc-v1-csv, x-archive, sheet-csv, web-exporter-json, markdown, tchat, text";
const imported = (name: string, content: string | Uint8Array) => ({ files: { [name]: content } });

describe("refused: a file to import", () => {
  const cases: readonly Case[] = [
    ["that is not there", "import x.csv --chat teachat", "x.csv: no such file: check the name and the folder"],
    ["that is a folder", "import data --chat teachat", "data: is a folder: name the files in it"],
    ["that is binary", "import x --chat teachat", "x: is a binary file, not text", imported("x", Buffer.from("abcdef\0gh tea tea tea"))],
    ["that is empty", "import x --chat teachat", "x: is empty: nothing to import", imported("x", "\n \n")],
    [
      "of no known format",
      "import x --chat teachat",
      `x: not a format known here (${FORMATS}); if it is one of them, say which: --as chatscribe-jsonl`,
      imported("x", "Dear diary,\ntoday I drank tea.\n"),
    ],
    [
      "in UTF-16",
      "import x --chat teachat",
      "x: is UTF-16: save it as UTF-8 and import that",
      imported("x", Buffer.from("\ufeffid,text", "utf16le")),
    ],
    [
      "that is a damaged zip",
      "import x --chat teachat",
      "x: is a damaged zip file: fetch it again",
      imported("x", Buffer.from("PK\x03\x04.....")),
    ],
    [
      "that is a damaged gzip",
      "import x --chat teachat",
      "x: is a damaged gzip file: fetch it again",
      imported("x", gzipSync(TWEETS).subarray(0, 60)),
    ],
    [
      "as a format there is not",
      "import t --chat teachat --as twarc-v1",
      `--as twarc-v1: no such format (known: ${FORMATS})`,
      imported("t", TWEETS),
    ],
    [
      "as a format misspelled",
      "import t --chat teachat --as twarc-v1-jsn",
      `--as twarc-v1-jsn: no such format; did you mean "twarc-v1-json"? (known: ${FORMATS})`,
      imported("t", TWEETS),
    ],
    [
      "as a format it is not",
      "import t --chat teachat --as twarc-v1-csv",
      "t: is not twarc-v1-csv: its first line must name the columns text, created_at, user_screen_name, and id or tweet_url",
      imported("t", TWEETS),
    ],
    [
      "of text without --session",
      "import p --chat teachat",
      "p: pasted text has no times: say --session 2009-07-21",
      imported("p", "@amy hello\n"),
    ],
    [
      "into what is no session",
      "import p --chat teachat --session tuesday",
      '"tuesday" is no session: write its date, as 2009-07-21, or 2009-07-21-1900 for one of several on a day',
      imported("p", "@amy hello\n"),
    ],
    [
      "into a session of which no start is known",
      "import p --chat teachat --session 2026-03-04",
      'data/chats/teachat/2026-03-04.md: says no start, and the schedule of chat "teachat" has no sitting on 2026-03-04; write start: 2026-03-04 12:00 (the wall clock in America/New_York) in this file',
      imported("p", "@amy hello\n"),
    ],
    ["without --chat", "import t", "import: say which chat the tweets belong to: --chat teachat", imported("t", TWEETS)],
    [
      "into a chat misspelled",
      "import t --chat teachta",
      'chat "teachta" is not in data/chats; did you mean "teachat"?',
      imported("t", TWEETS),
    ],
    ["into a chat there is not", "import t --chat coffee", 'chat "coffee" is not in data/chats; there are: teachat', imported("t", TWEETS)],
    ["the second of two", "import t x --chat teachat", "x: no such file: check the name and the folder", imported("t", TWEETS)],
    [
      "none named",
      "import --chat teachat",
      "import: something is missing; usage: chatscribe import <file…> --chat C [--session S] [--as FORMAT]",
    ],
  ];
  describe("where tweets are held", () => check(cases));
  describe("where none is, and no database is made", () => check(cases, empty));
});

const inDb =
  (sql: string) =>
  (cwd: string): undefined => {
    const db = new Database(join(cwd, "data/archive.db"));
    db.exec(sql);
    db.close();
  };
const garbage = (cwd: string): undefined =>
  writeFileSync(join(cwd, "data/archive.db"), "no database at all, only words. ".repeat(200)) as undefined;
const lock = (name: string) => (cwd: string) => takeLock(join(cwd, "data", name), "").release;
const folderFor =
  (name: string) =>
  (cwd: string): undefined => {
    rmSync(join(cwd, name), { force: true });
    mkdirSync(join(cwd, name, "x"), { recursive: true });
  };
const without =
  (name: string) =>
  (cwd: string): undefined =>
    rmSync(join(cwd, name), { recursive: true }) as undefined;

describe("refused: the archive", () => {
  check([
    [
      "made by a newer Chatscribe",
      "status",
      `data/archive.db: made by a newer Chatscribe (version 99, this one knows ${ARCHIVE_STEPS.length}): update Chatscribe`,
      { first: inDb("PRAGMA user_version = 99") },
    ],
    [
      "made by a newer Chatscribe, on import",
      "import tweets.jsonl --chat teachat",
      `data/archive.db: made by a newer Chatscribe (version 99, this one knows ${ARCHIVE_STEPS.length}): update Chatscribe`,
      { first: inDb("PRAGMA user_version = 99") },
    ],
    [
      "somebody else writes it",
      "import tweets.jsonl --chat teachat",
      "data/archive.db: another Chatscribe is writing it; wait until it is done, then try again",
      { code: 6, first: lock("archive-lock.db") },
    ],
    [
      "somebody else threads it",
      "build",
      "data/work.db: another Chatscribe is writing it; wait until it is done, then try again",
      { code: 6, first: lock("work-lock.db") },
    ],
    [
      "somebody else builds it",
      "build --out site",
      "site: another Chatscribe is writing it; wait until it is done, then try again",
      { code: 6, first: lock("build-lock.db") },
    ],
    [
      "its database is a folder",
      "status",
      /^chatscribe: data\/archive\.db: cannot be written \(.+\): check the folder's rights and the disk\n$/,
      { code: 74, first: folderFor("data/archive.db") },
    ],
    [
      "its lock is a folder",
      "import tweets.jsonl --chat teachat",
      /^chatscribe: data\/archive-lock\.db: cannot be written \(.+\): check the folder's rights and the disk\n$/,
      { code: 74, first: folderFor("data/archive-lock.db") },
    ],
    [
      "its database is damaged",
      "status",
      "data/archive.db: not a sound database (file is not a database): put a backup in its place",
      { code: 7, first: garbage },
    ],
    [
      "its database is damaged, on import",
      "import tweets.jsonl --chat teachat",
      "data/archive.db: not a sound database (file is not a database): put a backup in its place",
      { code: 7, first: garbage },
    ],
    [
      "it is not there",
      "status",
      "data does not exist; make a first chat with: npx chatscribe init, or name another folder with --archive",
      { first: without("data") },
    ],
    [
      "it is not there, on build",
      "build",
      "data does not exist; make a first chat with: npx chatscribe init, or name another folder with --archive",
      { first: without("data") },
    ],
    [
      "it has no chats/",
      "import tweets.jsonl --chat teachat",
      "data is no archive: it has no chats/ folder; make a first chat with: npx chatscribe init, or name another folder with --archive",
      { first: without("data/chats") },
    ],
  ]);

  it("part of its database is damaged: names the archive", async () => {
    const cwd = copyOf(full);
    const file = join(cwd, "data/archive.db");
    const db = new Database(file);
    const page = Number(db.pragma("page_size", { simple: true }));
    const pages = Number(db.pragma("page_count", { simple: true }));
    db.close();
    const { openSync, writeSync, closeSync } = await import("node:fs");
    const handle = openSync(file, "r+");
    writeSync(handle, Buffer.alloc(page * (pages - 2), 0x5a), 0, page * (pages - 2), page * 2);
    closeSync(handle);
    const { code, err } = await type(["export", "teachat/2026-03-03", "--archive", "data"], cwd);
    assert.match(
      err,
      /^chatscribe: data(?:\/archive\.db)?: not a sound database \(database disk image is malformed\): put a backup in its place\n$/,
    );
    assert.equal(code, 7);
  });
});

const INIT = ["--host", "sam", "--every", "Tuesday", "--at", "12:00", "--zone", "UTC"];
const USAGE = "usage: chatscribe init <#tag> --host H… --every Tuesday --at 12:00 --zone Z [--minutes 60] [--slug S]";
const init = (...rest: string[]): string[] => ["init", ...rest];

describe("refused: the command line", () => {
  check([
    ["a command misspelled", "buidl", 'unknown command "buidl"; did you mean "build"?'],
    ["a command there is not", "frobnicate", 'unknown command "frobnicate"; npx chatscribe --help lists them'],
    ["a command named like what every object has", "constructor", 'unknown command "constructor"; npx chatscribe --help lists them'],
    ["an option before the command", "--quiet status", "the command comes first: npx chatscribe <command> --quiet"],
    ["an option misspelled", "import t --caht teachat", "import: unknown option --caht; did you mean --chat?"],
    ["an option there is not", "status --frobnicate", "status: unknown option --frobnicate; --help lists the options"],
    ["a short option there is not", "status -x", "status: unknown option -x; --help lists the options"],
    ["an option without its value", "export teachat/2026-03-03 --format", "export: --format needs a value"],
    ["an option whose value is empty", ["import", "t", "--chat", ""], "import: --chat needs a value"],
    ["a flag with a value", "status --json=yes", "status: --json takes no value"],
    ["a word too many", "status teachat", 'status: "teachat" is one word too many; usage: chatscribe status'],
    ["a chat there is not", "thread coffee", 'chat "coffee" is not in data/chats; there are: teachat'],
    [
      "a session misspelled",
      "thread teachat/2026-03-30",
      'session "teachat/2026-03-30" has no tweet and no file; did you mean "2026-03-10"?',
    ],
    [
      "a session there is not",
      "export teachat/2019-12-31",
      'session "teachat/2019-12-31" has no tweet and no file; there are: 2026-03-03, 2026-03-10',
    ],
    [
      "a session within a session",
      "thread teachat/2026-03-03/1",
      '"teachat/2026-03-03/1" is no session: write <chat>/<session>, as teachat/2026-03-03',
    ],
    ["a chat where a session belongs", "export teachat", '"teachat" is a chat: name one session of it, as teachat/2026-03-10'],
    [
      "a chat and a slash where a session belongs",
      "export teachat/",
      '"teachat/" is a chat: name one session of it, as teachat/2026-03-10',
    ],
    [
      "a format there is not",
      "export teachat/2026-03-03 --format xml",
      'export: unknown format "xml"; there are: jsonl, json, csv, md, txt',
    ],
    [
      "an export into a folder there is not",
      "export teachat/2026-03-03 --out no/x.jsonl",
      "no/x.jsonl: cannot be written: there is no folder no",
      { code: 74 },
    ],
    ["an export into a folder", "export teachat/2026-03-03 --out data", "data: cannot be written: it is a folder", { code: 74 }],
    [
      "an export below a file",
      "export teachat/2026-03-03 --out tweets.jsonl/x",
      /^chatscribe: tweets\.jsonl\/x: cannot be written.*\n$/,
      { code: 74 },
    ],
    [
      "an id nobody knows, to explain",
      "thread --explain 999",
      'tweet "999" is in no session of data: check the id (it is the number at the end of the tweet\'s address)',
    ],
    [
      "an id of another session, to explain",
      "thread teachat/2026-03-03 --explain 202",
      'tweet "202" is not in teachat/2026-03-03: it is in teachat/2026-03-10',
    ],
    ["a site over a file", "build --out tweets.jsonl", "tweets.jsonl: cannot be written: it is a file, not a folder", { code: 74 }],
    ["a port in words", "serve --port http", 'serve: --port must be a number from 0 to 65535, not "http"'],
    ["a port too high", "serve --port 70000", 'serve: --port must be a number from 0 to 65535, not "70000"'],
    ["a port in hexadecimal", "serve --port 0x50", 'serve: --port must be a number from 0 to 65535, not "0x50"'],
    [
      "no site to serve",
      ["serve", "--out", "my site"],
      "my site: there is no site yet; type npx chatscribe build --out 'my site' --archive data",
    ],
  ]);

  describe("where nothing was captured, and no database is made", () =>
    check(
      [
        ["a chat there is not", "export coffee/2026-03-03", 'chat "coffee" is not in data/chats; there are: teachat'],
        ["a chat there is not, to thread", "thread coffee", 'chat "coffee" is not in data/chats; there are: teachat'],
        [
          "a format there is not",
          "export teachat/2026-03-03 --format xml",
          'export: unknown format "xml"; there are: jsonl, json, csv, md, txt',
        ],
      ],
      empty,
    ));

  it("a chat without a session, where one belongs", async () => {
    const { err, code } = await type(["export", "teachat", "--archive", "data"], copyOf(empty));
    assert.equal(
      err,
      'chatscribe: chat "teachat" has no session yet; add tweets: npx chatscribe import <file> --chat teachat --archive data\n',
    );
    assert.equal(code, 2);
  });

  it("a port that is taken", async () => {
    const cwd = copyOf(full);
    write(cwd, "site/index.html", "tea");
    const taken = createServer();
    await new Promise<void>((ready) => taken.listen(0, "127.0.0.1", ready));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { err, code } = await type(["serve", "--port", String(port), "--out", "site", "--archive", "data"], cwd);
    taken.close();
    assert.equal(err, `chatscribe: port ${port} is taken; name another with --port\n`);
    assert.equal(code, 2);
  });

  it("no command: says what there is, on stderr", async () => {
    const { code, out, err } = await type([], tempDir());
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(err, /^Chatscribe: .*\n\nUsage: npx chatscribe <command>/);
  });
});

describe("refused: init", () =>
  check([
    [
      "over a chat's file",
      init("#teachat", ...INIT),
      "data/chats/teachat/chat.md: is there already and is not overwritten; edit it, or choose another --slug",
    ],
    [
      "a slug the site itself uses",
      init("#people", ...INIT),
      'init: "people" is a path of the site itself; name the chat otherwise with --slug',
    ],
    [
      "a slug the site itself uses, said",
      init("#tea", "--slug", "t", ...INIT),
      'init: "t" is a path of the site itself; name the chat otherwise',
    ],
    ["a slug in capitals", init("#tea", "--slug", "Tea", ...INIT), 'init: "Tea" is no name for a chat; use a-z, 0-9, _ and - only'],
    [
      "a slug that leads out",
      init("#tea", "--slug", "../tea", ...INIT),
      'init: "../tea" is no name for a chat; use a-z, 0-9, _ and - only',
    ],
    [
      "a tag of which no slug can be made",
      init("#日本語", ...INIT),
      'init: nothing of "#日本語" can be an address; choose one with --slug, as --slug nihongo',
    ],
    ["a tag without #", init("coffee", ...INIT), 'init: "coffee" has no #; write "#coffee"'],
    [
      "a tag of digits",
      init("#2026", ...INIT),
      'init: "#2026" is no hashtag; after # it has letters, digits and _ only, and not digits alone',
    ],
    [
      "no tag",
      init(...INIT),
      `init: the hashtag, in quotes as "#socialmedia" (a bare # begins a comment in the shell), is missing; ${USAGE}`,
    ],
    ["no host", init("#coffee", ...INIT.slice(2)), `init: --host is missing; ${USAGE}`],
    ["no day", init("#coffee", "--host", "sam"), `init: --every is missing; ${USAGE}`],
    ["no hour", init("#coffee", "--host", "sam", "--every", "Tuesday"), `init: --at is missing; ${USAGE}`],
    ["no zone", init("#coffee", ...INIT.slice(0, -2)), `init: --zone is missing; ${USAGE}`],
    [
      "a host that is none",
      init("#coffee", ...INIT, "--host", "a b"),
      'init: --host: "a b" is no handle; it has letters a to z, digits and _, at most 20',
    ],
    [
      "a day that is none",
      init("#coffee", ...INIT, "--every", "Tuesdays"),
      'init: --every must be a rhythm, as Tuesday, day, weekday, first Friday, last Thursday or 2 weeks on Tuesday, not "Tuesdays"; did you mean "Tuesday"?',
    ],
    [
      "every two weeks, which needs a first date",
      init("#coffee", ...INIT, "--every", "2 weeks on Tuesday"),
      "init: --every 2 weeks needs the date of the first one: start with --every and the day alone, then write the rhythm and from: <date> in chat.md",
    ],
    [
      "an hour that is none",
      init("#coffee", ...INIT, "--at", "noon"),
      'init: --at must be a time from 00:00 to 23:59, as "12:00", not "noon"',
    ],
    [
      "EST",
      init("#coffee", ...INIT, "--zone", "EST"),
      'init: --zone "EST" has no summer time: a Tuesday noon in July in New York is EDT; write America/New_York',
    ],
    ["minutes in words", init("#coffee", ...INIT, "--minutes", "ten"), 'init: --minutes must be a whole number from 1 to 44640, not "ten"'],
    [
      "a name that another chat had",
      init("#leaf", ...INIT),
      'init: "leaf" is an old name of chat "teachat", whose pages lead on from there; choose another --slug',
      { files: { [CHAT]: TEACHAT.replace("hosts:", "was: [leaf]\nhosts:") } },
    ],
    ["a folder to look at that is not there", init("--from", "old"), "old: no such file: check the name and the folder"],
    [
      "a folder to look at with nothing to import",
      init("--from", "old"),
      `old: no file in it is of a format that can be imported (${FORMATS})`,
      { files: { "old/diary.txt": "Dear diary\n" } },
    ],
  ]));

const NEXT = "data/chats/teachat/2026-04-07.md";
const usage = (name: string, words: string): string => `usage: chatscribe ${name} ${words}`;
const IDS = (name: string): string =>
  `data/chats/teachat/2026-03-03.md:2: ${name === "pins" ? 'pins must be a list of ids in quotes, as ["2412345678"], not "103"' : 'remarks must be keys and values, as "2412345678": well said, not a list'}`;

describe("refused: next", () =>
  check([
    ["more dates than fifty", "next --count 51", 'next: --count must be a number from 1 to 50, not "51"'],
    ["half a date", "next --count 2.5", 'next: --count must be a number from 1 to 50, not "2.5"'],
    ["a count without one", "next --count", "next: --count needs a value"],
    ["a count below nothing", "next --count -1", "next: --count needs a value"],
    ["two chats", "next teachat coffee", `next: "coffee" is one word too many; ${usage("next", "[<chat>] [--count 4]")}`],
    ["an option misspelled", "next --cuont 2", "next: unknown option --cuont; did you mean --count?"],
    ["an option of another command", "next teachat --html", "next: unknown option --html; --help lists the options"],
    ["a path", "next teachat/2026-03-03/x", '"teachat/2026-03-03/x" is no session: write <chat>/<session>, as teachat/2026-03-03'],
    [
      "a zone that is none",
      "next",
      `${CHAT}:5: zone "Amerika" is not a zone; write an IANA name, as America/New_York or UTC`,
      chat("America/New_York", "Amerika"),
    ],
    [
      "a missed week that is no date",
      "next",
      `${CHAT}:5: schedule.except must be a date, as 2009-07-21, not "soon"`,
      chat("zone:", "except: [soon], zone:"),
    ],
    [
      "a missed week that is no list",
      "next",
      `${CHAT}:5: schedule.except must be a list of dates, as [2009-12-29], not "2026-03-03"`,
      chat("zone:", "except: 2026-03-03, zone:"),
    ],
  ]));

describe("refused: plan", () =>
  check([
    ["nothing named", "plan", `plan: something is missing; ${usage("plan", "<chat>[/<session>]")}`],
    ["two chats", "plan teachat teachat", `plan: "teachat" is one word too many; ${usage("plan", "<chat>[/<session>]")}`],
    [
      "a month there is not",
      "plan teachat/2026-13-01",
      '"2026-13-01" is no session: write its date, as 2009-07-21, or 2009-07-21-1900 for one of several on a day',
    ],
    ["what is over", "plan teachat/2020-03-03", "teachat/2020-03-03 is over; the next is teachat/2026-04-07"],
    ["a chat misspelled", "plan teachta", 'chat "teachta" is not in data/chats; did you mean "teachat"?'],
    ["an option of another command", "plan teachat --count 2", "plan: unknown option --count; --help lists the options"],
    [
      "a question without words",
      "plan teachat/2026-04-07",
      `${NEXT}:2: question 1 needs ask, the tweet that asks it, or text`,
      session("questions: [{ number: 1 }]", NEXT),
    ],
    [
      "a question without a number",
      "plan teachat/2026-04-07",
      `${NEXT}:2: a question needs a number, as number: 2, or side: true`,
      session('questions: [{ text: "Which?" }]', NEXT),
    ],
    [
      "a question at no time",
      "plan teachat/2026-04-07",
      `${NEXT}:2: questions.at must be a time from 00:00 to 23:59, as "12:00", not "noon"`,
      session('questions: [{ number: 1, text: "Which?", at: noon }]', NEXT),
    ],
  ]));

describe("refused: recap", () =>
  check([
    ["nothing named", "recap", `recap: something is missing; ${usage("recap", "<chat>/<session> [--html] [--private]")}`],
    [
      "two sessions",
      "recap teachat/2026-03-03 teachat/2026-03-10",
      `recap: "teachat/2026-03-10" is one word too many; ${usage("recap", "<chat>/<session> [--html] [--private]")}`,
    ],
    ["a form there is not", "recap teachat/2026-03-03 --md", "recap: unknown option --md; --help lists the options"],
    ["a flag with a value", "recap teachat/2026-03-03 --private=yes", "recap: --private takes no value"],
    ["a date cut short", "recap teachat/2026-3-3", 'session "teachat/2026-3-3" has no tweet and no file; did you mean "2026-03-03"?'],
    ["a chat misspelled", "recap teachta/2026-03-03", 'chat "teachta" is not in data/chats; did you mean "teachat"?'],
    ["a tweet", "recap 103", 'chat "103" is not in data/chats; there are: teachat'],
    ["pins that are no list", "recap teachat/2026-03-03", IDS("pins"), session("pins: 103")],
    ["remarks that are a list", "recap teachat/2026-03-03", IDS("remarks"), session('remarks: ["103"]')],
  ]));

describe("refused: init --from", () =>
  check([
    ["nothing named", "init --from", "init: --from needs a value"],
    ["a file that is not there", "init --from no.csv --zone UTC", "no.csv: no such file: check the name and the folder"],
    [
      "a chat that is there",
      "init --from tweets.jsonl --zone UTC",
      `${CHAT}: is there already and is not overwritten; edit it, or choose another --slug`,
    ],
    ["no zone, which no file tells", "init --from tweets.jsonl --slug tea", `init: --zone is missing; ${USAGE}`],
    [
      "EST",
      "init --from tweets.jsonl --zone EST",
      'init: --zone "EST" has no summer time: a Tuesday noon in July in New York is EDT; write America/New_York',
    ],
    ["an hour that is none", "init --from tweets.jsonl --at noon", 'init: --at must be a time from 00:00 to 23:59, as "12:00", not "noon"'],
    ["an hour of no length", "init --from tweets.jsonl --minutes 0", 'init: --minutes must be a whole number from 1 to 44640, not "0"'],
    [
      "a slug the site itself uses",
      "init --from tweets.jsonl --slug people --zone UTC",
      'init: "people" is a path of the site itself; name the chat otherwise',
    ],
    ["two tags", "init #a #b --from tweets.jsonl", `init: "#b" is one word too many; ${USAGE}`],
    ["a file that is empty", "init --from e --zone UTC", "e: is empty: nothing to import", imported("e", " \n")],
    [
      "a file of no known format",
      "init --from x --zone UTC",
      /^chatscribe: x: not a format known here /,
      imported("x", "Dear diary,\ntoday tea.\n"),
    ],
    [
      "a file of damaged tweets",
      "init --from x --zone UTC",
      "x: no tweet in it can be read: see what npx chatscribe import says of its lines",
      imported("x", '{"id":7}\n{"id":8,"text":"x","author":"a","created_at":"2026-03-03T17:00:00Z"}\n'),
    ],
    [
      "tweets without a tag",
      "init --from p --zone UTC",
      `init: the hashtag, in quotes as "#socialmedia" (a bare # begins a comment in the shell), is missing; ${USAGE}`,
      imported("p", "@amy hello\n@bob hi\n"),
    ],
    [
      "a folder with nothing to read",
      "init --from diary --zone UTC",
      `diary: no file in it is of a format that can be imported (${FORMATS})`,
      imported("diary/d.md", "# Dear diary\n"),
    ],
  ]));

describe("refused: publish", () =>
  check([
    ["nowhere", "publish", "publish: where to? Name a folder, rsync://host/module, user@host:folder, or git:<repository>#<branch>"],
    ["two places", "publish www w", `publish: "w" is one word too many; ${usage("publish", "<target> [--drafts] [--dry-run]")}`],
    ["by FTP", "publish ftp://host/www", "publish: ftp:// is no place it can publish to: a folder, rsync://…, host:path or git:…"],
    ["a branch without a name", "publish git:origin#", 'publish: "" is no branch: write git:origin#gh-pages'],
    ["a branch that is an option", "publish git:../x.git#-f", 'publish: "-f" is no branch: write git:../x.git#gh-pages'],
    ["an option misspelled", "publish www --draft", "publish: unknown option --draft; did you mean --drafts?"],
    ["into the archive", "publish data/chats", "publish: data/chats is data, lies in it or holds it: name a folder of its own, as ../www"],
    ["around the archive", "publish .", "publish: . is data, lies in it or holds it: name a folder of its own, as ../www"],
    [
      "into the built site",
      "publish site --out site",
      "publish: site is site, lies in it or holds it: name a folder of its own, as ../www",
    ],
  ]));

describe("refused: serve", () =>
  check([
    ["a port in hexadecimal", "serve --port 0x50", 'serve: --port must be a number from 0 to 65535, not "0x50"'],
    ["a port without one", "serve --port", "serve: --port needs a value"],
    ["a site that is not built", "serve --out no", "no: there is no site yet; type npx chatscribe build --out no --archive data"],
    ["a file for a site", "serve --out tweets.jsonl", /^chatscribe: tweets\.jsonl: there is no site yet; /],
    ["a word", "serve site", `serve: "site" is one word too many; ${usage("serve", "[--port 8080] [--out site] [--watch]")}`],
    ["an option misspelled", "serve --wach", "serve: unknown option --wach; did you mean --watch?"],
  ]));
