import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNotes } from "../../src/config/notes.ts";
import type { Coverage, Notes } from "../../src/model.ts";
import { type ReviewEntry, review } from "../../src/thread/review.ts";
import { transcribe } from "../../src/thread/transcript.ts";
import { chat, edit, input, NOON, placed, question, type Setting } from "./chat.ts";

const reviewed = (text: string, setting: Setting = {}, options: Parameters<typeof review>[2] = {}) => {
  const given = input(chat(text), setting);
  return review(given, transcribe(given), options);
};
const entries = (text: string, setting?: Setting): readonly ReviewEntry[] => reviewed(text, setting).entries;
const one = (text: string, kind: ReviewEntry["kind"], setting?: Setting): ReviewEntry => {
  const found = entries(text, setting).filter((entry) => entry.kind === kind);
  assert.equal(found.length, 1, `${found.length} of ${kind}`);
  return found[0] as ReviewEntry;
};

/** The notes that a person has who pastes what an entry says. */
function pasted({ write }: ReviewEntry): Partial<Notes> {
  assert.ok(write, "nothing to paste");
  const head = write.under === null ? [] : [`${write.under}:`];
  return parseNotes(
    ["---", ...head, ...write.lines.map((line) => (write.under === null ? line : `  ${line}`)), "---", ""].join("\n"),
    "x.md",
  );
}

const Q1 = "1 host: Q1 What do you mend first?";
const Q2 = "5 host @12:20: Q2 Who taught you to mend?";
const PLAIN = `${Q1}
               2 amy >1: A1 socks
               3 bob >2: socks too
               ${Q2}
               6 amy >5: A2 my aunt`;

describe("review", () => {
  it("has nothing to say where all is sure", () => assert.deepEqual(reviewed(PLAIN), { entries: [], more: 0 }));

  it("has nothing to say of a session without tweets", () => assert.deepEqual(reviewed(""), { entries: [], more: 0 }));

  it("says nothing of talk that nobody took up, of what is hidden and of reposts", () =>
    assert.deepEqual(
      entries(`${PLAIN}
               7 cy =1 @12:22: RT @host: Q1 What do you mend first?`),
      [],
    ));

  it("leaves a text as it is, on one line, cut at a word", () => {
    const long = `${"word ".repeat(30)}end`;
    const { text } = one(`${PLAIN}\n7 cy: A9 ${long}`, "unmatched");
    assert.ok(text.length <= 90 && text.endsWith("word…"), text);
  });
});

describe("review: who asks what", () => {
  const GUESSED = `1 sam: Q1 What do you mend first?
                   2 amy >1: A1 socks
                   3 sam: Q2 Who taught you to mend?
                   4 bob >3: A2 my aunt`;

  it("names whom it took for a host; the line it gives makes that a word", () => {
    const entry = one(GUESSED, "hosts", { hosts: [] });
    assert.match(entry.why, /@sam/);
    assert.deepEqual(entry.write, { under: null, lines: ["hosts: [sam]"] });
    assert.deepEqual(pasted(entry).hosts, ["sam"]);
    assert.deepEqual(
      entries(GUESSED, { hosts: ["sam"] }).filter(({ kind }) => kind === "hosts"),
      [],
    );
  });

  it("names who asks a series and is no named host: last month's stands in chat.md", () => {
    const entry = one(GUESSED, "hosts", { hosts: ["ana"] });
    assert.match(entry.why, /@sam asked a series of numbers, and is not named as host/);
    assert.deepEqual(entry.write, { under: null, lines: ["hosts: [sam]"] });
    assert.deepEqual(entries(GUESSED, { hosts: ["ana"] }).length, 1, "all else follows from it");
  });

  it("keeps the named host beside a co-host whom no file names", () =>
    assert.deepEqual(one(`${GUESSED}\n5 ana: A2 your aunt!`, "hosts", { hosts: ["ana"] }).write, {
      under: null,
      lines: ["hosts: [ana, sam]"],
    }));

  it("asks whether a tweet asks the number that only its answers bear", () => {
    const text = `${PLAIN}\n7 host @12:30: Last one: which thread?\n8 amy: A3 wool\n9 bob: A3 silk\n10 cy: A3 flax`;
    const entry = one(text, "asks?");
    assert.deepEqual([entry.id, entry.stands, entry.why], ["7", "Q3", "taken for Q3: its answers bear that number"]);
    assert.equal(placed(text, "7", { notes: pasted(entry) }).asks, null);
  });

  it("says so where nothing is asked at all", () => {
    const entry = one("1 amy: we mend\n2 bob: and darn", "no question", { hosts: ["host"] });
    assert.equal(entry.write?.under, "questions");
  });

  const GAP = `${Q1}
               2 amy >1: A1 socks
               3 host @12:10: And who of you would mend for money?
               4 amy @12:11: A2 never
               5 bob @12:12: A2 always
               6 host @12:20: Q3 Which thread?`;

  it("misses a number of the series; the line it gives asks it", () => {
    const entry = one(GAP, "missing number");
    assert.match(entry.why, /Q1 and Q3, and nobody asks Q2; 2 tweets say its number/);
    const notes = pasted(entry);
    assert.deepEqual(notes.questions?.[0]?.ask, ["3"]);
    assert.equal(placed(GAP, "4", { notes }).label, "Q2");
    assert.deepEqual(
      entries(GAP, { notes }).filter(({ kind }) => kind === "missing number" || kind === "unmatched"),
      [],
    );
  });

  it("tells a number that nobody asked once, however many say it", () => {
    const text = `${PLAIN}\n7 cy: A7 a needle\n8 dee: A7 two needles`;
    const entry = one(text, "unmatched");
    assert.deepEqual([entry.id, entry.why], ["7", "2 tweets say A7, which nobody asks"]);
    assert.equal(entry.write?.under, "questions");
  });

  it("takes the number of a single tweet for a slip", () => {
    const text = `${PLAIN}\n7 cy: A7 a needle`;
    const entry = one(text, "unmatched");
    assert.equal(placed(text, "7", { notes: pasted(entry) }).reason, "edit");
  });

  it("doubts a side question; the line it gives makes it none", () => {
    const text = `${Q1}
                  2 amy >1: A1 socks
                  3 cy: Side Q: where do you buy wool?
                  4 bob >3: at the mill
                  5 dee >3: online
                  6 eve >3: nowhere`;
    const entry = one(text, "asks?");
    assert.deepEqual([entry.id, entry.below], ["3", 3]);
    assert.equal(placed(text, "3", { notes: pasted(entry) }).asks, null);
  });
});

describe("review: single tweets", () => {
  it("tells where a tweet's own number and what it answers disagree", () => {
    const text = `${PLAIN}\n7 cy >6: A1 mine was my uncle`;
    const entry = one(text, "number or chain");
    assert.equal(entry.why.split(";")[0], "says Q1, and answers a tweet of Q2");
    assert.equal(placed(text, "7", { notes: pasted(entry) }).label, "Q2");
  });

  it("tells a doubtful place only where something stands below it or it is very doubtful, with what would come second", () => {
    const text = `${PLAIN}
                  7 cy @12:23: never learnt it
                  8 dee >7: me neither
                  9 eve >8: nor I`;
    const doubtful = entries(text).filter(({ kind }) => kind === "placement");
    for (const entry of doubtful) {
      assert.deepEqual([entry.id, entry.below], ["7", 2]);
      const notes = pasted(entry);
      assert.equal(placed(text, "7", { notes }).reason, "edit");
      assert.notEqual(placed(text, "7", { notes }).label ?? placed(text, "7", { notes }).section, entry.stands);
    }
  });

  it("doubts a guessed parent with a thread below; the line it gives cuts or moves it", () => {
    const text = `${PLAIN}
                  7 cy @12:23: @amy mine too
                  8 dee >7: and mine`;
    for (const entry of entries(text).filter(({ kind }) => kind === "parent")) {
      assert.equal(entry.id, "7");
      assert.notEqual(placed(text, "7", { notes: pasted(entry) }).parent, placed(text, "7").parent);
    }
  });

  it("asks whether it is spam, once for each author; the lines it gives hide all", () => {
    const text = `${PLAIN}
                  7 shill: buy https://x.example/a now
                  8 shill: buy https://x.example/a now
                  9 shill: buy https://x.example/a now`;
    const entry = one(text, "spam?");
    assert.equal(entry.write?.lines.length, 3);
    for (const id of ["7", "8", "9"]) assert.equal(placed(text, id, { notes: pasted(entry) }).hidden, true);
  });

  it("does not come back to what the file has settled", () => {
    const text = `${PLAIN}\n7 cy >6: A1 mine was my uncle`;
    for (const label of ["Q1", "Q2"]) assert.deepEqual(entries(text, { notes: { edits: [edit("7", { label })] } }), []);
  });

  it("gives each tweet one entry", () => {
    const ids = entries(`${PLAIN}\n7 cy >6: A1 @amy mine\n8 dee >7: and mine`).flatMap(({ id }) => id ?? []);
    assert.deepEqual(ids, [...new Set(ids)]);
  });

  it("names the line that speaks of the tweet already, and keeps what it says: a key stands once", () => {
    const text = `${PLAIN}\n7 cy @12:21: @bob never learnt it\n8 dee >7: me neither\n9 eve >8: nor I`;
    const entry = one(text, "placement", { notes: { edits: [edit("7", { reply: null })] } });
    assert.equal(entry.instead?.line, 1);
    assert.match(entry.write?.lines[0] ?? "", /^"7": \{ question: "\d", reply: none \}/);
  });
});

describe("review: edits without effect", () => {
  const stale = (...edits: readonly ReturnType<typeof edit>[]) =>
    entries(PLAIN, { notes: { edits } }).filter(({ kind }) => kind === "stale edit");
  const cases = [
    [edit("999", { label: "Q1" }), "edit of tweet 999: not held here (yet); it has no effect"],
    [edit("2", { label: "Q9" }), "edit of tweet 2: nobody asks Q9 here; there are Q1, Q2; it has no effect"],
    [edit("2", { question: "3" }), "edit of tweet 2: tweet 3 asks no question; it has no effect"],
    [edit("2", { reply: "6" }), "edit of tweet 2: tweet 6 is not held, or is no earlier one; it has no effect"],
  ] as const;
  for (const [said, why] of cases)
    it(why, () => {
      const [entry] = stale(said);
      assert.equal(entry?.why, why);
      assert.deepEqual(entry?.instead, said.place);
      assert.equal(entry?.write, null);
    });

  const fine = [edit("2", { label: "Q2" }), edit("2", { section: "aside" }), edit("2", { hide: true }), edit("3", { reply: null })];
  it("and none of those that have one", () => {
    for (const said of [...fine, edit("6", { reply: "2" }), edit("5", { ask: false }), edit("2", { question: "5" })])
      assert.deepEqual(stale(said), []);
  });
});

describe("review: what comes first", () => {
  const minute = 60_000;
  const coverage: Coverage = {
    from: NOON,
    to: NOON + 60 * minute,
    at: null,
    complete: false,
    gaps: [{ from: NOON + 10 * minute, to: NOON + 15 * minute, query: "#test", why: "rate limit" }],
    missing: [],
    nextSweep: null,
    stored: 5,
    counted: 9,
    untagged: 0,
  };
  const text = `${PLAIN}\n7 cy >6: A1 mine was my uncle`;

  it("a gap of the capture, which no line of the file can change", () => {
    const [first] = reviewed(text, {}, { coverage }).entries;
    assert.deepEqual([first?.kind, first?.id, first?.write], ["gap", null, null]);
    assert.equal(first?.why, '5 min of "#test" may be missing: rate limit');
  });

  it("then what most tweets depend on; what is left out is counted", () => {
    const { entries: shown, more } = reviewed(`${text}\n8 dee >6: A1 an uncle\n9 eve >8: so nice\n10 fay >9: so so nice`, {}, { most: 1 });
    assert.deepEqual([shown.map(({ id }) => id), more], [["8"], 1]);
  });

  it("is the same for any order of the tweets", () => {
    const given = input(chat(text));
    const turned = { ...given, tweets: [...given.tweets].reverse() };
    assert.deepEqual(review(turned, transcribe(turned)), review(given, transcribe(given)));
  });
});

it("a noted question that waits for its tweet is no missing one", () =>
  assert.deepEqual(
    entries(PLAIN, { notes: { questions: [question({ number: 3, text: "What do you never mend?" })] } }).filter(
      ({ kind }) => kind === "missing number",
    ),
    [],
  ));
