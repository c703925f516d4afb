// An archive that lives: weeks come, notes are written, people change their names, tweets go. After each change a site that was brought
// up to date must be the one that is made anew.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Archive } from "../../src/archive/archive.ts";
import { SiteFolder } from "../../src/site/folder.ts";
import { findStale } from "../../src/site/stale.ts";
import { watchAll } from "../../src/site/there.ts";
import { Work } from "../../src/store/work.ts";
import { tree } from "../cli/world.ts";
import { line, run, START, TEACHAT, write } from "../helpers.ts";
import { PICTURE } from "./fixture.ts";

export const WEEK = 7 * 24 * 3_600_000;
export const weekOf = (week: number): string => new Date(START + week * WEEK).toISOString().slice(0, 10);

/** Numbers below `most`, the same for the same seed. */
export function diceOf(seed: number): (most: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** A file of a site; or the folder that a page and its card have to themselves: it is seen when that is lost (src/site/there.ts). */
export function lostWith(site: string, file: string): string {
  const folder = dirname(file);
  return readdirSync(join(site, folder)).every((name) => name === "index.html" || name === "card.png") ? folder : file;
}

export class Life {
  readonly dir: string;
  readonly dice: (most: number) => number;
  now = START + 5 * WEEK;
  #id = 1000;
  #week = 0;

  constructor(dir: string, seed: number) {
    this.dir = dir;
    this.dice = diceOf(seed);
    write(dir, "data/chats/teachat/chat.md", TEACHAT);
    write(
      dir,
      "data/chats/latechat/chat.md",
      TEACHAT.replaceAll("Tea Chat", "Late Chat").replace("#teachat", "#latechat").replace("12:00", "18:00"),
    );
  }

  get archive(): string {
    return join(this.dir, "data");
  }

  async command(...args: string[]): Promise<string> {
    const { code, out, err } = await run([...args, "--archive", this.archive], { now: new Date(this.now).toISOString() });
    assert.ok(code === 0 || code === 3, `${args.join(" ")}: ${err}`);
    return out;
  }

  #say(week: number, more: Parameters<typeof line>[0] = {}, minute = this.dice(60)): string {
    const who = this.dice(5);
    const author = { id: String(70 + who), handle: `person_${who}`, name: `Person ${who}` };
    const time = new Date(START + week * WEEK + minute * 60_000).toISOString();
    return line({ id: String(this.#id++), author, time, text: `A1 word ${this.dice(100)} #teachat`, ...more });
  }

  async take(...lines: string[]): Promise<void> {
    await this.command("import", write(this.dir, "in.jsonl", lines.join("")), "--chat", "teachat");
  }

  /** One week more, with a question, answers, a mention, a link, an image, a repost. */
  async newWeek(week = this.#week++): Promise<void> {
    const asked = this.#say(week, { author: { id: "1", handle: "ceylon_sam", name: "Sam" }, text: "Q1 Which leaf? #teachat" }, 1);
    const link = { url: "https://t.co/a", to: `https://example.org/${this.dice(3)}`, text: "example.org" };
    const media = { type: "photo", alt: null, url: `https://example.org/${week}.jpg`, file: null } as const;
    await this.take(
      asked,
      this.#say(week, { text: "A1 black https://t.co/a #teachat", links: [link] }),
      this.#say(week, { text: `@person_${this.dice(5)} and you? #teachat` }),
      this.#say(week, { text: "A1 see this #teachat", media: [media] }),
      this.#say(week, { text: "RT", repostOf: String(this.#id - 2) }),
      this.#say(week, { text: "as was said #teachat", replyTo: String(this.#id - this.dice(40)) }),
    );
  }

  notes(week: number, yaml: string): void {
    write(this.archive, `chats/teachat/${weekOf(week)}.md`, `---\n${yaml}\n---\nNotes ${this.dice(100)}.\n`);
  }

  get someWeek(): number {
    return this.dice(Math.max(1, this.#week));
  }

  get someTweet(): string {
    return String(1000 + this.dice(this.#id - 1000));
  }

  inStore(use: (archive: Archive) => void): void {
    const archive = Archive.open(this.archive);
    archive.store.transaction(() => use(archive));
    archive.close();
  }

  /** Something that can happen to an archive or to its site. */
  readonly events: Readonly<Record<string, () => unknown>> = {
    "a new week": () => this.newWeek(),
    "an older week": () => this.newWeek(-1 - this.dice(3)),
    "a late tweet": () => this.take(this.#say(this.someWeek)),
    "a new name": () =>
      this.take(this.#say(this.#week, { author: { id: "71", handle: "person_1", name: `Renamed ${this.dice(9)}` } }, 3000)),
    "a new handle": () => this.take(this.#say(this.someWeek, { author: { id: "72", handle: `former_${this.dice(3)}`, name: "Two" } })),
    "a handle that changes hands": () => this.take(this.#say(this.someWeek, { author: { id: "99", handle: "person_3", name: "Other" } })),
    "a handle that is written as an id": () =>
      this.take(this.#say(this.someWeek, { author: { id: "98", handle: String(70 + this.dice(5)), name: "Number" } })),
    "a handle without an account": () => this.take(this.#say(this.someWeek, { author: { id: null, handle: "person_4", name: "" } })),
    "what was missing": () => this.take(line({ id: String(1000 - this.dice(40)), text: "an old word", time: -3000 }, { context: true })),
    "a title": () => this.notes(this.someWeek, `title: Title ${this.dice(9)}`),
    "a review": () => this.notes(this.someWeek, `status: reviewed\npins: ["${this.someTweet}"]`.replace(/\npins.*/, "")),
    "no notes any more": () => rmSync(join(this.archive, `chats/teachat/${weekOf(this.someWeek)}.md`), { force: true }),
    "a session to come": () => this.notes(9, "title: To come"),
    "another chat file": () =>
      write(this.archive, "chats/latechat/chat.md", TEACHAT.replace("Tea Chat", `Late ${this.dice(9)}`).replace("#teachat", "#latechat")),
    "another title of the chat": () => write(this.archive, "chats/teachat/chat.md", TEACHAT.replace("Tea Chat", `Tea ${this.dice(9)}`)),
    "another config": () => write(this.archive, "site.yml", `name: Site ${this.dice(9)}\nurl: https://chats.example.org/archive/\n`),
    "a tweet is forgotten": async () => void (await this.command("forget", this.someTweet).catch(() => "")),
    "a tweet is hidden": () =>
      this.inStore(({ store }) => {
        const [tweet] = store.tweets([this.someTweet]);
        if (tweet !== undefined)
          store.absences.put({ tweet: tweet.id, why: "deleted", first: this.now, last: this.now, hidden: this.dice(3) > 0 });
      }),
    "a picture that several sessions show": () => {
      write(this.archive, "media/a.gif", PICTURE);
      this.inStore(({ store }) => {
        for (const week of [0, 1, this.someWeek]) store.pictures.keep(`https://example.org/${week}.jpg`, { file: "a.gif", why: null }, 1);
      });
    },
    "a file of the site is lost": () => {
      const files = Object.entries(tree(join(this.dir, "site"))).filter(([name, hash]) => hash !== "folder" && !name.startsWith("."));
      const [name] = files[this.dice(files.length)] ?? [];
      if (name !== undefined) rmSync(join(this.dir, "site", lostWith(join(this.dir, "site"), name)), { recursive: true });
    },
    "work.db is deleted": () => {
      for (const tail of ["", "-wal", "-shm"]) rmSync(join(this.archive, `work.db${tail}`), { force: true });
    },
    "a week passes": () => {
      this.now += WEEK;
    },
  };

  async build(): Promise<Record<string, number>> {
    return JSON.parse(await this.command("build", "--out", join(this.dir, "site"), "--json")) as Record<string, number>;
  }

  /** The sessions that a build would read. */
  stale(): string[] {
    const archive = Archive.open(this.archive);
    const work = Work.open(join(this.archive, "work.db"));
    try {
      return findStale({ archive, work }, work.shelf.fact("program") ?? "").map(({ slug }) => slug);
    } finally {
      work.close();
      archive.close();
    }
  }

  /** Holds that what the last build noted of the folders by which its files are watched is so of all of them, and of no others. */
  assertWatched(after: string): void {
    const work = Work.open(join(this.archive, "work.db"));
    try {
      const folder = new SiteFolder(join(this.dir, "site"));
      const known = work.site(folder.path);
      const names = new Set<string>();
      for (const { files } of known.units().values()) watchAll(files, names);
      const is = new Map([...names].map((name) => [name, folder.stampOf(name)]));
      assert.deepEqual(new Map(known.folders()), is, `${after}: the folders by which files are watched`);
    } finally {
      work.close();
    }
  }

  /** The site made anew, from an archive of which nothing is known; by this process alone. */
  async anew(): Promise<Readonly<Record<string, string>>> {
    const other = join(this.dir, "anew");
    rmSync(other, { recursive: true, force: true });
    cpSync(this.archive, join(other, "data"), { recursive: true });
    for (const tail of ["", "-wal", "-shm"]) rmSync(join(other, `data/work.db${tail}`), { force: true });
    const { code, err } = await run(["build", "--out", join(other, "site"), "--archive", join(other, "data")], {
      now: new Date(this.now).toISOString(),
      cores: 0,
    });
    assert.equal(code, 0, err);
    return siteTree(join(other, "site"));
  }
}

/** What is in a site's folder. In its list of files their order says nothing. */
export function siteTree(dir: string): Readonly<Record<string, string>> {
  const list = readFileSync(join(dir, ".files"), "utf8").split("\n");
  return { ...tree(dir), ".files": [...new Set(list)].sort().join("\n") };
}

export const timesIn = (dir: string): Map<string, number> =>
  new Map(
    readdirSync(dir, { recursive: true, encoding: "utf8" })
      .map((name) => [name, statSync(join(dir, name))] as const)
      .filter(([name, stats]) => stats.isFile() && !name.startsWith("."))
      .map(([name, stats]) => [name, stats.mtimeMs]),
  );

/** Lives so many events, or all kinds once, and returns what happened; throws where a site is not what it should be. */
export async function live(dir: string, { seed, events }: { readonly seed: number; readonly events: number | "all" }): Promise<string[]> {
  const life = new Life(dir, seed);
  mkdirSync(join(dir, "site"), { recursive: true });
  writeFileSync(join(dir, "site", "CNAME"), "chats.example\n");
  for (let week = 0; week < 3; week++) await life.newWeek();
  await life.build();
  const names = Object.keys(life.events);
  const happened: string[] = [];
  for (let n = 0; n < (events === "all" ? names.length : events); n++) {
    const name = names[events === "all" ? n : life.dice(names.length)] ?? "";
    happened.push(name);
    await life.events[name]?.();
    const site = join(dir, "site");
    const [before, times] = [siteTree(site), timesIn(site)];
    const { files } = await life.build();
    assert.deepEqual(life.stale(), [], `${happened.join(", ")}: read, and to be read again`);
    life.assertWatched(happened.join(", "));
    const { CNAME: mine, ...after } = siteTree(site);
    assert.ok(mine !== undefined, `${happened.join(", ")}: what is not the site's was removed`);
    assert.deepEqual(after, await life.anew(), happened.join(", "));
    assert.equal(files, timesIn(site).size - 1, `${happened.join(", ")}: so many files are said to be there, but for CNAME`);
    for (const [file, time] of timesIn(site))
      if (before[file] === after[file]) assert.equal(time, times.get(file) ?? time, `${file} was written again after ${name}`);
  }
  return happened;
}
