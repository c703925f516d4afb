import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { check, edit, placed, question, transcript } from "./chat.ts";

const asks = (text: string): string[] => transcript(text).questions.flatMap((q) => q.asks);

describe("what no question of an open chat is", () => {
  for (const [name, text] of [
    ["talk", "1 amy: I baked bread\n2 bob: I made soup"],
    ["a statement of a guest that one answers", "1 amy: I baked a sourdough loaf\n2 bob: @amy sourdough loaf, lovely"],
    ["a host's statement nobody takes up", "1 host: I baked a sourdough loaf\n2 amy: soup for me"],
    ["a host's welcome", "1 host: Welcome to our monthly kitchen chat\n2 amy: @host monthly kitchen, finally\n3 bob: @host kitchen indeed"],
    ["a hello", "1 host: Hello everyone from Leeds\n2 amy: @host hello Leeds from Hull\n3 bob: @host hello Leeds"],
    ["thanks", "1 host: Thanks everyone for the recipes\n2 amy: @host thanks for recipes\n3 bob: @host recipes indeed"],
    ["two words", "1 host: really?\n2 amy: @host yes"],
    ["a passer-by whom nobody answers", "1 zed: Who wants more followers today?\n2 amy: soup\n3 amy: bread"],
    ["a stranger's link", "1 zed: What? https://win.example\n2 amy: soup"],
    ["the same words three times", "1 zed: Want lamps, good lamps?\n2 zed: Want lamps, good lamps?\n3 zed: Want lamps, good lamps?"],
    ["a link with a question mark", "1 amy: my recipe https://example.com/soup?bread=1\n2 amy: more soon"],
    ["a question inside someone else's words", "1 amy: RT @bob: what bread is best today?\n2 amy: rye"],
    ["a reply that asks back", "1 host: I baked a loaf\n2 amy >1: which flour did you use?"],
    [
      "what is put to somebody",
      "1 host: @cat There is so much in a sourdough loaf\n2 amy: @host sourdough loaf indeed\n3 bob: @host sourdough!",
    ],
    ["what anyone may do", "1 amy: Anyone can bake a loaf of rye\n2 amy: soup too"],
    ["asking back without an id", "1 host: What do you bake with?\n2 amy: @host flour, and what do you bake with?"],
  ] as const)
    it(name, () => assert.deepEqual(asks(text).includes(name.startsWith("a reply") || name.startsWith("asking") ? "2" : "1"), false));
});

describe("questions of an open chat", () => {
  for (const [name, text, ids] of [
    ["a host's, answered or not", "1 host: Which flour do you bake with?\n2 amy: soup", ["1"]],
    ["a guest's that is answered", "1 amy: Which flour do you bake with?\n2 bob: @amy rye", ["1"]],
    ["by id too", "1 amy: Which flour do you bake with?\n2 bob >1: rye", ["1"]],
    ["a guest's who says more here", "1 amy: Which flour do you bake with?\n2 amy: rye is what I use", ["1"]],
    ["without a mark", "1 amy: Does anyone here own a copper kettle\n2 bob: @amy yes", ["1"]],
    ["a host's without a mark", "1 host: Anyone have a favourite flour or oven\n2 amy: rye", ["1"]],
    ["with a sentence behind it", "1 amy: Has anyone been baking with spelt. I was impressed\n2 bob: @amy yes", ["1"]],
    ["in another script", "1 host: みんな どんな パンを 焼きますか？ 教えて\n2 amy: @host パン", ["1"]],
    ["two guests', both", "1 amy: Which flour is best?\n2 bob: Which oven is best?\n3 cat: @amy rye\n4 dan: @bob gas", ["1", "2"]],
    ["put to the host, out of the blue", "1 host: loaf\n2 amy @12:20: @host Did you ever change the oven?\n3 amy: hm", ["2"]],
    ["what a host says and one takes up with its words", "1 host: I baked a sourdough yesterday\n2 amy: @host sourdough takes ages", ["1"]],
    [
      "of somebody",
      "1 host: @cat published a book on sourdough\n2 amy: @host @cat sourdough is in it\n3 bob: @host sourdough indeed",
      ["1"],
    ],
    ["with the person it names", "1 host: I see that @cat has a book out\n2 amy: @host @cat bought it already", ["1"]],
    [
      "what a guest says and two take up with its words",
      "1 amy: I baked a sourdough yesterday\n2 bob: @amy sourdough!\n3 cat: @amy sourdough again",
      ["1"],
    ],
  ] as const)
    it(name, () => assert.deepEqual(asks(text), ids));

  it("are called +, named by their own words, with the anchor of their tweet", () => {
    const [q] = transcript("1 host: Which flour do you bake with? #chat\n2 amy: @host rye").questions;
    assert.deepEqual([q?.label, q?.text, q?.anchor, q?.side], ["+", "Which flour do you bake with?", "s1", true]);
  });
  it("are never sure", () => assert.ok(placed("1 host: Which flour do you bake with?\n2 amy: @host rye", "1").confidence < 0.6));
  it("one the notes say asks nothing", () => {
    const notes = { edits: [edit("1", { section: "aside" as const })] };
    assert.equal(placed("1 host: Which flour do you bake with?\n2 amy: @host rye", "1", { notes }).section, "aside");
  });
  it("none where the chat numbers its questions", () => check("1 host: Q1 Who bakes?\n2 amy: and which flour is best?", "Q1 1\n  2"));
  it("none where the notes number them", () => {
    const notes = { questions: [question({ number: 1, text: "Who bakes?", at: "12:00" })] };
    assert.deepEqual(
      transcript("1 host: Which flour is best?\n2 amy: rye", { notes }).questions.map((q) => q.label),
      ["Q1"],
    );
  });
  it("none where many write numbers that nobody asked", () =>
    assert.deepEqual(asks("1 amy: A1 bread\n2 bob: A1 soup\n3 cat: which flour is best?\n4 cat: A2 tea"), []));
});

describe("what stands under a question of an open chat", () => {
  const TWO = "1 host: Which village flour do you bake with?\n2 amy: Does anyone own a copper soup kettle?";
  const under = (more: string, id: string): string | null => {
    const t = transcript(`${TWO}\n${more}`);
    const number = t.placed.find((p) => p.tweet.id === id)?.placement.question ?? null;
    return t.questions.find((q) => q.number === number)?.asks[0] ?? null;
  };
  for (const [name, more, id, question] of [
    ["a reply by id", "3 bob >1: rye", "3", "1"],
    ["a reply to a reply", "3 bob >1: rye\n4 cat >3: me too", "4", "1"],
    ["a quote", "3 bob ^2: two of them", "3", "2"],
    ["words addressed to who asks", "3 bob: @host rye", "3", "1"],
    ["to the other who asks", "3 bob: @amy yes, two", "3", "2"],
    ["to one who answered", "3 bob: @host rye\n4 cat: @bob me too", "4", "1"],
    ["to one who answered and who asked", "3 bob: @host rye\n4 bob: @amy yes\n5 cat: @bob @amy lovely", "5", "2"],
    ["back to who answered", "3 bob: @host rye\n4 host: @bob and wheat?", "4", "1"],
    ["the asker's own next words", "3 amy: One from copper would be best", "3", "2"],
    ["the host's, with a connecting word", "3 host @12:02: And which oven, while we are at it", "3", "1"],
    ["the host's own answer with the question's words", "3 host @12:03: Flour from my own village", "3", "1"],
    ["the host's, that points back", "3 host @12:02: This takes a whole village of bakers", "3", "1"],
    ["a guest's, with a word of the question, at once", "3 amy @12:03: Mine is copper, and a village smith made it", "3", "2"],
    ["this week is news", "3 host @12:02: This week we bake rye", "3", null],
    ["late, with its rare words", "3 bob: @amy yes\n4 cat @12:40: My grandmother's kettle was copper", "4", "2"],
    ["no hello", "3 bob: Hello all!", "3", null],
    ["no goodbye", "3 bob: thanks all, good night", "3", null],
    ["no talk of something else", "3 bob: The weather is fine here", "3", null],
    ["no host's news", "3 host @12:10: Tickets for the fair are on sale", "3", null],
    ["a reply to talk is talk", "3 bob: The weather is fine here\n4 cat >3: here too", "4", null],
    ["a reply to a tweet not held is none", "3 bob >99: yes", "3", null],
  ] as const)
    it(name, () => assert.equal(under(more, id), question));
  it("the rest is talk besides", () =>
    check("1 host: Which flour is best?\n2 amy: @host rye\n3 bob @12:10: sun today", "+ 1\n  2\naside\n  3"));
});

describe("side questions among numbers", () => {
  const Q = "1 host @12:05: Q1 Who bakes here?";
  for (const [name, more, ids] of [
    ["three answer by id", "2 amy: is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes\n5 dan >2: hm", ["1", "2"]],
    ["two are too few", "2 amy: is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes", ["1"]],
    ["two are enough where it says so", "2 amy: Side Q: is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes", ["1", "2"]],
    ["off topic too", "2 amy: off topic, but is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes", ["1", "2"]],
    ["the asker does not count", "2 amy: is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes\n5 amy >2: well", ["1"]],
    ["nor does the same twice", "2 amy: is rye ever wrong?\n3 bob >2: no\n4 bob >2: yes\n5 cat >2: hm", ["1"]],
    ["nothing before the first question", "2 amy @11:59: is it today?\n3 bob >2: yes\n4 cat >2: yes\n5 dan >2: yes", ["1"]],
    ["no reply", "2 amy >1: is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes\n5 dan >2: hm", ["1"]],
    ["no numbered answer", "2 amy: A1 is rye ever wrong?\n3 bob >2: no\n4 cat >2: yes\n5 dan >2: hm", ["1"]],
    ["no statement", "2 amy: rye is never wrong\n3 bob >2: no\n4 cat >2: yes\n5 dan >2: hm", ["1"]],
  ] as const)
    it(name, () => assert.deepEqual(asks(`${Q}\n${more}`), ids));
});

describe("sections of an open chat", () => {
  const opened = (more: string, id: string): string =>
    placed(`1 host: Welcome to our kitchen chat\n2 host @12:02: Which flour do you bake with?\n3 amy: @host rye\n${more}`, id).section;
  for (const [name, more, id, section] of [
    ["before the first question", "4 amy @12:50: hm", "1", "welcome"],
    ["before the start", "4 amy @11:50: the kettle is on", "4", "welcome"],
    ["a newcomer's hello, late", "4 bob @12:30: Hello kitchen people", "4", "welcome"],
    ["and who answers it", "4 bob @12:30: Hello kitchen people\n5 amy >4: welcome back, Bob", "5", "welcome"],
    ["late to it", "4 bob @12:30: Sorry I am late", "4", "welcome"],
    ["talk", "4 bob @12:30: The weather is fine here", "4", "aside"],
    ["the host's goodbye", "4 host @12:58: Thanks for a lovely hour", "4", "wrap-up"],
    ["and thanks for it", "4 host @12:58: Thanks for a lovely hour\n5 amy >4: thank you for hosting", "5", "wrap-up"],
    ["a guest's thanks to somebody are talk", "4 bob @12:50: sun today\n5 amy >4: thanks for that", "5", "aside"],
    ["talk after the goodbye is talk", "4 host @12:50: Thanks for a lovely hour\n5 bob @12:55: sun today", "5", "aside"],
  ] as const)
    it(name, () => assert.equal(opened(more, id), section));
  it("where no question comes up in five minutes, talk has begun", () => {
    const text = "1 host: Which flour is best?\n2 amy: sun today\n3 host @12:20: Which oven is best?";
    assert.equal(placed(text.replace("1 host: Which flour is best?\n", ""), "2").section, "welcome");
    assert.equal(placed("1 amy @12:06: sun today\n3 host @12:20: Which oven is best?", "1").section, "aside");
  });
});
