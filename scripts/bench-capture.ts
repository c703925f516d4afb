// Of bench.ts: a session of a million tweets captured from a network that makes them up, without HTTP; and the floor: the same pages,
// parsed, and one bare INSERT a tweet in the same transactions.
import { join } from "node:path";
import Database from "better-sqlite3";
import { Archive } from "../src/archive/archive.ts";
import { capture, prepare } from "../src/capture/capture.ts";
import { writing } from "../src/capture/import.ts";
import { realClock } from "../src/clock.ts";
import type { TweetId } from "../src/model.ts";
import type { Counted, Network, Page, Query, Range, SearchOptions } from "../src/source/network.ts";
import { splitQuery, wordsOf } from "../src/source/x-words.ts";

const MINUTE = 60_000;
const PAGE = 500;
/** The hour of 2020-01-07; its window begins 15 minutes before and ends 30 after. */
const START = Date.UTC(2020, 0, 7, 12);
const WINDOW: Range = { from: START - 15 * MINUTE, to: START + 90 * MINUTE };

export const CHAT = `---
tags: ["#bench"]
hosts: [person0]
schedule: { every: day, at: "12:00" }
---
`;

const timeOf = (i: number, n: number): number => WINDOW.to - 1 - Math.floor((i / n) * (WINDOW.to - WINDOW.from));
const idOf = (i: number, n: number): TweetId => String((BigInt(timeOf(i, n) - 1_288_834_974_657) << 22n) + BigInt(n - i));

/** Tweet `i` of `n`, the newest first, as X writes it. Every fourth answers the one before it. */
function wireOf(i: number, n: number, texts: readonly string[]) {
  const answers = i % 4 === 0 && i + 1 < n ? idOf(i + 1, n) : null;
  return {
    id: idOf(i, n),
    text: `${texts[i % texts.length]} #bench`,
    edit_history_tweet_ids: [idOf(i, n)],
    author_id: String(1000 + (i % 9973)),
    created_at: new Date(timeOf(i, n)).toISOString(),
    conversation_id: answers ?? idOf(i, n),
    lang: "en",
    public_metrics: { retweet_count: i % 3, reply_count: i % 4 === 1 ? 1 : 0, like_count: i % 7, quote_count: 0 },
    entities: { hashtags: [{ start: 0, end: 6, tag: "bench" }] },
    ...(answers !== null && { referenced_tweets: [{ type: "replied_to", id: answers }] }),
  };
}

function bodyOf(from: number, n: number, texts: readonly string[]): { ids: TweetId[]; bytes: Buffer } {
  const data = Array.from({ length: Math.min(PAGE, n - from) }, (_, i) => wireOf(from + i, n, texts));
  const users = [...new Set(data.map(({ author_id }) => author_id))].map((id) => ({
    id,
    name: `Person ${id}`,
    username: `person${Number(id) - 1000}`,
  }));
  const meta = { result_count: data.length, ...(from + PAGE < n && { next_token: String(from + PAGE) }) };
  return { ids: data.map(({ id }) => id), bytes: Buffer.from(JSON.stringify({ data, includes: { users }, meta })) };
}

/** `n` tweets of one session, a thousand pages of 500 for half a million. */
function madeUp(n: number, texts: readonly string[]): Network {
  const pageOf = (url: string, bytes: Buffer, rest: Pick<Page, "ids" | "next">): Page => ({
    url,
    status: 200,
    format: "x-v2-json",
    bytes,
    receivedAt: Date.now(),
    limit: null,
    ...rest,
  });
  async function* search({ role }: Query, _: Range, { token = null }: SearchOptions = {}): AsyncGenerator<Page> {
    if (role !== "tag") return yield pageOf(`/${role}`, Buffer.from('{"meta":{"result_count":0}}'), { ids: [], next: null });
    for (let from = Number(token ?? 0); from < n; from += PAGE) {
      const { ids, bytes } = bodyOf(from, n, texts);
      yield pageOf(`/search?next_token=${from}`, bytes, { ids, next: from + PAGE < n ? String(from + PAGE) : null });
    }
  }
  async function* count(): AsyncGenerator<Counted> {
    const minutes = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const minute = Math.floor(timeOf(i, n) / MINUTE) * MINUTE;
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    yield { ...pageOf("/counts", Buffer.from("{}"), { ids: [], next: null }), minutes };
  }
  const none = (): never => {
    throw new Error("nobody asks for this here");
  };
  return {
    name: "X",
    price: { tweet: 0.005, count: 0.005 },
    page: { least: 10, most: PAGE },
    words: wordsOf,
    split: splitQuery,
    search,
    count,
    lookup: none,
    follow: none,
    picture: () => Promise.resolve(null),
    skew: () => null,
  };
}

export interface Captured {
  readonly seconds: number;
  /** Milliseconds of each page: its whole transaction, and its COMMIT alone. */
  readonly pages: readonly number[];
  readonly commits: readonly number[];
  readonly stored: number;
}

/** One capture with all its walks, from the first page to the report. */
export async function captureOnce(dir: string, n: number, texts: readonly string[]): Promise<Captured> {
  const pages: number[] = [];
  const commits: number[] = [];
  const began = performance.now();
  const report = await writing(dir, async () => {
    const archive = Archive.open(dir);
    timePages(archive, pages, commits);
    const chat = archive.chat("bench");
    const window = { start: START, minutes: 60, lead: 15, grace: 30 };
    const now = START + 48 * 60 * MINUTE;
    const run = prepare(
      { chat, session: { chat: "bench", slug: "2020-01-07", window }, range: null },
      {
        archive,
        network: madeUp(n, texts),
        clock: realClock(() => now),
        signal: new AbortController().signal,
        maxPosts: null,
        patient: false,
        watcher: {
          progress: () => undefined,
          notice: (line) => console.error(line),
        },
      },
    );
    try {
      return await capture(run);
    } finally {
      archive.close();
    }
  });
  if (report.stopped !== "end") throw new Error(`stopped: ${report.said}`);
  const { complete, stored = 0, gaps } = report.coverage ?? {};
  if (complete !== true || stored !== n)
    throw new Error(`${stored} of ${n} stored, complete ${complete}, ${JSON.stringify(gaps?.slice(0, 3))}`);
  return { seconds: (performance.now() - began) / 1000, pages, commits, stored };
}

function timePages({ store }: Archive, pages: number[], commits: number[]): void {
  const transaction = store.transaction.bind(store);
  store.transaction = <T>(work: () => T): T => {
    const began = performance.now();
    let done = began;
    const result = transaction(() => {
      const value = work();
      done = performance.now();
      return value;
    });
    const ended = performance.now();
    pages.push(ended - began);
    commits.push(ended - done);
    return result;
  };
}

/** The same pages, read twice as a capture does: parsed, and one bare INSERT a tweet, in a transaction a page. */
export function captureFloor(dir: string, n: number, texts: readonly string[]): number {
  const db = new Database(join(dir, "floor.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("CREATE TABLE tweet (id TEXT PRIMARY KEY, author TEXT, time TEXT, text TEXT) WITHOUT ROWID");
  const put = db.prepare("INSERT OR IGNORE INTO tweet VALUES (?, ?, ?, ?)");
  const began = performance.now();
  const add = db.transaction((bytes: Buffer) => {
    const { data } = JSON.parse(bytes.toString()) as { data: Record<string, string>[] };
    for (const { id, author_id, created_at, text } of data) put.run(id, author_id, created_at, text);
  });
  for (let walk = 0; walk < 2; walk++) for (let from = 0; from < n; from += PAGE) add(bodyOf(from, n, texts).bytes);
  db.close();
  return (performance.now() - began) / 1000;
}

/** The value below which `share` of them lie. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
