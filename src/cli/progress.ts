import type { Archive } from "../archive/archive.ts";
import { NOT_ASKED } from "../archive/coverage.ts";
import type { Progress } from "../capture/run.ts";
import { clock } from "../site/time.ts";
import type { Gathering } from "../store/gather.ts";
import { parse } from "../thread/parse.ts";
import type { Context } from "./command.ts";
import { many } from "./names.ts";

const MINUTE = 60_000;
/** On a terminal so often, elsewhere once a minute. */
const LIVE = 250;
const CELLS = 5;
/** Larger sessions are not searched for the last question while tweets arrive. */
const SEARCHED = 5000;

/** The line that says how far a capture is: one live line on a terminal, elsewhere a line a minute, none under --quiet. */
export class ProgressLine {
  readonly #context: Context;
  readonly #archive: Archive;
  readonly #zone: string;
  readonly #live: boolean;
  #due = 0;
  #shown = false;

  constructor(context: Context, archive: Archive, zone: string) {
    const { env, terminal } = context.effects;
    this.#context = context;
    this.#archive = archive;
    this.#zone = zone;
    this.#live = terminal && (env.CI === undefined || env.CI === "");
    this.#due = this.#live ? 0 : this.#clock() + MINUTE;
  }

  /** Pages of a walk come newest first; of a window that is open the time itself tells how far it is. */
  show(gathering: Gathering, progress: Progress): void {
    const began = this.#clock();
    if (this.#context.quiet || this.#context.json || began < this.#due) return;
    const line = this.#line(gathering, progress);
    // \r back to the first column, ESC [K clears the rest of the line
    this.#context.effects.err(this.#live ? `\r${line}\u001b[K` : `${line}\n`);
    this.#shown = this.#live;
    this.#due = began + (this.#live ? Math.max(LIVE, (this.#clock() - began) * 20) : MINUTE);
  }

  /** A message of its own line, the live line out of its way. */
  say(line: string): void {
    this.end();
    this.#context.say(line);
  }

  end(): void {
    if (this.#shown) this.#context.effects.err("\r\u001b[K");
    this.#shown = false;
  }

  #clock(): number {
    return this.#context.effects.clock.now();
  }

  /** `12:34 ▕███  ▏ 412 tweets · 61 people · Q3 · 0 gaps · 38 of 450 requests` */
  #line(gathering: Gathering, { time, requests, limit }: Progress): string {
    const { tweets, people } = this.#archive.store.gatherer.tally(gathering);
    const at = time ?? this.#clock();
    const asked = this.#lastQuestion(gathering, tweets);
    const words = [
      many(tweets, "tweet"),
      many(people, "person", "people"),
      ...(asked === null ? [] : [asked]),
      many(this.#gaps(gathering), "gap"),
      limit === null ? many(requests, "request") : `${limit.of - limit.remaining} of ${limit.of} requests`,
    ];
    return `${clock(this.#zone, at)} ${bar(gathering, at, this.#clock())} ${words.join(" · ")}`;
  }

  #gaps({ chat, session }: Gathering): number {
    const { coverage } = this.#archive.store;
    const key = { chat, session: session ?? "" };
    return coverage.gaps(key).length + coverage.walks(key).filter(({ done, why }) => !done && why !== null && why !== NOT_ASKED).length;
  }

  #lastQuestion({ chat, session, from, to, hosts }: Gathering, tweets: number): string | null {
    if (tweets > SEARCHED) return null;
    const isHost = new Set(hosts);
    const asked = this.#archive.store
      .members(chat, from, to, session ?? "")
      .filter(({ tweet }) => isHost.has(tweet.author.handle.toLowerCase()))
      .flatMap(({ tweet }) => parse(tweet).numbers.filter(({ asking, where }) => asking && where === "lead"));
    return asked.at(-1)?.label ?? null;
  }
}

/** How much of the window has been read: backwards from its end once it is over, forwards while it is open. */
function bar({ from, to }: Gathering, at: number, now: number): string {
  const part = now >= to ? (to - at) / (to - from) : (now - from) / (to - from);
  const full = Math.round(Math.min(1, Math.max(0, part)) * CELLS);
  return `▕${"█".repeat(full)}${" ".repeat(CELLS - full)}▏`;
}
