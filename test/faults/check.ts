import type { Coverage, Gap, TweetId } from "../../src/model.ts";
import { type Post, stateOf, timeOfId, versionsAt } from "../x/post.ts";
import type { Served } from "../x/standin.ts";
import { HOST, type Plan, TAG, WINDOW } from "./hour.ts";
import type { Ended, Stage } from "./room.ts";
import { type Bounds, type Truth, trueAtBoth, truthAt } from "./truth.ts";

const MINUTE = 60_000;
const WHOLE: Bounds = {
  from: WINDOW.start - WINDOW.lead * MINUTE,
  to: WINDOW.start + (WINDOW.minutes + WINDOW.grace) * MINUTE,
  late: WINDOW.start + (WINDOW.minutes + WINDOW.grace) * MINUTE + 24 * 60 * MINUTE,
};

interface Row {
  readonly id: TweetId;
  readonly text: string;
  readonly reply_to: TweetId | null;
  /** 1: it came in without the tag; 0: with it; null: it is none of the session's. */
  readonly untagged: number | null;
}

/** What the archive holds, by the posts X has. */
interface Held {
  readonly rows: readonly Row[];
  /** Ids of tweets and of their other versions. */
  readonly ids: ReadonlySet<TweetId>;
  readonly members: ReadonlyMap<Post, Row>;
}

/** Looks, after each command of a trial, whether something is lost, doubled or missing without a word. */
export class Checker {
  readonly #stage: Stage;
  /** Ids that have been held once. */
  readonly #kept = new Set<TweetId>();
  /** By day: posts read. */
  readonly #read = new Map<number, Set<TweetId>>();
  /** The last sweep that came to its end: when it began, when its command had ended. */
  #swept: { at: number; until: number } | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** What is wrong; null: nothing. */
  look(ended: Ended, { way, maxPosts }: Pick<Plan, "way" | "maxPosts">): string | null {
    const { coverage } = ended;
    const held = this.#held();
    if (typeof held === "string") return held;
    if (coverage !== null && coverage.at !== null && coverage.at !== this.#swept?.at) this.#swept = { at: coverage.at, until: ended.to };
    const served = this.#stage.x.log.slice(ended.before);
    return (
      exit(ended, coverage) ??
      this.#lost(held, { served, ended, coverage }) ??
      this.#dear(served, maxPosts) ??
      agree(held, { coverage, ended }) ??
      (coverage === null
        ? null
        : (this.#missing(held, coverage, ended) ??
          this.#parents(held, coverage, ended) ??
          (way === "driver" ? this.#bounds(coverage) : null)))
    );
  }

  #held(): Held | string {
    const { x, clock } = this.#stage;
    const rows = this.#stage.all<Row>("SELECT tweet.id, text, reply_to, untagged FROM tweet LEFT JOIN member ON member.tweet = tweet.id");
    const aliases = this.#stage.all<{ id: TweetId }>("SELECT id FROM alias").map(({ id }) => id);
    const texts = this.#stage.all<{ text: string }>("SELECT text FROM version").map(({ text }) => text);
    const ids = new Set<TweetId>([...rows.map(({ id }) => id), ...aliases]);
    if (ids.size !== rows.length + aliases.length) return "doubled: a tweet is held under the name of another's version";
    const posts = new Set<Post>();
    const members = new Map<Post, Row>();
    for (const row of rows) {
      const post = x.world.get(row.id);
      if (post === undefined) return `invented: ${row.id}`;
      if (posts.has(post)) return `doubled: ${row.id} is held twice`;
      posts.add(post);
      if (row.untagged !== null) members.set(post, row);
      if (post.repostOf === undefined && !versionsAt(post, clock.now()).some(({ text }) => row.text.startsWith(text)))
        return `changed: ${row.id} reads ${JSON.stringify(row.text)}`;
    }
    const broken = texts.find((text) => text.includes("\uFFFD"));
    return broken === undefined ? { rows, ids, members } : `changed: a version reads ${JSON.stringify(broken)}`;
  }

  /** What came whole is held, or was on its way when the process died; what was acknowledged or held once is held. */
  #lost({ ids }: Held, { served, ended, coverage }: { served: readonly Served[]; ended: Ended; coverage: Coverage | null }): string | null {
    for (const id of this.#kept) if (!ids.has(id)) return `lost: ${id} was held`;
    for (const id of this.#stage.recorder.acknowledged) if (!ids.has(id)) return `lost: ${id} was acknowledged`;
    for (const { kind, fault, params, ids: given, status, n } of served) {
      if (status !== 200 || (fault !== null && !ARRIVES.has(fault))) continue;
      for (const id of given) {
        if (ids.has(id)) continue;
        const excused = ended.code === "died" || fault === "same page again";
        if (!excused) return `lost: ${id}, given with answer ${n} (${kind})`;
        if (kind === "search" && !inGap(coverage, (gap) => gap.query === params.get("query"), id) && !inGap(coverage, isPromise, id))
          return `lost: ${id}, given with answer ${n}, and no gap says so`;
      }
    }
    for (const id of ids) this.#kept.add(id);
    return null;
  }

  /** --max-posts holds: of tweets that came whole and had not been read that day. */
  #dear(served: readonly Served[], maxPosts: number | null): string | null {
    let fresh = 0;
    for (const { at, ids, status, fault } of served) {
      if (status !== 200 || (fault !== null && !ARRIVES.has(fault))) continue;
      const day = Math.floor(at / (24 * 60 * MINUTE));
      const read = this.#read.get(day) ?? new Set();
      this.#read.set(day, read);
      fresh += ids.filter((id) => !read.has(id)).length;
      for (const id of ids) read.add(id);
    }
    return maxPosts === null || fresh <= maxPosts ? null : `dear: ${fresh} tweets read with --max-posts ${maxPosts}`;
  }

  /** What could be known is held, or lies in a gap that is declared. */
  #missing(held: Held, coverage: Coverage, ended: Ended): string | null {
    if (coverage.gaps.length === 0 && coverage.at === null) return null;
    const { world } = this.#stage.x;
    const bounds = {
      from: coverage.from,
      to: coverage.to,
      late: Math.min(WHOLE.late, coverage.to < WHOLE.to ? coverage.to : (coverage.at ?? WHOLE.late)),
    };
    const began = Math.min(coverage.at ?? ended.from, ended.from, ...this.#stage.walks.map(({ started }) => started));
    const whole = coverage.gaps.length === 0;
    const a = whole ? (this.#swept?.at ?? ended.from) : began;
    const b = whole ? (this.#swept?.until ?? ended.to) : ended.to;
    const truth = trueAtBoth(truthAt(world, bounds, a), truthAt(world, bounds, b));
    const wrong = (post: Post, place: TweetId, what: string, own: (gap: Gap) => boolean): string | null => {
      if (held.ids.has(post.id) && (!whole || held.members.has(post))) return null;
      if (inGap(coverage, own, place)) return null;
      const how = held.ids.has(post.id) ? "not counted as the session's" : "not held";
      return `undeclared: ${what} ${post.id} of ${new Date(timeOfId(place)).toISOString()} is ${how}; complete ${coverage.complete}`;
    };
    for (const [post, place] of truth.tagged) {
      const found = wrong(post, place, "tagged", ({ query }) => query.includes(`#${TAG}`));
      if (found !== null) return found;
    }
    for (const [post, place] of truth.hosts) {
      const own = ({ query }: Gap): boolean => query.includes(`from:${HOST}`);
      if (!held.ids.has(post.id) && !inGap(coverage, own, place))
        return `undeclared: the host's ${post.id} is not held; complete ${coverage.complete}`;
    }
    return this.#missingReplies(held, { truth, coverage, wrong, a });
  }

  #missingReplies(
    held: Held,
    looked: {
      truth: Truth;
      coverage: Coverage;
      a: number;
      wrong: (post: Post, place: TweetId, what: string, own: (gap: Gap) => boolean) => string | null;
    },
  ): string | null {
    const { world } = this.#stage.x;
    for (const [post, place] of looked.truth.replies) {
      const found = looked.wrong(post, place, "reply", (gap) => isPromise(gap) || gap.query.includes("conversation_id:"));
      if (found !== null && (held.ids.has(post.id) || this.#isAskedFor(held, world.conversationOf(post), looked.a))) return found;
    }
    return null;
  }

  /** The rule by which conversations are asked for: a host's, and those with more replies than are held. */
  #isAskedFor({ members, rows }: Held, conversation: TweetId, at: number): boolean {
    const { world } = this.#stage.x;
    return [...members.keys()].some((post) => {
      if (world.conversationOf(post) !== conversation) return false;
      if (post.author.username === HOST) return true;
      const versions = new Set([post, ...(post.edits ?? [])].map(({ id }) => id));
      const replies = rows.filter(({ reply_to }) => reply_to !== null && versions.has(reply_to)).length;
      return stateOf(post, at) === "there" && world.metricsOf(post, at).replies > replies;
    });
  }

  /** What the session's tweets answer and quote is held, or listed with the reason. */
  #parents(held: Held, coverage: Coverage, ended: Ended): string | null {
    const { world } = this.#stage.x;
    const listed = new Map(coverage.missing.map(({ id, why }) => [id, why]));
    for (const post of held.members.keys())
      for (const id of [post.replyTo, post.quotes]) {
        if (id === undefined || held.ids.has(id)) continue;
        const why = listed.get(id);
        if (why === undefined) return `undeclared: ${id}, which ${post.id} speaks of, is neither held nor listed`;
        const about = world.get(id);
        if (coverage.gaps.length > 0 || coverage.at === null || about === undefined) continue;
        const [a, b] = [this.#swept?.at ?? ended.from, this.#swept?.until ?? ended.to];
        if (why === "not asked for yet") return `undeclared: ${id}, which ${post.id} speaks of, was not asked for`;
        if (stateOf(about, a) === "there" && stateOf(about, b) === "there") return `undeclared: ${id} is listed as ${why} and is there`;
      }
    return null;
  }

  /** A gap reaches to the oldest tweet that was read, and not further. */
  #bounds(coverage: Coverage): string | null {
    const { recorder } = this.#stage;
    for (const { id, done, low, from, to, query } of this.#stage.walks) {
      if (done) continue;
      if (!coverage.gaps.some((gap) => gap.from === from && gap.to === low && gap.query === query)) return `undeclared: a walk of ${query}`;
      // a page that came when the process died may be kept or not
      const right = [recorder.kept, recorder.given].map((oldest) => Math.min(to, Math.max(from, (oldest.get(id) ?? to) + 1)));
      const iso = (time: number): string => new Date(time).toISOString();
      if (!right.includes(low)) return `gap: of ${query} to ${iso(low)}, read to ${right.map(iso).join(" or ")}`;
    }
    return null;
  }
}

/** Faults with which an answer comes whole. */
const ARRIVES: ReadonlySet<string> = new Set([
  "empty page",
  "nothing remaining",
  "partial errors",
  "same page again",
  "overlap",
  "out of order",
  "new names",
  "clock an hour off",
]);

const isPromise = ({ query }: Gap): boolean => query === "conversations of the session";

const inGap = (coverage: Coverage | null, own: (gap: Gap) => boolean, id: TweetId): boolean =>
  coverage === null || coverage.gaps.some((gap) => own(gap) && gap.from <= timeOfId(id) && timeOfId(id) < gap.to);

/** The exit code is one that cli.md allows, and says what the report says. */
function exit({ code, stopped, said }: Ended, coverage: Coverage | null): string | null {
  if (code === "died") return null;
  if (![0, 3, 4, 5].includes(code)) return `exit ${code}: ${said}`;
  if (code === 0 && coverage !== null && stopped === "end" && coverage.complete === false) return "exit 0, but gaps are declared";
  if (code === 0 && stopped !== "end" && stopped !== null) return `exit 0, but it stopped: ${stopped}`;
  return code === 3 && stopped === "end" && coverage?.complete !== false ? "exit 3, but nothing is missing" : null;
}

/** The report's numbers are those of the archive and of what X counts. */
function agree({ members }: Held, { coverage, ended }: { coverage: Coverage | null; ended: Ended }): string | null {
  if (coverage === null) return null;
  const untagged = [...members.values()].filter((row) => row.untagged === 1).length;
  const stored = [...members].filter(([post, row]) => row.untagged === 0 && post.at < WHOLE.to).length;
  if (coverage.stored !== stored || coverage.untagged !== untagged)
    return `numbers: ${coverage.stored} and ${coverage.untagged} are reported, ${stored} and ${untagged} held`;
  if (coverage.complete === true && coverage.counted !== null && coverage.counted > stored)
    return `numbers: complete, and X counts ${coverage.counted} where ${stored} are held`;
  const { record } = ended;
  if (record === null || typeof record !== "object") return null;
  const said = record as { stored: number; complete: boolean | null; gaps: readonly unknown[] };
  return said.stored === stored && said.complete === coverage.complete && said.gaps.length === coverage.gaps.length
    ? null
    : `numbers: printed ${JSON.stringify(record)}, but ${stored} are held, complete ${coverage.complete}`;
}
