import type { ChatSlug, Handle, Metrics, SessionSlug, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** The session (or range of time) that a capture gathers. */
export interface Gathering {
  readonly chat: ChatSlug;
  /** null: a range of time that no session names. */
  readonly session: SessionSlug | null;
  /** [from, to): its window. */
  readonly from: number;
  readonly to: number;
  /** Replies are found by their conversation until here. */
  readonly late: number;
  /** [start, end): the hour itself. */
  readonly start: number;
  readonly end: number;
  /** In lower case: whose tweets of the hour belong to it without the tag. */
  readonly hosts: readonly Handle[];
}

/** What belongs together: the untagged tweets of a session, its conversations, what its tweets answer (capture.md, "What the tag misses"). */
export class Gatherer {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Makes tweets of the chat out of those held as context that belong to the session: what answers one of its tweets or is part of a
   *  conversation that one of them began, what one of them answers inside the window, and what a host writes in the hour to nobody.
   *  How many there were. The order in which tweets came makes no difference. Call it inside a transaction. */
  adopt(gathering: Gathering): number {
    const { chat, session, from, to, late, start, end, hosts } = gathering;
    const of = bounds(gathering);
    const answered = new Set(this.#sql.answered.all(of) as TweetId[]);
    let waiting = this.#sql.candidates.all({ from, late }) as Candidate[];
    let adopted = 0;
    const isHost = new Set(hosts);
    const isHeld = (id: TweetId | null): boolean => id !== null && this.#sql.isHeld.get({ ...of, id }) !== undefined;
    const belongs = ({ id, time, reply_to, conversation, handle, aliases }: Candidate): boolean => {
      if (isHeld(reply_to) || isHeld(conversation)) return true;
      if (time < to && [id, ...idsOf(aliases)].some((one) => answered.has(one))) return true;
      return reply_to === null && start <= time && time < end && isHost.has(handle);
    };
    for (let found = true; found; ) {
      const rest: Candidate[] = [];
      for (const one of waiting) {
        if (!belongs(one)) {
          rest.push(one);
          continue;
        }
        this.#sql.promote.run(one.id);
        this.#sql.join.run({ chat, id: one.id, time: one.time, session: one.time >= to ? session : null });
        if (one.reply_to !== null) answered.add(one.reply_to);
      }
      found = rest.length < waiting.length;
      adopted += waiting.length - rest.length;
      waiting = rest;
    }
    return adopted;
  }

  /** The conversations to ask for: of every host's tweet, of `also`, of every tweet with more replies than are held, and of every one that
   *  came without the tag: the walks of the tag do not tell how often it has been answered since. */
  conversations(gathering: Gathering, also: readonly TweetId[]): TweetId[] {
    const { hosts, late } = gathering;
    const open = this.#sql.open.iterate({ ...bounds(gathering), late, hosts: JSON.stringify(hosts), also: JSON.stringify(also) });
    return [...new Set(open as Iterable<TweetId>)];
  }

  /** What the session's tweets answer and quote, and nobody holds. */
  wanted(gathering: Gathering): TweetId[] {
    return this.#sql.wanted.all(bounds(gathering)) as TweetId[];
  }

  /** The addresses of its tweets' images of which no import named a file, each once. */
  pictures(gathering: Gathering): string[] {
    return this.#sql.pictures.all(bounds(gathering)) as string[];
  }

  /** Of the session: tweets that bear one of the tags (lower case, without #) and repost nothing, and those that came in without it. */
  stock(gathering: Gathering, tags: readonly string[]): { readonly stored: number; readonly untagged: number } {
    return this.#sql.stock.get({ ...bounds(gathering), tags: JSON.stringify(tags) }) as { stored: number; untagged: number };
  }

  /** Keeps what the network counted of a held tweet, where it has changed. */
  count(tweet: TweetId, at: number, metrics: Metrics): void {
    const known = this.#sql.counted.get(tweet) as Metrics | undefined;
    if (known === undefined || KEYS.some((key) => known[key] !== metrics[key])) this.#sql.count.run({ tweet, at, ...metrics });
  }

  /** How many tweets a session has, how many people wrote them, and the newest of them. */
  tally(gathering: Gathering): { readonly tweets: number; readonly people: number } {
    return this.#sql.tally.get(bounds(gathering)) as { tweets: number; people: number };
  }
}

interface Candidate {
  readonly id: TweetId;
  readonly time: number;
  readonly reply_to: TweetId | null;
  readonly conversation: TweetId | null;
  readonly handle: Handle;
  /** Separated by commas; null: none. */
  readonly aliases: string | null;
}

const KEYS = ["replies", "reposts", "quotes", "likes"] as const;
const idsOf = (aliases: string | null): TweetId[] => (aliases === null ? [] : aliases.split(","));

const bounds = ({ chat, session, from, to }: Gathering) => ({ chat, session, from, to });

/** Whether it is one of the session: of its window, or it names the session. */
const OF = "member.chat = @chat AND (member.time >= @from AND member.time < @to OR member.session = @session)";
/** All of them, as `own`: with the condition above SQLite looks through all of the chat. */
const MEMBERS = `(SELECT * FROM member WHERE chat = @chat AND time >= @from AND time < @to
  UNION SELECT * FROM member INDEXED BY member_session WHERE chat = @chat AND session = @session) AS own`;
const ALIASES = "(SELECT group_concat(alias.id) FROM alias WHERE alias.tweet = tweet.id)";
const TAGGED = "EXISTS (SELECT 1 FROM json_each(tweet.tags) WHERE value IN (SELECT value FROM json_each(@tags)))";

const prepare = (db: Db) => ({
  isHeld: db.prepare(`SELECT 1 FROM member WHERE member.tweet IN (@id, (SELECT alias.tweet FROM alias WHERE alias.id = @id)) AND ${OF}`),
  // of those that are known as context: they are the ones that can be adopted
  answered: db
    .prepare(
      `SELECT DISTINCT tweet.reply_to FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet
       JOIN tweet AS parent ON parent.id = coalesce((SELECT alias.tweet FROM alias WHERE alias.id = tweet.reply_to), tweet.reply_to)
       WHERE parent.context = 1`,
    )
    .pluck(),
  candidates: db.prepare(`SELECT tweet.id, tweet.time, reply_to, conversation, lower(author.handle) AS handle, ${ALIASES} AS aliases
    FROM tweet JOIN author ON author.key = tweet.author
    WHERE context = 1 AND tweet.time >= @from AND tweet.time < @late AND repost_of IS NULL ORDER BY tweet.time, length(id), id`),
  promote: db.prepare("UPDATE tweet SET context = 0 WHERE id = ?"),
  join: db.prepare(`INSERT INTO member (chat, tweet, time, session, position, untagged) VALUES (@chat, @id, @time, @session, NULL, 1)
    ON CONFLICT (chat, tweet) DO UPDATE SET session = coalesce(session, excluded.session)`),
  open: db
    .prepare(
      `WITH answer AS MATERIALIZED (
         SELECT CAST(coalesce(alias.tweet, told.reply_to) AS TEXT) AS id, count(*) AS n
         FROM (SELECT tweet.reply_to FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet WHERE tweet.reply_to IS NOT NULL
           UNION ALL SELECT reply_to FROM tweet WHERE context = 1 AND time >= @from AND time < @late AND reply_to IS NOT NULL) AS told
         LEFT JOIN alias ON alias.id = told.reply_to GROUP BY 1)
       SELECT coalesce(tweet.conversation, tweet.id) FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet
         JOIN author ON author.key = tweet.author LEFT JOIN answer ON answer.id = tweet.id
       WHERE repost_of IS NULL AND (lower(author.handle) IN (SELECT value FROM json_each(@hosts))
         OR tweet.id IN (SELECT value FROM json_each(@also)) OR own.untagged = 1
         OR (SELECT replies FROM metrics WHERE metrics.tweet = tweet.id ORDER BY at DESC LIMIT 1) > coalesce(answer.n, 0))
       ORDER BY tweet.time, length(tweet.id), tweet.id`,
    )
    .pluck(),
  wanted: db
    .prepare(
      `SELECT DISTINCT named.id FROM (
         SELECT tweet.reply_to AS id FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet
         UNION SELECT tweet.quotes FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet) AS named
       WHERE named.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tweet WHERE tweet.id = named.id)
         AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.id = named.id) ORDER BY length(named.id), named.id`,
    )
    .pluck(),
  pictures: db
    .prepare(
      `SELECT DISTINCT json_extract(one.value, '$.url') AS url FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet, json_each(tweet.media) AS one
       WHERE tweet.media <> '[]' AND json_extract(one.value, '$.file') IS NULL
         AND NOT EXISTS (SELECT 1 FROM picture WHERE picture.url = json_extract(one.value, '$.url'))`,
    )
    .pluck(),
  stock: db.prepare(`SELECT count(*) FILTER (WHERE own.untagged = 0 AND tweet.repost_of IS NULL AND own.time >= @from AND own.time < @to
      AND ${TAGGED}) AS stored, count(*) FILTER (WHERE own.untagged = 1) AS untagged
    FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet`),
  counted: db.prepare("SELECT replies, reposts, quotes, likes FROM metrics WHERE tweet = ? ORDER BY at DESC LIMIT 1"),
  count: db.prepare(`INSERT INTO metrics (tweet, at, replies, reposts, quotes, likes)
    VALUES (@tweet, @at, @replies, @reposts, @quotes, @likes) ON CONFLICT (tweet, at) DO NOTHING`),
  tally: db.prepare(`SELECT count(*) AS tweets, count(DISTINCT tweet.author) AS people
    FROM ${MEMBERS} JOIN tweet ON tweet.id = own.tweet WHERE tweet.repost_of IS NULL`),
});
