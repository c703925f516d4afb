import type {
  Author,
  Chat,
  Notes,
  PlacedTweet,
  Placement,
  Question,
  Section,
  Session,
  SiteConfig,
  Thread,
  Transcript,
  Tweet,
} from "../../src/model.ts";
import { type ChatData, ownPages, type SessionCard, type SessionData, type SiteData } from "../../src/site/data.ts";
import type { UsedHandle, Users } from "../../src/site/identity.ts";
import { filesOf } from "../../src/site/media.ts";
import { flat } from "../../src/site/page.ts";

/** An invented site: two chats, one session that holds every case a page knows. */
export const config: SiteConfig = {
  name: "Shoreline Chats",
  url: "https://chats.example",
  pathPrefix: "/",
  language: "en",
  contact: "mailbox@chats.example",
  colours: { accent: null, accentDark: null },
  tweetPages: "pinned",
  downloads: "ids",
  theme: { words: {}, styles: [], parts: {} },
};

const people: Readonly<Record<string, string>> = {
  ada: "Ada Moss",
  ben: "Ben Rook",
  cyn: "Cyn O’Dell",
  dov: "דב לוי",
  eve: "Eve \u202Ednim",
  fay: "",
  gus: "Gus <script>alert(1)</script>",
  hal: "Hal Byrne",
  ida: "Ida & Co.",
  kit: "Kit Ferro",
};

const author = (handle: string): Author => ({ id: null, handle, name: people[handle] ?? handle });

const START = Date.UTC(2009, 6, 21, 16);
export const HIDDEN_WORDS = "zanzibar-hidden-words";

export interface Said {
  readonly id: string;
  readonly by: string;
  /** Minutes after the start; null: unknown. */
  readonly at: number | null;
  readonly text: string;
  readonly start?: number;
  readonly more?: Partial<Tweet>;
}

export const tweet = ({ id, by, at, text, start = START, more = {} }: Said): Tweet => ({
  id,
  author: author(by),
  time: at === null ? null : start + at * 60_000,
  text,
  lang: "en",
  replyTo: null,
  replyToUser: null,
  quotes: null,
  repostOf: null,
  conversation: null,
  tags: [],
  mentions: [],
  links: [],
  media: [],
  poll: null,
  edited: null,
  aliases: [],
  local: false,
  heading: null,
  ...more,
});

export const placed = (said: Tweet, more: Partial<Placement> = {}): PlacedTweet => ({
  tweet: said,
  placement: {
    section: "question",
    question: null,
    label: null,
    asks: null,
    reason: "number",
    confidence: 0.9,
    parent: said.replyTo,
    relation: said.replyTo === null ? null : "reply",
    parentReason: said.replyTo === null ? null : "id",
    parentConfidence: null,
    late: false,
    untagged: false,
    hidden: false,
    ...more,
  },
});

const thread = (one: PlacedTweet, ...replies: Thread[]): Thread => ({ ...one, replies });

export const question = (number: number, more: Partial<Question> = {}): Question => ({
  number,
  label: `Q${number}`,
  anchor: `q${number}`,
  side: false,
  text: "",
  asks: [],
  at: null,
  by: null,
  from: "tweet",
  ...more,
});

export const chat: Chat = {
  slug: "tidepool",
  title: "Tide Pool Chat",
  tags: [
    { tag: "tidepool", label: "#TidePool", until: null },
    { tag: "rockpool", label: "#rockpool", until: "2008-12-31" },
  ],
  hosts: ["ada", "ben"],
  schedule: [
    {
      every: { kind: "weekly", day: 2, weeks: 1 },
      at: ["12:00"],
      zone: "America/New_York",
      minutes: 60,
      from: "2009-06-02",
      until: null,
      except: [],
    },
  ],
  lead: 15,
  grace: 30,
  was: ["rock-pool"],
  about: "An hour about what lives between the tides.\n\n* [The last session](/tidepool/2009-07-21/)\n* All are welcome.",
};

const bare: Notes = {
  title: null,
  hosts: null,
  guests: [],
  status: "reviewed",
  questions: [],
  edits: [],
  pins: [],
  remarks: [],
  start: null,
  minutes: null,
  body: "",
};
const place = { file: "notes.md", line: 1 };

const session = (slug: string, start: number, of: Chat = chat): Session => ({
  chat: of.slug,
  slug,
  window: { start, minutes: 60, lead: 15, grace: 30 },
});

export function cardOf(
  data: Omit<SessionData, "card" | "previous" | "next">,
  title: string,
  tweetPages: SiteConfig["tweetPages"] = "pinned",
): SessionCard {
  const shown = data.transcript.placed.filter(({ tweet: { repostOf }, placement }) => !placement.hidden && repostOf === null);
  const questions = data.transcript.questions.map(({ label, anchor, text, number, asks }) => {
    const threads = data.transcript.sections.find((section) => section.question?.number === number)?.threads ?? [];
    return { label, anchor, text, number, asks, answers: flat(threads).length };
  });
  const pins = data.notes.pins.map(({ tweet: id }) => id);
  return {
    session: data.transcript.session,
    title,
    status: data.notes.status,
    hosts: data.notes.hosts ?? data.chat.hosts,
    guests: data.notes.guests,
    tweets: shown.length,
    people: new Set(shown.map(({ tweet: { author: by } }) => by.handle)).size,
    questions,
    pins,
    pages: tweetPages === "all" ? shown.map(({ tweet: { id } }) => id) : ownPages({ questions, pins }),
    captured: null,
    changed: data.transcript.session.window.start + 2 * 3_600_000,
    tombstones: [],
    files: filesOf(data.transcript),
  };
}

/** The session with everything in it. */
function rich(): { transcript: Transcript; notes: Notes } {
  const say = (id: string, by: string, at: number | null, text: string, more: Partial<Tweet> = {}) => tweet({ id, by, at, text, more });
  const hello = placed(say("1001", "hal", -4, "Hello #TidePool, Hal from the north coast"), { section: "welcome" });
  const q1 = placed(say("1010", "ada", 3, "Welcome all! This brings us to: Q1: What lives in a pool that the tide forgets? #TidePool"), {
    question: 1,
    label: "Q1",
    asks: 1,
  });
  const q1b = placed(say("1011", "ada", 9, "Q1 again for those who just came: what stays behind? #TidePool", { edited: START + 600_000 }), {
    question: 1,
    label: "Q1",
    asks: 1,
  });
  const one = { question: 1, label: "Q1" };
  const crab = placed(
    say("1012", "cyn", 4, "A1 Hermit crabs. More at https://t.co/aaa and #crabs https://t.co/pic", {
      replyTo: "1010",
      links: [
        { url: "https://t.co/aaa", to: "https://example.org/crabs/", text: "example.org/crabs" },
        { url: "https://t.co/pic", to: "https://twitter.com/cyn/status/1012/photo/1", text: "pic.twitter.com/abc" },
      ],
      media: [
        { type: "photo", alt: "A hermit crab in a bottle cap", url: "https://example.org/crab.jpg", file: "crab.gif" },
        { type: "photo", alt: null, url: "javascript:alert(1)", file: null },
      ],
    }),
    one,
  );
  const agree = placed(say("1013", "ben", 5, "@cyn yes, and they trade shells\nin the open", { replyTo: "1012", replyToUser: "cyn" }), one);
  const deeper = placed(say("1014", "fay", 6, "@ben do they queue for it?", { replyTo: "1013", replyToUser: "ben" }), one);
  const deepest = placed(say("1015", "ben", 7, "@fay they do, by size", { replyTo: "1014", replyToUser: "fay" }), one);
  const hebrew = placed(say("1016", "dov", 8, "A1 אצות ושושנות ים #TidePool", { lang: "iw" }), one);
  const bidi = placed(say("1017", "eve", 8, 'A1 "\u202Egnp.exe" & <b>not bold</b> {{ 7*7 }} \u0000\uD800', {}), one);
  const late = placed(say("1018", "ida", 33, "A1 late to this: limpets never leave", { quotes: "1012" }), {
    ...one,
    late: true,
    parent: "1012",
    relation: "quote",
  });
  const lost = placed(say("1019", "kit", 10, "@nobody A1 that is not what I saw", { replyTo: "77", replyToUser: "nobody" }), {
    ...one,
    parent: null,
    parentReason: "not captured",
  });
  const outsider = placed(say("1020", "kit", 11, "@zoe your photo says it all", { replyTo: "900", replyToUser: "zoe" }), {
    ...one,
    parent: "900",
  });
  const outsider2 = placed(say("1021", "hal", 12, "@zoe seconded", { replyTo: "900", replyToUser: "zoe" }), { ...one, parent: "900" });
  const secret = placed(say("1022", "gus", 12, `A1 ${HIDDEN_WORDS}`), { ...one, hidden: true });
  const toSecret = placed(
    say("1023", "gus", 13, "@gus A1 let me put that better: anemones https://t.co/hid", {
      replyTo: "1022",
      quotes: "1022",
      links: [{ url: "https://t.co/hid", to: "https://x.com/gus/status/1022", text: "x.com/gus/status/10…" }],
    }),
    one,
  );
  const pasted = placed(say("912345678901234567", "hal", null, "A1 pasted from a blog, nobody noted when", { local: true }), one);
  const poll = placed(
    say("1024", "ben", 14, "A1 so which?", {
      poll: {
        options: [
          { label: "Crabs", votes: 12 },
          { label: "Snails", votes: 1 },
        ],
        ends: null,
      },
    }),
    one,
  );
  const side = placed(say("1030", "kit", 17, "Can you move a starfish without harming it?"), { question: 4, label: "+", asks: 4 });
  const sideAnswer = placed(say("1031", "ben", 18, "@kit only its shadow", { replyTo: "1030" }), { question: 4, label: "+" });
  const q2 = placed(say("1040", "ada", 30, "What should a beginner look at first? #Q2 #TidePool"), { question: 2, label: "Q2", asks: 2 });
  const two = { question: 2, label: "Q2" };
  const quoting = placed(
    say("1041", "cyn", 31, "A2 the quiet corners https://t.co/q", {
      quotes: "901",
      links: [{ url: "https://t.co/q", to: "https://x.com/zoe/status/901", text: "x.com/zoe/status/901" }],
    }),
    two,
  );
  const aside = Array.from({ length: 10 }, (_, index) =>
    placed(say(`11${index + 10}`, index % 2 === 0 ? "kit" : "hal", 20 + index, `Aside ${index + 1}: the ferry is late again`), {
      section: "aside",
    }),
  );
  const bye = placed(say("1050", "ada", 59, "Thank you all, see you next Tuesday! #TidePool"), { section: "wrap-up" });
  const after = placed(say("1051", "dov", 75, "Still thinking about that starfish", { lang: "und" }), { section: "after" });
  const spam = placed(say("1060", "eve", 40, "Buy shells at https://example.com/shells?ref=1", {}), {
    section: "unplaced",
    reason: "spam?",
    label: "A7",
  });
  const repost = (id: string, by: string, of: string, at: number) =>
    placed(say(id, by, at, "RT", { repostOf: of }), { relation: "repost", parent: of });
  const reposts = [repost("1071", "hal", "1012", 8), repost("1072", "kit", "1012", 9), repost("1073", "fay", "1012", 9)];
  const single = repost("1074", "ida", "1013", 15);
  const foreign = repost("1075", "ben", "902", 16);
  const unknown = placed(say("1076", "kit", 16, "RT @yan: the moon is near", { repostOf: "903" }));
  const context = [
    tweet({ id: "900", by: "zoe", at: -90, text: "My pool at dawn, all pink" }),
    tweet({ id: "901", by: "zoe", at: -80, text: "Look where nobody looks" }),
    tweet({ id: "902", by: "yan", at: -70, text: "High water at six" }),
  ];
  const questions = [
    question(1, { text: "What lives in a pool that the tide forgets?", asks: ["1010", "1011"], at: START + 3 * 60_000, by: "ada" }),
    question(4, {
      label: "+",
      anchor: "s1030",
      side: true,
      text: "Can you move a starfish without harming it?",
      asks: ["1030"],
      at: START + 17 * 60_000,
      by: "kit",
    }),
    question(2, { text: "Where should one begin?", asks: ["1040"], at: START + 30 * 60_000, by: "ada", from: "notes" }),
    question(3, { text: "How do you count what hides?", at: START + 46 * 60_000, by: "ada", from: "notes" }),
  ];
  const of = (kind: Section["kind"], threads: readonly Thread[], number: number | null = null): Section => ({
    kind,
    question: questions.find((one_) => one_.number === number) ?? null,
    threads,
  });
  const sections = [
    of("welcome", [thread(hello)]),
    of(
      "question",
      [
        thread(crab, thread(agree, thread(deeper, thread(deepest)))),
        ...[hebrew, bidi, lost, outsider, outsider2, toSecret, poll, pasted, late].map((one_) => thread(one_)),
      ],
      1,
    ),
    of("question", [thread(sideAnswer)], 4),
    of("question", [thread(quoting)], 2),
    of("question", [], 3),
    of(
      "aside",
      aside.map((one_) => thread(one_)),
    ),
    of("wrap-up", [thread(bye)]),
    of("after", [thread(after)]),
    of("unplaced", [thread(spam)]),
  ];
  const all = [
    hello,
    q1,
    q1b,
    crab,
    agree,
    deeper,
    deepest,
    hebrew,
    bidi,
    late,
    lost,
    outsider,
    outsider2,
    secret,
    toSecret,
    pasted,
    poll,
    side,
  ];
  const order = [...all, sideAnswer, q2, quoting, ...aside, bye, after, spam, ...reposts, single, foreign, unknown];
  const transcript: Transcript = {
    session: session("2009-07-21", START),
    questions,
    placed: order.toSorted((a, b) => (a.tweet.time ?? 0) - (b.tweet.time ?? 0)),
    context,
    sections,
    reposts: new Map([
      ["1012", reposts],
      ["1013", [single]],
      ["902", [foreign]],
      ["903", [unknown]],
    ]),
    tombstones: [],
    removed: new Set<string>(),
    unmatched: [],
  };
  const notes: Notes = {
    ...bare,
    guests: ["cyn"],
    hosts: ["ada"],
    title: "What the tide forgets",
    pins: [
      { tweet: "1012", place },
      { tweet: "1040", place },
    ],
    remarks: [{ tweet: "1016", text: "loved this! <3", place }],
    body: "## Recap\n\nWe *met* at noon, see [the first question](#q1) and [a scheme](javascript:alert(1)).\n\n#### Next time\n\nBring boots.",
  };
  return { transcript, notes };
}

function small(slug: string, start: number, of: Chat, notes: Notes): { transcript: Transcript; notes: Notes } {
  const asked = placed(tweet({ id: `${start}1`, by: "ada", at: 2, start, text: "Q1. What did you find?" }), {
    question: 1,
    label: "Q1",
    asks: 1,
  });
  const answer = placed(tweet({ id: `${start}2`, by: "kit", at: 3, start, text: "A1 a shoe" }), { question: 1, label: "Q1" });
  const questions = [question(1, { text: "What did you find?", asks: [asked.tweet.id], at: asked.tweet.time, by: "ada" })];
  const sections: Section[] = [{ kind: "question", question: questions[0] ?? null, threads: [thread(answer)] }];
  const transcript = {
    session: session(slug, start, of),
    questions,
    placed: [asked, answer],
    context: [],
    sections,
    reposts: new Map(),
    tombstones: [],
    removed: new Set<string>(),
    unmatched: [],
  };
  return { transcript, notes };
}

export const otherChat: Chat = {
  ...chat,
  slug: "night-garden",
  title: "Night Garden",
  tags: [{ tag: "nightgarden", label: "#nightgarden", until: null }],
  hosts: ["kit"],
  schedule: [{ every: null, at: [], zone: "Pacific/Auckland", minutes: 60, from: null, until: null, except: [] }],
  was: [],
  about: "",
};

const WEEK = 7 * 24 * 3_600_000;

/** A GIF of 96 by 64 that draws one point. */
export const PICTURE = Buffer.from("R0lGODlhYABAAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** The site; `over` changes its config. */
export function site(over: Partial<SiteConfig> = {}): SiteData {
  const big = rich();
  const draft = small("2009-07-28", START + WEEK, chat, { ...bare, status: "draft" });
  const first = small("2009-07-14", START - WEEK, chat, bare);
  const garden = small("2009-07-22", START + 3_600_000 * 6, otherChat, bare);
  const series = [
    { ...first, chat, title: "#TidePool, 14 July 2009" },
    { ...big, chat, title: "What the tide forgets" },
    { ...draft, chat, title: "#TidePool, 28 July 2009" },
    { ...garden, chat: otherChat, title: "#nightgarden, 22 July 2009" },
  ].map((data) => ({ ...data, coverage: null }));
  const cards = series.map((data) => cardOf(data, data.title, over.tweetPages));
  const neighbour = (index: number, step: number): SessionCard | null => {
    const other = cards[index + step];
    return other?.session.chat === cards[index]?.session.chat ? (other ?? null) : null;
  };
  const whole = series.flatMap((data, index): SessionData[] => {
    const card = cards[index];
    return card === undefined ? [] : [{ ...data, card, previous: neighbour(index, -1), next: neighbour(index, 1) }];
  });
  const chatData = (of: Chat, upcoming: ChatData["upcoming"]): ChatData => ({
    chat: of,
    sessions: cards.filter(({ session: { chat: slug } }) => slug === of.slug),
    upcoming,
  });
  const dates = [2, 3, 4].map((weeks) => ({
    slug: `2009-08-${String(7 * weeks - 10).padStart(2, "0")}`,
    start: START + weeks * WEEK,
    minutes: 60,
    zone: "America/New_York",
  }));
  return {
    config: { ...config, ...over },
    chats: [chatData(chat, dates), chatData(otherChat, [])],
    session(slug, at) {
      const found = whole.find(({ card }) => card.session.chat === slug && card.session.slug === at);
      if (found === undefined) throw new Error(`no session ${slug}/${at}`);
      return found;
    },
    picture: (file) => (file === "crab.gif" ? PICTURE : null),
    users: usersOf([]),
    cards: null,
  };
}

/** `used`: handles that accounts had; who used one last comes first. */
export const usersOf = (used: readonly UsedHandle[]): Users => ({
  last: (handle) => used.find((one) => one.handle.toLowerCase() === handle)?.author ?? null,
  changed: () => used,
});
