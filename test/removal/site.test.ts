import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { nameOf } from "../../src/capture/pictures.ts";
import { line, makeArchive, tempDir, write } from "../helpers.ts";
import { ada, HERE, ID, id, ok } from "./leaves.ts";
import { traces } from "./traces.ts";

/** An image whose bytes hold a word, so that a copy under another name would be found. */
const TIN = Buffer.from("\xff\xd8\xff\xe0 xylotin tin", "latin1");
const ASK = id(101);
const OTHER = id(112);
const drawn = [ID, ASK];

const LINES = [
  line({ id: ASK, author: "ceylon_sam", time: 3, text: "Q1 Which xyloask leaf do you drink in the morning? #teachat" }),
  line({
    id: ID,
    author: ada,
    time: 6,
    text: "A1 the xylotext leaf https://t.co/a @bob what do you drink? #teachat",
    mentions: ["bob"],
    media: [{ type: "photo", alt: "a xyloalt tin", url: "https://img.example/tin.jpg", file: nameOf(TIN) }],
    links: [{ url: "https://t.co/a", to: "https://xylolink.example/", text: "xylolink.example" }],
    poll: { options: [{ label: "xylopoll", votes: 1 }], ends: null },
  }),
  line({ id: id(108), author: "bob", time: 40, text: "A1 green #teachat" }),
  line({ id: OTHER, author: "fay", time: 11, text: "A1 black #teachat" }),
];

/** Which files a word must have been in, or nothing was tested. */
const STOOD: Readonly<Record<string, readonly string[]>> = {
  xylotext: [
    `${HERE}/index.html`,
    `${HERE}/timeline/index.html`,
    `${HERE}/open/index.html`,
    `${HERE}/offline.html`,
    `${HERE}/t/${ID}/index.html`,
    `${HERE}/t/${ASK}/index.html`,
    ...["md", "txt", "csv", "json"].map((format) => `${HERE}/session.${format}`),
    "index.html",
    "teachat/people/ada_leaf/index.html",
    "teachat/people/bob/index.html",
  ],
  xyloask: ["index.html", "offline.html", `t/${ASK}/index.html`, `t/${ID}/index.html`]
    .map((path) => `${HERE}/${path}`)
    .concat(["teachat/2026/index.html", "teachat/feed.xml", "teachat/feed.json", "teachat/people/ceylon_sam/index.html"]),
  xyloname: [`${HERE}/index.html`, `${HERE}/t/${ASK}/index.html`, "teachat/people/index.html"],
  xyloalt: [`${HERE}/index.html`, `${HERE}/offline.html`, `${HERE}/t/${ID}/index.html`],
  xylolink: [`${HERE}/links/index.html`, "teachat/links/index.html"],
  xylopoll: [`${HERE}/index.html`],
  xylotin: [`assets/media/${createHash("sha256").update(TIN).digest("hex")}.jpg`],
};
const TIN_WITHIN = TIN.toString("base64");

const archiveOf = (): string =>
  makeArchive({
    notes: { "2026-03-03": `---\ntitle: Leaves\nstatus: reviewed\npins: ["${ID}", "${OTHER}"]\n---\n` },
    files: { "site.yml": "url: https://chats.example\ndownloads: full\ntweetPages: all\n", [`media/${nameOf(TIN)}`]: TIN },
  });

const cards = (dir: string): string[] => globSync("**/*.png", { cwd: dir }).sort();
const hashes = (dir: string): Set<string> =>
  new Set(
    cards(dir).map((file) =>
      createHash("sha256")
        .update(readFileSync(join(dir, file)))
        .digest("hex"),
    ),
  );

for (const [what, words] of [
  ["a tweet and a question", [ID, ASK]],
  ["a person and a question", ["@ada_leaf", ASK]],
] as const)
  describe(`a built site, once ${what} are forgotten`, () => {
    const dir = archiveOf();
    const file = write(tempDir(), "a.jsonl", LINES.join(""));
    const out = tempDir();
    const cardOf = (tweet: string): string => `${HERE}/t/${tweet}/card.png`;
    let seen: ReadonlySet<string>;
    before(async () => {
      await ok(["import", file, "--chat", "teachat"], dir);
      await ok(["build", "--out", out], dir);
    });

    it("had them on every kind of page, in every download, and drawn", () => {
      for (const [word, files] of Object.entries(STOOD)) {
        const found = traces(out, word);
        assert.deepEqual(
          files.filter((file) => !found.includes(file)),
          [],
          word,
        );
      }
      assert.ok(readFileSync(join(out, HERE, "offline.html"), "utf8").includes(TIN_WITHIN));
      for (const tweet of [...drawn, OTHER]) assert.ok(existsSync(join(out, cardOf(tweet))), tweet);
      assert.equal(cards(join(dir, "cards")).length, 4);
      seen = new Set(
        drawn.map((tweet) =>
          createHash("sha256")
            .update(readFileSync(join(out, cardOf(tweet))))
            .digest("hex"),
        ),
      );
    });

    it("has them nowhere, nor has the archive: no word, no picture, no card, kept or shown", async () => {
      await ok(["forget", ...words], dir);
      assert.deepEqual(cards(join(dir, "cards")), [], "the cards that were kept");
      await ok(["build", "--out", out], dir);
      for (const word of Object.keys(STOOD)) assert.deepEqual([...traces(out, word), ...traces(dir, word)], [], word);
      for (const file of globSync("**/*.html", { cwd: out })) assert.ok(!readFileSync(join(out, file), "utf8").includes(TIN_WITHIN), file);
      for (const tweet of drawn) assert.ok(!existsSync(join(out, cardOf(tweet))), tweet);
      for (const folder of [out, dir])
        assert.deepEqual(
          [...hashes(folder)].filter((hash) => seen.has(hash)),
          [],
          folder,
        );
    });

    it("has the others still, a tombstone where links led, and the page that says why", () => {
      assert.ok(existsSync(join(out, cardOf(OTHER))));
      assert.match(
        readFileSync(join(out, HERE, "t", ID, "index.html"), "utf8"),
        /Removed at the author(?:'|&#39;)s request.*href="\/removal\/"/,
      );
      assert.match(readFileSync(join(out, HERE, "index.html"), "utf8"), new RegExp(`id="t${ID}"><p class="by">Removed.*href="/removal/"`));
      assert.ok(existsSync(join(out, "removal/index.html")));
    });
  });
