import assert from "node:assert/strict";
import { cpSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { importFile } from "../../src/capture/import.ts";
import type { SiteData } from "../../src/site/data.ts";
import { openSite } from "../../src/site/open.ts";
import { shownTweets } from "../../src/site/shown.ts";
import { renderSite } from "../../src/site/whole.ts";
import { openImport } from "../../src/source/file.ts";
import { oneLine } from "../../src/text/plain.ts";
import { tempDir } from "../helpers.ts";
import { icsFaults } from "../site/ics.ts";

const DEMO = join(import.meta.dirname, "../../data/demo");
const dir = tempDir();
const out = tempDir();
let site: SiteData;
const text = (path: string): string => readFileSync(join(out, path), "utf8");

/** The last session is of 3 November 2026. */
before(async () => {
  for (const name of ["chats", "removed.yml", "site.yml"]) cpSync(join(DEMO, name), join(dir, name), { recursive: true });
  const archive = Archive.open(dir);
  const chat = archive.chat("mendchat");
  const file = await openImport(join(DEMO, "tweets.jsonl"), { chat: chat.slug, session: null });
  await importFile(archive, file, chat, { session: null, now: 0 });
  archive.close();
  site = await openSite(dir, Date.UTC(2026, 10, 10));
  await renderSite(site, out);
});

describe("the demo's files to take away", () => {
  it("are calendars without a fault, and twelve dates", () => {
    const calendars = globSync("**/*.ics", { cwd: out });
    assert.equal(calendars.length, 2 + 4);
    for (const path of calendars) assert.deepEqual(icsFaults(readFileSync(join(out, path))), [], path);
    assert.equal(text("mendchat/calendar.ics").match(/BEGIN:VEVENT/g)?.length, 12);
  });

  it("are transcripts that hold every tweet the page shows, and no other", () => {
    for (const { session } of site.chats.flatMap(({ sessions }) => sessions)) {
      const shown = shownTweets(site.session(session.chat, session.slug));
      const path = `${session.chat}/${session.slug}/session`;
      const said = text(`${path}.txt`);
      for (const { tweet } of shown) assert.ok(said.includes(oneLine(tweet.text)), tweet.id);
      assert.equal(said.match(/^ *@\w+ \d\d:\d\d /gm)?.length, shown.filter(({ tweet }) => tweet.time !== null).length);
      const own = (
        JSON.parse(text(`${path}.json`)) as { id: string; context?: boolean; repost_of?: string | null; erased?: string }[]
      ).filter(({ context, repost_of: repost, erased }) => context !== true && repost === null && erased === undefined);
      assert.deepEqual(
        own.map(({ id }) => id),
        shown.map(({ tweet }) => tweet.id),
      );
    }
  });

  it("weigh little: a page to keep is at most 600 kB without its images", () => {
    for (const path of globSync("**/offline.html", { cwd: out }))
      assert.ok(text(path).replaceAll(/data:image[^"]*/g, "").length < 600_000, path);
  });
});
