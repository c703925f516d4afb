import { Archive } from "../../src/archive/archive.ts";
import type { CaptureReport } from "../../src/capture/capture.ts";
import { capture, prepare } from "../../src/capture/capture.ts";
import type { Clock } from "../../src/clock.ts";
import type { TweetId } from "../../src/model.ts";
import { type Counted, Fault, type Network, type Page, type Query, type Range, type SearchOptions } from "../../src/source/network.ts";
import { splitQuery, wordsOf } from "../../src/source/x-words.ts";
import { makeArchive, START } from "../helpers.ts";
import { idAt } from "../x/post.ts";
import { StillClock } from "./small-network.ts";

const MINUTE = 60_000;

export interface Written {
  readonly id: TweetId;
  readonly time: number;
  readonly text: string;
}

/** Somebody writes with the tag, so many minutes after the session begins. */
export const written = (minutes: number, text = "leaf #teachat"): Written => {
  const time = Math.floor(START + minutes * MINUTE);
  return { id: idAt(time), time, text };
};

/** A network that gives what a test says, page by page, and nothing by itself. */
export class PagedNetwork implements Network {
  readonly name = "X";
  readonly price = { tweet: 0.005, count: 0.005 };
  readonly page = { least: 10, most: 100 };
  readonly words = wordsOf;
  readonly split = splitQuery;
  /** What it gives for the tag. */
  tweets: readonly Written[];
  pageSize = 3;
  /** What it counts in a minute of the session, where that is not what it gives; null: it does not count. */
  counted: ReadonlyMap<number, number> | null = new Map();
  /** What befalls the next searches instead of an answer; null: nothing. */
  readonly faults: (Fault | null)[] = [];
  readonly asked: { readonly role: Query["role"]; readonly range: Range; readonly token: string | null }[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock, tweets: readonly Written[]) {
    this.#clock = clock;
    this.tweets = tweets;
  }

  async *search({ role }: Query, range: Range, { token = null }: SearchOptions = {}): AsyncGenerator<Page> {
    for (let next = token; ; ) {
      this.asked.push({ role, range: { from: range.from, to: range.to }, token: next });
      const fault = this.faults.shift() ?? null;
      if (fault !== null) throw fault;
      const found = role === "tag" ? this.tweets.filter(({ time }) => range.from <= time && time < range.to) : [];
      const at = Number(next ?? 0);
      const given = found.toSorted((a, b) => b.time - a.time).slice(at, at + this.pageSize);
      next = at + this.pageSize < found.length ? String(at + this.pageSize) : null;
      yield this.#pageOf(given, next);
      if (next === null) return;
    }
  }

  async *count(_: Query, range: Range): AsyncGenerator<Counted> {
    if (this.counted === null) throw new Fault("forbidden", "answered 403");
    const minutes = new Map<number, number>();
    for (const { time } of this.tweets.filter(({ time }) => range.from <= time && time < range.to)) {
      const minute = Math.floor(time / MINUTE) * MINUTE;
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    for (const [minute, n] of this.counted) minutes.set(START + minute * MINUTE, n);
    yield { ...this.#pageOf([], null), minutes };
  }

  #pageOf(given: readonly Written[], next: string | null): Page {
    const data = given.map(({ id, time, text }) => ({
      id,
      text,
      author_id: "1",
      conversation_id: id,
      created_at: new Date(time).toISOString(),
      entities: { hashtags: [{ tag: "teachat" }] },
    }));
    const body = { data, includes: { users: [{ id: "1", username: "amy", name: "Amy" }] }, meta: { next_token: next } };
    const bytes = Buffer.from(JSON.stringify(body));
    const ids = given.map(({ id }) => id);
    return { url: "/2/search", status: 200, format: "x-v2-json", bytes, receivedAt: this.#clock.now(), ids, next, limit: null };
  }

  lookup = never;
  follow = never;
  picture = never;
  skew = (): null => null;
}

function never(): never {
  throw new Error("nobody asks for this here");
}

/** A tea chat without hosts, and a clock two days after its session. */
export function quietHour(tweets: readonly Written[]) {
  const dir = makeArchive({ chat: '---\ntags: ["#teachat"]\nschedule: { every: Tuesday, at: "12:00", zone: America/New_York }\n---\n' });
  const clock = new StillClock("2026-03-05T17:00:00Z");
  const network = new PagedNetwork(clock, tweets);
  const notices: string[] = [];
  /** One capture, as one command does it. */
  async function sweepOnce({ patient = false, signal = new AbortController().signal } = {}): Promise<CaptureReport> {
    const archive = Archive.open(dir);
    try {
      const session = archive.folder.session(archive.chat("teachat"), "2026-03-03", null);
      const watcher = { progress: () => undefined, notice: (line: string) => void notices.push(line) };
      const around = { archive, network, clock, signal, maxPosts: null, patient, watcher };
      return await capture(prepare({ chat: archive.chat("teachat"), session, range: null }, around));
    } finally {
      archive.close();
    }
  }
  return { dir, clock, network, notices, sweepOnce };
}
