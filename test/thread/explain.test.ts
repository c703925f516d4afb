import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explainTweet } from "../../src/thread/explain.ts";
import { transcribe } from "../../src/thread/transcript.ts";
import { chat, edit, input, type Setting, tweet } from "./chat.ts";

const CHAT = `1 host: Q1 What do you mend first?
              2 amy >1: A1 socks
              3 bob >2: socks too
              4 host: Q2 Who taught you to mend?
              5 amy >4: A2 my aunt
              6 cy: @amy mine too
              7 dee ^2: this`;

const explained = (id: string, setting: Setting = {}, more: Partial<ReturnType<typeof input>> = {}) =>
  explainTweet({ ...input(chat(CHAT), setting), ...more }, id);
const says = (id: string, pattern: RegExp, setting?: Setting): void => assert.match(explained(id, setting).lines.join("\n"), pattern);

interface Rows {
  readonly spots: readonly { readonly goes: string; readonly confidence: number }[];
  readonly parents: readonly { readonly parent: string | null }[];
}

describe("why a tweet stands where it stands", () => {
  it("the first rung is the one that placed it, of every tweet", () => {
    const given = input(chat(CHAT));
    for (const { tweet: one, placement } of transcribe(given).placed) {
      const { spots, parents } = explainTweet(given, one.id).json as Rows;
      assert.deepEqual([spots[0]?.goes, spots[0]?.confidence], [placement.label ?? placement.section, placement.confidence], one.id);
      assert.equal(parents[0]?.parent ?? null, placement.parent, one.id);
    }
  });

  it("says what comes second", () => says("3", /\nStands in Q1 \(0\.\d\d\) by thread: .*\nSecond: /));
  it("says whom it answers, how that is known, and with which words", () =>
    says("3", /\nAnswers 2 @amy "A1 socks" \(reply, 1\.00\): the source says so\.\n/));
  it("says that it answers nothing", () => says("1", /\nAnswers nothing: no rung finds a tweet it answers\.\n/));
  it("says that it quotes", () => says("7", /\nAnswers 2 @amy "A1 socks" \(quote, 0\.\d\d\): it quotes it\.\n/));

  it("names the line that edits it, and whether that has an effect", () => {
    const setting = (label: string): Setting => ({ notes: { edits: [edit("2", { label })] } });
    says("2", /\nIts edit stands in 2020-01-07\.md:1\.\nStands in Q2 \(1\.00\) by edit: the session's file says so\./, setting("Q2"));
    says("2", /\nIts edit stands in 2020-01-07\.md:1, and has no effect: nobody asks Q9 here; there are Q1, Q2\.\n/, setting("Q9"));
  });

  it("says that it is hidden, and places it all the same", () => {
    const told = explained("2", { notes: { edits: [edit("2", { hide: true })] } });
    assert.equal(told.state, "hidden");
    assert.match(told.lines.join("\n"), /\nIt is hidden: the session's file says so\..*\nStands in Q1 /s);
  });

  it("says that it came in without the tag", () =>
    assert.match(
      explained("3", {}, { untagged: new Set(["3"]) }).lines.join("\n"),
      /\nIt has no tag of the chat: it came in by conversation\.\n/,
    ));
});

describe("why a tweet has no place", () => {
  const context = [tweet({ id: "90", text: "an old one", aliases: ["91"] }, "eve")];
  const quoting = { ...input([...chat(CHAT), tweet({ id: "8", text: "look", quotes: "90", time: null }, "fay")], { context }) };

  it("context: by its id and that of another version", () => {
    for (const id of ["90", "91"]) {
      const { state, lines } = explainTweet(quoting, id);
      assert.equal(state, "context");
      assert.match(lines.join("\n"), /^90 @eve: an old one\nContext: .*\nAnswered, quoted or reposted by: 8 @fay$/s);
    }
  });

  it("removed: when and why, what it asked, and not a word of it", () => {
    const grave = { tweet: "92", reason: "legal", on: "2020-02-01", time: null, asked: "Q3", page: true, anchor: true } as const;
    const { state, lines } = explained("92", {}, { tombstones: [grave] });
    assert.equal(state, "removed");
    assert.match(
      lines.join("\n"),
      /^92 is not shown: removed on 2020-02-01 \(legal\)\. .* It asked Q3, which keeps its place without words\.$/,
    );
  });

  it("removed elsewhere, and answered here", () => {
    const tweets = chat(`${CHAT}\n8 fay >93: so true`);
    const { state, lines } = explainTweet({ ...input(tweets), removed: new Set(["93"]) }, "93");
    assert.deepEqual([state, lines.at(-1)], ["removed", "Answered, quoted or reposted by: 8 @fay"]);
  });

  it("none of the session's", () => assert.deepEqual(explained("99").lines, ["99 is not in this session."]));
});
