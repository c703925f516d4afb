import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { notedSessions, readChat, readChats, readNotes, readSite } from "../../src/config/archive.ts";
import { DEFAULT_SITE } from "../../src/config/site.ts";

const CHAT = '---\ntags: ["#bookish"]\n---\n';
const home = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chatscribe-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** Writes files by their path, as `data/site.yml`. */
function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

const refuses = (read: () => unknown, message: string): void => assert.throws(read, { name: "UserError", code: 2, message });

describe("an archive's folder refuses", () => {
  const none = "make a first chat with: npx chatscribe init, or name another folder with --archive";

  it("to be missing", () => {
    for (const read of [() => readChats("data"), () => readSite("data"), () => readChat("data", "bookish")])
      refuses(read, `data does not exist; ${none}`);
  });

  it("to have no chats", () => {
    write({ "data/site.yml": "" });
    refuses(() => readChats("data"), `data is no archive: it has no chats/ folder; ${none}`);
  });

  it("a chat it does not have", () => {
    write({ "data/chats/bookclub/chat.md": CHAT, "data/chats/bookish/chat.md": CHAT });
    refuses(() => readChat("data", "bokclub"), 'chat "bokclub" is not in data/chats; did you mean "bookclub"?');
    refuses(() => readChat("data", "gardens"), 'chat "gardens" is not in data/chats; it has bookclub, bookish');
    refuses(() => readChat("data", "../up"), 'chat "../up" is not in data/chats; it has bookclub, bookish');
  });

  it("a chat when it has none", () => {
    mkdirSync("data/chats", { recursive: true });
    refuses(() => readChat("data", "bookish"), 'chat "bookish" is not in data/chats; make one with: npx chatscribe init');
  });

  it("a chat without its file", () => {
    mkdirSync("data/chats/bookish", { recursive: true });
    refuses(() => readChats("data"), "data/chats/bookish/chat.md is missing; write it, or make it with: npx chatscribe init");
  });

  it("a folder that is no name for a chat", () => {
    write({ "data/chats/Book Club/chat.md": CHAT });
    refuses(() => readChats("data"), 'data/chats/Book Club: the folder "Book Club" is no name for a chat; use a-z, 0-9, _ and - only');
  });

  it("a mistake in a chat's file, by its name as typed", () => {
    write({ "my archive/chats/bookish/chat.md": "---\ntags: [bookish]\n---\n" });
    refuses(() => readChats("my archive"), 'my archive/chats/bookish/chat.md:2: tags: "bookish" has no #; write "#bookish"');
  });

  it("an old name that another chat has, or has had", () => {
    const was = '---\ntags: ["#a"]\nwas: [bookish]\n---\n';
    write({ "data/chats/bookish/chat.md": CHAT, "data/chats/books/chat.md": was });
    refuses(() => readChats("data"), 'data/chats/books/chat.md: was: "bookish" belongs to chat "bookish"; remove it here or there');
    rmSync("data/chats/bookish", { recursive: true });
    write({ "data/chats/library/chat.md": was });
    refuses(() => readChats("data"), 'data/chats/library/chat.md: was: "bookish" belongs to chat "books"; remove it here or there');
  });

  for (const name of ["notes.md", "2009-7-21.md", "2009-02-29.md", "2009-07-21-2500.md", "2009-07-21-19.md", "Chat.md"]) {
    it(`a session's file named ${name}`, () => {
      write({ "data/chats/bookish/chat.md": CHAT, [`data/chats/bookish/${name}`]: "---\n---\n" });
      const message = `data/chats/bookish/${name}: a session's file is named by its date, as 2009-07-21.md or 2009-07-21-1900.md; rename it`;
      refuses(() => notedSessions("data", { slug: "bookish" }), message);
    });
  }

  it("text that is not UTF-8", () => {
    write({ "data/chats/bookish/chat.md": Buffer.from('---\ntags: ["#caf\xe9"]\n---\n', "latin1") });
    refuses(() => readChats("data"), "data/chats/bookish/chat.md: this is not UTF-8 text; save it as UTF-8");
  });
});

describe("an archive's folder", () => {
  it("may be empty", () => {
    mkdirSync("data/chats", { recursive: true });
    assert.deepEqual(readChats("data"), []);
    assert.deepEqual(readSite("data"), DEFAULT_SITE);
  });

  it("holds chats in the order of their names; hidden and loose files do not matter", () => {
    write({
      "data/chats/books/chat.md": CHAT,
      "data/chats/arts/chat.md": CHAT,
      "data/chats/.git/chat.md": "",
      "data/chats/README.md": "",
      "data/chats/books/photo.jpg": "",
    });
    assert.deepEqual(
      readChats("data").map(({ slug }) => slug),
      ["arts", "books"],
    );
    assert.equal(readChat("data", "books").slug, "books");
  });

  it("holds a chat's sessions by slug", () => {
    write({
      "data/chats/books/chat.md": CHAT,
      "data/chats/books/2009-07-21.md": "---\ntitle: One\n---\n",
      "data/chats/books/2009-07-21-1900.md": "---\ntitle: Two\n---\n",
      "data/chats/books/2009-07-28.md~": "",
    });
    assert.deepEqual(
      notedSessions("data", readChat("data", "books")).map((slug) => [slug, readNotes(`data/chats/books/${slug}.md`).title]),
      [
        ["2009-07-21-1900", "Two"],
        ["2009-07-21", "One"],
      ],
    );
  });

  it("holds the site's settings", () => {
    write({ "data/chats/.keep": "", "data/site.yml": "name: Our chats\n" });
    assert.equal(readSite("data").name, "Our chats");
    write({ "data/site.yml": "name: Our chats\nfoo: 1\n" });
    assert.throws(() => readSite("data"), /^UserError: data\/site\.yml:2: unknown key "foo"/);
  });
});
