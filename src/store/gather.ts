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
    const held = new Set(this.#sql.memberIds.all(bounds(gathering)) as TweetId[]);
    const answered = new Set(this.#sql.answered.all(bounds(gathering)) as TweetId[]);
    let waiting = this.#sql.candidates.all({ from, late }) as Candidate[];
    let adopted = 0;
    const isHost = new Set(hosts);
    const belongs = ({ id, time, reply_to, conversation, handle, aliases }: Candidate): boolean => {
      if (reply_to !== null && held.has(reply_to)) return true;
      if (conversation !== null && held.has(conversation)) return true;
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
        for (const id of [one.id, ...idsOf(one.aliases)]) held.add(id);
        if (one.reply_to !== null) answered.add(one.reply_to);
      }
      found = rest.length < waiting.length;
      adopted += waiting.length - rest.length;
      waiting = rest;
    }
    return adopted;
  }

  /** The conversations to ask for: of every host's tweet, of `also`, and of every tweet with more replies than are held. */
  conversations(gathering: Gathering, also: readonly TweetId[]): TweetId[] {
    const { hosts, from, late } = gathering;
    const replies = new Map(
      (this.#sql.replies.all({ ...bounds(gathering), from, late }) as { id: TweetId; n: number }[]).map((r) => [r.id, r.n]),
    );
    const [isHost, asked] = [new Set(hosts), new Set(also)];
    const rows = this.#sql.conversed.all(bounds(gathering)) as Conversed[];
    const open = rows.filter(
      ({ id, handle, replies: counted }) => isHost.has(handle) || asked.has(id) || (counted ?? 0) > (replies.get(id) ?? 0),
    );
    return [...new Set(open.map(({ conversation }) => conversation))];
  }

  /** What the session's tweets answer and quote, and nobody holds. */
  wanted(gathering: Gathering): TweetId[] {
    return this.#sql.wanted.all(bounds(gathering)) as TweetId[];
  }

  /** Of the session: tweets that bear one of the tags (lower case, without #) and repost nothing, and those that came in without it. */
  stock(gathering: Gathering, tags: readonly string[]): { readonly stored: number; readonly untagged: number } {
    return this.#sql.stock.get({ ...bounds(gathering), tags: JSON.stringify(tags) }) as { stored: number; untagged: number };
  }

  /** Keeps what the network counted of a held tweet, where it has changed. */
  count(tweet: TweetId, at: number, metrics: Metrics): void {
    this.#sql.count.run({ tweet, at, ...metrics });
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

interface Conversed {
  readonly id: TweetId;
  readonly conversation: TweetId;
  readonly handle: Handle;
  readonly replies: number | null;
}

const idsOf = (aliases: string | null): TweetId[] => (aliases === null ? [] : aliases.split(","));

const bounds = ({ chat, session, from, to }: Gathering) => ({ chat, session, from, to });

/** Members of the session: those of its window, and those that name it. */
const OF = "member.chat = @chat AND (member.time >= @from AND member.time < @to OR member.session = @session)";
const ALIASES = "(SELECT group_concat(alias.id) FROM alias WHERE alias.tweet = tweet.id)";
const TAGGED = "EXISTS (SELECT 1 FROM json_each(tweet.tags) WHERE value IN (SELECT value FROM json_each(@tags)))";

const prepare = (db: Db) => ({
  memberIds: db
    .prepare(
      `SELECT member.tweet FROM member WHERE ${OF}
       UNION SELECT alias.id FROM member JOIN alias ON alias.tweet = member.tweet WHERE ${OF}`,
    )
    .pluck(),
  answered: db
    .prepare(`SELECT DISTINCT tweet.reply_to FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF} AND tweet.reply_to IS NOT NULL`)
    .pluck(),
  candidates: db.prepare(`SELECT tweet.id, tweet.time, reply_to, conversation, lower(author.handle) AS handle, ${ALIASES} AS aliases
    FROM tweet JOIN author ON author.key = tweet.author
    WHERE context = 1 AND tweet.time >= @from AND tweet.time < @late AND repost_of IS NULL ORDER BY tweet.time, length(id), id`),
  promote: db.prepare("UPDATE tweet SET context = 0 WHERE id = ?"),
  join: db.prepare(`INSERT INTO member (chat, tweet, time, session, position, untagged) VALUES (@chat, @id, @time, @session, NULL, 1)
    ON CONFLICT (chat, tweet) DO UPDATE SET session = coalesce(session, excluded.session)`),
  replies: db.prepare(`SELECT id, count(*) AS n FROM (
      SELECT coalesce(alias.tweet, tweet.reply_to) AS id
      FROM (SELECT tweet.reply_to FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF} AND tweet.reply_to IS NOT NULL
        UNION ALL SELECT reply_to FROM tweet WHERE context = 1 AND time >= @from AND time < @late AND reply_to IS NOT NULL) AS tweet
      LEFT JOIN alias ON alias.id = tweet.reply_to) GROUP BY id`),
  conversed: db.prepare(`SELECT tweet.id, coalesce(tweet.conversation, tweet.id) AS conversation, lower(author.handle) AS handle,
      (SELECT replies FROM metrics WHERE metrics.tweet = tweet.id ORDER BY at DESC LIMIT 1) AS replies
    FROM member JOIN tweet ON tweet.id = member.tweet JOIN author ON author.key = tweet.author
    WHERE ${OF} AND repost_of IS NULL ORDER BY tweet.time, length(tweet.id), tweet.id`),
  wanted: db
    .prepare(
      `SELECT DISTINCT named.id FROM (
         SELECT tweet.reply_to AS id FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF}
         UNION SELECT tweet.quotes FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF}) AS named
       WHERE named.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tweet WHERE tweet.id = named.id)
         AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.id = named.id) ORDER BY length(named.id), named.id`,
    )
    .pluck(),
  stock:
    db.prepare(`SELECT count(*) FILTER (WHERE member.untagged = 0 AND tweet.repost_of IS NULL AND member.time >= @from AND member.time < @to
      AND ${TAGGED}) AS stored, count(*) FILTER (WHERE member.untagged = 1) AS untagged
    FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF}`),
  count: db.prepare(`INSERT INTO metrics (tweet, at, replies, reposts, quotes, likes)
    SELECT @tweet, @at, @replies, @reposts, @quotes, @likes
    WHERE NOT EXISTS (SELECT 1 FROM (SELECT replies, reposts, quotes, likes FROM metrics WHERE tweet = @tweet ORDER BY at DESC LIMIT 1)
      WHERE replies = @replies AND reposts = @reposts AND quotes = @quotes AND likes = @likes)
    ON CONFLICT (tweet, at) DO NOTHING`),
  tally: db.prepare(`SELECT count(*) AS tweets, count(DISTINCT tweet.author) AS people
    FROM member JOIN tweet ON tweet.id = member.tweet WHERE ${OF} AND tweet.repost_of IS NULL`),
});
