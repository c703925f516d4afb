import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sessionPage } from "../../src/site/page.ts";
import { config, site } from "./fixture.ts";

describe("a session in which nobody asked a question", () => {
  const [first] = site().chats;
  const card = first?.sessions.find(({ title }) => title === "What the tide forgets");
  assert.ok(card);
  const data = site().session(card.session.chat, card.session.slug);
  const asides = data.transcript.sections.filter(({ kind }) => kind === "aside");
  const views = (questions: typeof data.transcript.questions) =>
    sessionPage({ ...data, transcript: { ...data.transcript, questions, sections: asides } }, config).sections;

  it("is a conversation, not folded away", () =>
    assert.deepEqual(
      views([]).map(({ title, main }) => [title, main]),
      [["Conversation", true]],
    ));
  it("beside questions the same talk is an aside", () =>
    assert.deepEqual(
      views(data.transcript.questions).map(({ title, main }) => [title, main]),
      [["Asides", false]],
    ));
});
