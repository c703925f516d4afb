/** The words X's wire uses: those of before August 2026 (`tweet`) or those of since (`post`). */
export type Names = "tweet" | "post";

const WORDS = {
  tweet: {
    fields: "tweet.fields",
    references: "referenced_tweets",
    history: "edit_history_tweet_ids",
    note: "note_tweet",
    included: "tweets",
    reposts: "retweet_count",
    count: "tweet_count",
    total: "total_tweet_count",
    resource: "tweet",
    problems: "https://api.twitter.com/2/problems/",
  },
  post: {
    fields: "post.fields",
    references: "referenced_posts",
    history: "edit_history_post_ids",
    note: "note_post",
    included: "posts",
    reposts: "repost_count",
    count: "post_count",
    total: "total_post_count",
    resource: "post",
    problems: "https://api.x.com/2/problems/",
  },
} as const satisfies Record<Names, Record<string, string>>;

export const wordsOf = (names: Names): (typeof WORDS)[Names] => WORDS[names];

export const other = (names: Names): Names => (names === "tweet" ? "post" : "tweet");
