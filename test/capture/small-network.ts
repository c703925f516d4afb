import type { Clock } from "../../src/clock.ts";
import type { Tweet, TweetId } from "../../src/model.ts";
import { type Absent, Fault, type FaultKind, type Looked, type Network } from "../../src/source/network.ts";

/** A clock that stands still until it is told to go on. A wait is over at once. */
export class StillClock implements Clock {
  #now: number;
  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }
  now = (): number => this.#now;
  machine = (): number => this.#now;
  after(ms: number, then: () => void): () => void {
    this.#now += ms;
    queueMicrotask(then);
    return () => undefined;
  }
  hours(n: number): void {
    this.#now += n * 3_600_000;
  }
}

/** A network of a few tweets that answers questions for them by id, and nothing else. */
export class SmallNetwork implements Network {
  readonly name = "X";
  readonly price = { tweet: 0.005, count: 0.005 };
  readonly page = { least: 10, most: 100 };
  /** What it would give, by id; and why it does not. */
  readonly tweets = new Map<TweetId, Tweet>();
  readonly gone = new Map<TweetId, Absent>();
  /** The ids of every request, in the order they came. */
  readonly asked: (readonly TweetId[])[] = [];
  /** What the next requests end with instead of an answer. */
  readonly faults: FaultKind[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock, tweets: readonly Tweet[]) {
    this.#clock = clock;
    for (const tweet of tweets) this.tweets.set(tweet.id, tweet);
  }

  /** They vanish, all for one reason; `null`: they are there again. */
  take(ids: readonly TweetId[], why: Absent | null): void {
    for (const id of ids) {
      if (why === null) this.gone.delete(id);
      else this.gone.set(id, why);
    }
  }

  async *lookup(ids: readonly TweetId[]): AsyncGenerator<Looked> {
    this.asked.push(ids);
    const kind = this.faults.shift();
    if (kind !== undefined) throw new Fault(kind, "said no", kind === "limit" ? 600_000 : null);
    const given = ids.filter((id) => !this.gone.has(id) && this.tweets.has(id));
    const absent = ids.filter((id) => !given.includes(id)).map((id) => ({ id, why: this.gone.get(id) ?? ("unknown" as const) }));
    const tweets = given.flatMap((id) => this.tweets.get(id) ?? []);
    const body = {
      ...(tweets.length === 0 ? {} : { data: tweets.map(wireOf), includes: { users: usersOf(tweets) } }),
      ...(absent.length === 0 ? {} : { errors: absent.map(({ id, why }) => ({ resource_id: id, resource_type: "tweet", title: why })) }),
    };
    const now = this.#clock.now();
    const url = `/2/tweets?ids=${ids.join(",")}`;
    const bytes = Buffer.from(JSON.stringify(body));
    yield { url, status: 200, format: "x-v2-json", bytes, receivedAt: now, ids: given, next: null, limit: null, absent };
  }

  words = never;
  split = never;
  search = never;
  count = never;
  follow = never;
  picture = never;
  skew = (): null => null;
}

function never(): never {
  throw new Error("nobody asks for this here");
}

/** An account's number: of a handle always the same. */
const accountOf = ({ author }: Tweet): string =>
  author.id ?? `7${Buffer.from(author.handle).readUIntBE(0, Math.min(3, author.handle.length))}`;

const wireOf = (tweet: Tweet) => ({
  id: tweet.id,
  text: tweet.text,
  author_id: accountOf(tweet),
  created_at: tweet.time === null ? null : new Date(tweet.time).toISOString(),
  edit_history_tweet_ids: [...tweet.aliases, tweet.id],
  referenced_tweets: [
    ...(tweet.replyTo === null ? [] : [{ type: "replied_to", id: tweet.replyTo }]),
    ...(tweet.quotes === null ? [] : [{ type: "quoted", id: tweet.quotes }]),
    ...(tweet.repostOf === null ? [] : [{ type: "retweeted", id: tweet.repostOf }]),
  ],
  entities: {
    urls: tweet.links.map(({ url, to, text }) => ({ url, expanded_url: to, display_url: text })),
    hashtags: tweet.tags.map((tag) => ({ tag })),
    mentions: tweet.mentions.map((username) => ({ username })),
  },
});

const usersOf = (tweets: readonly Tweet[]) =>
  [...new Map(tweets.map((tweet) => [accountOf(tweet), tweet])).values()].map((tweet) => ({
    id: accountOf(tweet),
    username: tweet.author.handle,
    name: tweet.author.name,
  }));
