import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import { take } from "../archive/chat.ts";
import { run, write } from "../helpers.ts";
import { LINES, makeOolong } from "./oolong.ts";

const HERE = "teachat/2026-03-03";
const golden = (name: string): string => new URL(`../golden/export/${name}`, import.meta.url).pathname;
const asIs = { serializers: [(text: string) => text] };

async function oolong(): Promise<{ dir: string; exported(...args: string[]): ReturnType<typeof run> }> {
  const dir = makeOolong();
  await take(dir, LINES);
  return { dir, exported: (...args) => run(["export", HERE, "--archive", dir, ...args]) };
}

describe("export refuses", () => {
  const refused: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
    ["a format there is none of", [HERE, "--format", "docx"], /unknown format "docx"; there are: jsonl, json, csv, md, txt/],
    ["a chat that is not here", ["teachart/2026-03-03"], /chat "teachart" is not in .*did you mean "teachat"/],
    ["a session that is not here", ["teachat/2026-03-17"], /2026-03-17/],
    ["a chat without a session", ["teachat"], /"teachat" is a chat: name one session of it, as teachat\/2026-03-03/],
  ];
  for (const [what, args, said] of refused)
    it(what, async () => {
      const { dir } = await oolong();
      const { code, out, err } = await run(["export", ...args, "--archive", dir]);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, said);
      assert.match(err, /^[^\n]+\n$/);
    });

  it("to write where there is no folder, or over one, and leaves nothing behind", async () => {
    const { dir, exported } = await oolong();
    mkdirSync(join(dir, "out/session.jsonl"), { recursive: true });
    for (const name of ["nowhere/session.jsonl", "out/session.jsonl"]) {
      const { code, err } = await exported("--out", join(dir, name));
      assert.equal(code, 74);
      assert.match(err, /^chatscribe: [^\n]+\n$/);
    }
    assert.deepEqual(readdirSync(join(dir, "out")), ["session.jsonl"]);
    assert.equal(existsSync(join(dir, "nowhere")), false);
  });
});

describe("export", () => {
  for (const format of ["jsonl", "csv", "md", "txt"])
    it(`--format ${format} is as it was`, async (t) => {
      const { exported } = await oolong();
      t.assert.fileSnapshot((await exported("--format", format)).out, golden(`oolong.${format}`), asIs);
    });

  it("--format json is the lines of jsonl as one array, and so is --json", async () => {
    const { exported } = await oolong();
    const lines = (await exported()).out.trimEnd().split("\n");
    const { out } = await exported("--format", "json");
    assert.deepEqual(
      JSON.parse(out),
      lines.map((line) => JSON.parse(line) as unknown),
    );
    assert.equal((await exported("--json")).out, out);
  });

  it("names the keys of the contract, in order, on every line", async () => {
    const { exported } = await oolong();
    const contract =
      "id session author author_id name created_at text lang reply_to reply_to_user quotes repost_of tags mentions links media " +
      "asks side section question label reason confidence parent relation parent_reason parent_confidence " +
      "late untagged edited aliases poll local context hidden";
    for (const text of (await exported()).out.trimEnd().split("\n")) {
      const keys = Object.keys(JSON.parse(text) as object).filter((key) => key !== "heading");
      assert.equal(keys.join(" "), contract);
    }
  });

  it("--out writes what stdout would show, over what was there", async () => {
    const { dir, exported } = await oolong();
    const file = write(dir, "out/session.csv", "old");
    const { out, err } = await exported("--format", "csv", "--out", file);
    assert.equal(out, "");
    assert.match(err, /session\.csv: 11 tweets/);
    assert.equal(readFileSync(file, "utf8"), (await exported("--format", "csv")).out);
    assert.deepEqual(readdirSync(join(dir, "out")), ["session.csv"]);
  });

  it("as csv runs nothing in a spreadsheet and keeps text whole", async () => {
    const { exported } = await oolong();
    const rows: Record<string, string>[] = parse((await exported("--format", "csv")).out, { columns: true });
    assert.equal(rows.length, LINES.length);
    for (const cell of rows.flatMap((row) => Object.values(row))) assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
    assert.equal(rows[2]?.text, '\'=A1+green, "always", because <b>it</b> forgives & forgets\nno matter how long #teachat');
  });
});
