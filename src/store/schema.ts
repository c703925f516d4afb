import { MARKS } from "./schema-marks.ts";

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
  `
  -- untagged: it came in without a tag, by its conversation or because a host wrote it.
  ALTER TABLE member ADD COLUMN untagged INTEGER NOT NULL DEFAULT 0;
  -- Of a captured response: its HTTP status. Its name is the path and query that were asked.
  ALTER TABLE raw ADD COLUMN status INTEGER;
  CREATE INDEX tweet_context ON tweet (time) WHERE context = 1;
  -- As counted by the network at a time; only where something had changed.
  CREATE TABLE metrics (
    tweet TEXT NOT NULL REFERENCES tweet (id),
    at INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    reposts INTEGER NOT NULL,
    quotes INTEGER NOT NULL,
    likes INTEGER NOT NULL,
    PRIMARY KEY (tweet, at)
  ) STRICT, WITHOUT ROWID;
  -- Where the capture of a session stands; session '': of a range of time that no session names. from_time, to_time: what was asked for.
  -- swept: when the last sweep that came to its end began. settled 1: its last walk found nothing new. stopped: why the last capture ended. wait_until: not before then again.
  CREATE TABLE coverage (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    from_time INTEGER NOT NULL,
    to_time INTEGER NOT NULL,
    swept INTEGER,
    settled INTEGER NOT NULL DEFAULT 0,
    counted INTEGER,
    stopped TEXT,
    wait_until INTEGER,
    PRIMARY KEY (chat, session)
  ) STRICT, WITHOUT ROWID;
  -- A walk through the pages of one query, newest first. token: where it goes on. low: everything from there to to_time was read.
  -- fresh: how many tweets were new. why: what stopped it.
  CREATE TABLE walk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    role TEXT NOT NULL,
    query TEXT NOT NULL,
    from_time INTEGER NOT NULL,
    to_time INTEGER NOT NULL,
    started INTEGER NOT NULL,
    token TEXT,
    low INTEGER NOT NULL,
    fresh INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    why TEXT
  ) STRICT;
  CREATE INDEX walk_session ON walk (chat, session);
  -- Which tweets the query for the tag served, in which walk last. time: of the version served. tweet: of one that is kept out the hash of its id.
  CREATE TABLE sighting (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    tweet TEXT NOT NULL,
    walk INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (chat, session, tweet)
  ) STRICT, WITHOUT ROWID;
  -- Times of which the network says that there is more than it gives.
  CREATE TABLE gap (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    query TEXT NOT NULL,
    from_time INTEGER NOT NULL,
    to_time INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (chat, session, query, from_time)
  ) STRICT, WITHOUT ROWID;
  -- Tweets that were asked for by id, or served, and could not be had.
  CREATE TABLE missing (
    tweet TEXT PRIMARY KEY,
    why TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Tweets read on a day (UTC): read again that day they cost nothing.
  CREATE TABLE paid (
    tweet TEXT PRIMARY KEY,
    day TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Images by their address: file in media/, or why there is none.
  CREATE TABLE picture (
    url TEXT PRIMARY KEY,
    file TEXT,
    why TEXT,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- What the network said of held tweets when they were asked for by id last: why it does not show them, or 'present'; since when. hidden 1: on no page.
  CREATE TABLE absence (
    tweet TEXT PRIMARY KEY REFERENCES tweet (id),
    why TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    hidden INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  MARKS,
];

/** work.db is derived: one of another version is deleted and made anew. */
export const WORK_VERSION = 10;
export const WORK_SCHEMA = `
  CREATE TABLE placement (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    tweet TEXT NOT NULL,
    spot TEXT NOT NULL,
    PRIMARY KEY (chat, session, tweet)
  ) STRICT, WITHOUT ROWID;
  -- What pages about more than one session know of a session. start, minutes, lead, grace: its window. stale 1: it is to be
  -- read again. stamp, notes, made,
  -- near: what it was read from beside the archive's rows: when its file was touched and what it says, its chat and stored window, the windows
  -- beside its own; digest: of all that its own pages are made from; people: how many said something; changed: when, in ms since 1970;
  -- pins, pages: ids, a space between them.
  -- pictures, came: JSON, what was asked of the archive as a whole, and the answers; unmatched: JSON too.
  CREATE TABLE summary (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    start INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    lead INTEGER NOT NULL,
    grace INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    notes TEXT NOT NULL,
    made TEXT NOT NULL,
    near TEXT NOT NULL,
    stale INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    reviewed INTEGER NOT NULL DEFAULT 0,
    tweets INTEGER NOT NULL DEFAULT 0,
    people INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    pins TEXT NOT NULL DEFAULT '',
    pages TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    pictures TEXT NOT NULL DEFAULT '{}',
    came TEXT NOT NULL DEFAULT 'null',
    unmatched TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (chat, session)
  ) STRICT;
  -- What is only asked of one session at a time, as JSON: to look at all sessions need not pass over it.
  CREATE TABLE detail (
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    card TEXT NOT NULL,
    more TEXT NOT NULL,
    PRIMARY KEY (chat, session)
  ) STRICT;
  -- The places of the archive whose marks a session depends on.
  CREATE TABLE place (
    place TEXT NOT NULL,
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    PRIMARY KEY (place, chat, session)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX place_session ON place (chat, session);
  -- What a session was told of whose a handle is.
  CREATE TABLE told (
    handle TEXT NOT NULL,
    person TEXT NOT NULL,
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    PRIMARY KEY (handle, person, chat, session)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX told_session ON told (chat, session);
  -- What somebody said and missed in a session. rank: the session's place among those of its chat, as a text; handle, name: as they were
  -- called then, null where they only missed something; tweets, replies: how many they said and missed; first: the first tweet of theirs;
  -- stamp: a number for all a page says of it.
  CREATE TABLE part (
    chat TEXT NOT NULL,
    person TEXT NOT NULL,
    session TEXT NOT NULL,
    rank TEXT NOT NULL,
    handle TEXT,
    name TEXT,
    tweets INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    first TEXT,
    said TEXT NOT NULL,
    missed TEXT NOT NULL,
    PRIMARY KEY (chat, person, session)
  ) STRICT;
  CREATE INDEX part_session ON part (chat, session);
  CREATE INDEX part_person ON part (chat, person, rank, session, handle, name, tweets, replies, stamp, first);
  -- What somebody's parts come to. edition: of all sessions, or of the reviewed ones. stale 1: they are to be summed up again. folded: the
  -- handle in lower case; first, last: ranks; sessions: those they said something in. path: of their page; null: they have none.
  CREATE TABLE person (
    edition TEXT NOT NULL,
    chat TEXT NOT NULL,
    person TEXT NOT NULL,
    stale INTEGER NOT NULL DEFAULT 1,
    handle TEXT,
    folded TEXT,
    name TEXT,
    first TEXT,
    last TEXT,
    sessions INTEGER NOT NULL DEFAULT 0,
    tweets INTEGER NOT NULL DEFAULT 0,
    stamp INTEGER NOT NULL DEFAULT 0,
    path TEXT,
    PRIMARY KEY (edition, chat, person)
  ) STRICT;
  CREATE INDEX person_stale ON person (edition, chat) WHERE stale = 1;
  CREATE INDEX person_folded ON person (edition, chat, folded);
  CREATE INDEX person_path ON person (edition, chat, path);
  CREATE INDEX person_first ON person (edition, chat, first);
  -- The pages of people. key: what a page is made from; null: there is none any more. turn: of its last change.
  CREATE TABLE page (
    edition TEXT NOT NULL,
    chat TEXT NOT NULL,
    path TEXT NOT NULL,
    key TEXT,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    last TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    tweets INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    PRIMARY KEY (edition, chat, path)
  ) STRICT;
  CREATE INDEX page_last ON page (edition, chat, last, path) WHERE key IS NOT NULL;
  CREATE INDEX page_tweets ON page (edition, chat, tweets, path) WHERE key IS NOT NULL;
  CREATE INDEX page_turn ON page (edition, chat, turn);
  -- A number for the pages of people that a session leads to, as far as it does not tell itself.
  CREATE TABLE lead (
    edition TEXT NOT NULL,
    chat TEXT NOT NULL,
    session TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (chat, session, edition)
  ) STRICT, WITHOUT ROWID;
  -- How often pages of people have changed: it only grows.
  CREATE TABLE turn (last INTEGER NOT NULL) STRICT;
  INSERT INTO turn (last) VALUES (0);
  -- The links of sessions. rank: the newest session's first one has the greatest.
  CREATE TABLE share (
    chat TEXT NOT NULL,
    target TEXT NOT NULL,
    rank TEXT NOT NULL,
    session TEXT NOT NULL,
    link TEXT NOT NULL,
    tweet TEXT NOT NULL,
    handle TEXT NOT NULL,
    label TEXT,
    PRIMARY KEY (chat, target, rank)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX share_session ON share (chat, session);
  -- By how many tweets of reviewed sessions a link is shared. stale 1: they are to be counted again; last: the greatest rank of these.
  CREATE TABLE target (
    chat TEXT NOT NULL,
    target TEXT NOT NULL,
    stale INTEGER NOT NULL DEFAULT 1,
    shares INTEGER NOT NULL DEFAULT 0,
    last TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (chat, target)
  ) STRICT;
  CREATE INDEX target_stale ON target (chat, target) WHERE stale = 1;
  CREATE INDEX target_most ON target (chat, shares, last, target) WHERE shares > 0;
  -- What was true of the whole archive when the summaries were made.
  CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  -- What stands in a folder that a site was built into: unit by unit, what its pages were made from and its files, a line each.
  -- role: 'person', 'session', or 'list': of others.
  CREATE TABLE built (
    site TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    key TEXT NOT NULL,
    files TEXT NOT NULL,
    PRIMARY KEY (site, unit)
  ) STRICT;
  CREATE INDEX built_others ON built (site, unit, key, role) WHERE role <> 'person';
  -- What is rendered and not in its place yet. shard: the folder it is in.
  CREATE TABLE rendered (
    site TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    key TEXT NOT NULL,
    files TEXT NOT NULL,
    shard TEXT NOT NULL,
    PRIMARY KEY (site, unit)
  ) STRICT;
  -- What the last build that came to its end left there. turn: up to which its pages of people are as they should be, where they are made
  -- with the same; list: a word for the list of its files, another one when somebody has written it; files: how many these are; stand: a word
  -- for everything the site was made from; told: what the build found out, as JSON. NULL: that cannot be said.
  CREATE TABLE stood (
    site TEXT PRIMARY KEY,
    making TEXT NOT NULL,
    turn INTEGER NOT NULL,
    list TEXT NOT NULL,
    files INTEGER NOT NULL,
    stand TEXT,
    told TEXT
  ) STRICT;
  -- Its folders by which its files are watched (src/site/there.ts). stamp: how that build left them, another one when somebody has put a file there or taken one.
  CREATE TABLE folder (
    site TEXT NOT NULL,
    folder TEXT NOT NULL,
    stamp TEXT NOT NULL,
    PRIMARY KEY (site, folder)
  ) STRICT, WITHOUT ROWID;
`;
