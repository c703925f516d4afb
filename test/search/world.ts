import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stemmer } from "stemmer";
import { blocksIn, placesIn, Stale } from "../../src/search/blocks.js";
import { find, type Hit, newestFirst, queryOf } from "../../src/search/find.js";
import type { Dir } from "../../src/search/publish.ts";
import { type SearchTweet, type SearchYear, sessionOf } from "../../src/search/years.ts";

/** Files below a folder `search/<chat>/`, by path. */
export type Files = Map<string, Uint8Array>;

export const said = (id: string, author: string, text: string, kind: SearchTweet["kind"] = null): SearchTweet => ({
  id,
  author,
  time: null,
  text,
  kind,
});

/** A year of sessions, a week apart, each with the texts of one list: `yearOf(2009, [["tea", "milk"], ["tea"]])`. */
export function yearOf(year: number, sessions: readonly (readonly (string | SearchTweet)[])[]): SearchYear {
  return {
    year,
    sessions: sessions.map((tweets, week) =>
      sessionOf(
        new Date(Date.UTC(year, 0, 6 + 7 * week)).toISOString().slice(0, 10),
        tweets.map((tweet, n) => (typeof tweet === "string" ? said(`${year}${week}${n}`, "amy", tweet) : tweet)),
      ),
    ),
  };
}

export const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
export const dirOf = (files: Files): Dir => JSON.parse(text(files.get("dir.json"))) as Dir;

/** Every term of every year with its places, decoded from all files. A term in two files of a year, or in none of its own, throws. */
export function decoded(files: Files): Map<number, Map<string, number[]>> {
  const years = new Map<number, Map<string, number[]>>();
  for (const { name, buckets, generation } of dirOf(files).tiers)
    for (let bucket = 0; bucket < buckets; bucket++)
      for (const [year, block] of blocksIn(files.get(`${name}/${bucket}.bin`) ?? new Uint8Array(), generation)) {
        const terms = years.get(year) ?? new Map<string, number[]>();
        years.set(year, terms);
        for (const [term, places] of placesIn(block, () => true)) {
          if (terms.has(term)) throw new Error(`${term} is in two files of ${year}`);
          terms.set(term, places);
        }
      }
  return years;
}

export interface Asked {
  readonly person?: string;
  readonly questions?: boolean;
  readonly year?: number | null;
}

/** What a page finds in the files of chats, by the id of the tweets: `ask({ teachat: files }, "milk")`. */
export async function ask(
  chats: Readonly<Record<string, Files>>,
  words: string,
  { year = null, person, questions }: Asked = {},
): Promise<string[]> {
  const found: Hit[] = [];
  const world = { get: getFrom(chats), renew: () => {} };
  const filters = [person === undefined ? "" : `from:${person}`, questions === true ? "is:question" : ""];
  const asked = { query: queryOf([...filters, words].join(" "), stemmer), year };
  for await (const hit of newestFirst(Object.keys(chats).map((chat) => find(chat, asked, world)))) found.push(hit);
  return found.map(({ id }) => id);
}

export const getFrom =
  (chats: Readonly<Record<string, Files>>) =>
  async (path: string): Promise<ArrayBuffer> => {
    const [chat = "", ...rest] = path.split("/");
    const bytes = chats[chat]?.get(rest.join("/"));
    if (bytes === undefined) throw new Stale(`no ${path}`);
    return Uint8Array.from(bytes).buffer;
  };

/** The files of a folder, by their path below it. */
export function filesBelow(dir: string): Files {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => [relative(dir, join(parentPath, name)), readFileSync(join(parentPath, name))] as const),
  );
}
