/** The steps that make archive.db what it is, oldest first. A step that has been released is never edited: add one.
 *  PRAGMA user_version is the number of steps taken. */
export const ARCHIVE_STEPS: readonly string[] = [
  `
  -- What was received, as received. sha256 is of the whole body.
  CREATE TABLE raw (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'capture')),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    complete INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sha256, chat, session, format)
  ) STRICT;
  -- Its parts, cut at record ends, zstd. sha256 as received, sha256_kept of what is kept (they differ once a record is erased).
  CREATE TABLE raw_part (
    raw INTEGER NOT NULL REFERENCES raw (id),
    seq INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    sha256_kept TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (raw, seq)
  ) STRICT;
  -- key: X's id where known, else 'h:' and the handle in lower case. seen: time and id of the tweet that told handle and name.
  CREATE TABLE author (
    key TEXT PRIMARY KEY,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    seen_time INTEGER NOT NULL,
    seen_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Which ids of X used a handle (lower case), from when to when: null where no tweet said a time.
  CREATE TABLE handle (
    handle TEXT NOT NULL,
    author TEXT NOT NULL REFERENCES author (key),
    first INTEGER,
    last INTEGER,
    PRIMARY KEY (handle, author)
  ) STRICT, WITHOUT ROWID;
  -- author: as the surest source told it. time: ms since 1970; null: unknown. tags to poll: JSON. *_rounded: as a spreadsheet left them; *_repaired: what they were, once that is unique.
  CREATE TABLE tweet (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL REFERENCES author (key),
    time INTEGER,
    text TEXT NOT NULL,
    lang TEXT,
    reply_to TEXT,
    reply_to_user TEXT,
    quotes TEXT,
    repost_of TEXT,
    conversation TEXT,
    tags TEXT NOT NULL,
    mentions TEXT NOT NULL,
    links TEXT NOT NULL,
    media TEXT NOT NULL,
    poll TEXT,
    edited INTEGER,
    local INTEGER NOT NULL,
    heading TEXT,
    context INTEGER NOT NULL,
    reply_to_rounded TEXT,
    repost_of_rounded TEXT,
    reply_to_repaired TEXT,
    repost_of_repaired TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tweet_author ON tweet (author);
  CREATE INDEX tweet_rounded ON tweet (id) WHERE reply_to_rounded IS NOT NULL OR repost_of_rounded IS NOT NULL;
  -- Ids of other versions of a tweet.
  CREATE TABLE alias (
    id TEXT PRIMARY KEY,
    tweet TEXT NOT NULL REFERENCES tweet (id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alias_tweet ON alias (tweet);
  -- Texts a source told that are not the one shown, with their latest known edit.
  CREATE TABLE version (
    tweet TEXT NOT NULL REFERENCES tweet (id),
    text TEXT NOT NULL,
    edited INTEGER,
    PRIMARY KEY (tweet, text)
  ) STRICT, WITHOUT ROWID;
  -- A session as it was when its first tweet arrived: later changes of the schedule do not move it.
  CREATE TABLE session (
    chat TEXT NOT NULL,
    slug TEXT NOT NULL,
    start INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    lead INTEGER NOT NULL,
    grace INTEGER NOT NULL,
    PRIMARY KEY (chat, slug)
  ) STRICT, WITHOUT ROWID;
  -- Which tweets are a chat's. time: the tweet's. session: as a source named it; heeded only where no window can decide.
  -- position: the place in its file of a tweet without a time.
  CREATE TABLE member (
    chat TEXT NOT NULL,
    tweet TEXT NOT NULL REFERENCES tweet (id),
    time INTEGER,
    session TEXT,
    position INTEGER,
    PRIMARY KEY (chat, tweet)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX member_tweet ON member (tweet);
  CREATE INDEX member_time ON member (chat, time);
  CREATE INDEX member_session ON member (chat, session) WHERE session IS NOT NULL;
  `,
  `
  -- What is left of removed tweets: no text, no name. chat '': of none (context). time, session, position: as in member. removed: the date.
  -- asked: the label of the question it asked; page: it had a page of its own; anchor 0: its link leads nowhere.
  CREATE TABLE tombstone (
    chat TEXT NOT NULL,
    tweet TEXT NOT NULL,
    time INTEGER,
    session TEXT,
    position INTEGER,
    reason TEXT NOT NULL,
    removed TEXT NOT NULL,
    asked TEXT,
    page INTEGER NOT NULL,
    anchor INTEGER NOT NULL,
    PRIMARY KEY (chat, tweet)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tombstone_tweet ON tombstone (tweet);
  -- How many records were cut out of a raw part, and when. dropped 1: they could not be, so the part is gone.
  CREATE TABLE erasure (
    raw INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    records INTEGER NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  `,
];

/** work.db is derived: one of another version is deleted and made anew. */
export const WORK_VERSION = 1;
export const WORK_SCHEMA = `
  CREATE TABLE placement (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    tweet TEXT NOT NULL,
    spot TEXT NOT NULL,
    PRIMARY KEY (chat, session, tweet)
  ) STRICT, WITHOUT ROWID;
`;
