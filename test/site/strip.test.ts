import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Mark, stripOf } from "../../src/site/strip.ts";
import { Words } from "../../src/site/words/words.ts";

const words = new Words("en", {});

const START = Date.UTC(2009, 6, 21, 16);
const at = (minute: number, more: Partial<Mark> = {}): Mark => ({ time: START + minute * 60_000, host: false, late: false, ...more });
const strip = (...marks: Mark[]) =>
  stripOf({
    words,
    zone: "America/New_York",
    start: START,
    end: START + 3_600_000,
    marks,
    questions: [{ at: START + 180_000, label: "Q1", anchor: "q1" }],
  });

describe("the activity strip", () => {
  it("is none where no tweet has a time", () => assert.equal(strip(), null));

  it("runs over the hour, and over what lies around it", () => {
    assert.deepEqual(
      strip(at(5))?.ticks.map(({ text }) => text),
      ["12:00", "12:10", "12:20", "12:30", "12:40", "12:50", "13:00"],
    );
    assert.deepEqual(
      strip(at(-10), at(85))?.ticks.map(({ text }) => text),
      ["12:00", "12:30", "13:00"],
    );
  });

  it("stacks dots that would hide one another", () => {
    assert.deepEqual(
      strip(at(5), at(5), at(20))?.dots.map(({ level }) => level),
      [0, 1, 0],
    );
  });

  it("turns to bars where there are many", () => {
    const many = strip(...Array.from({ length: 9 }, (_, index) => at(5, { host: index === 0 })));
    assert.equal(many?.dots.length, 0);
    assert.deepEqual(
      many?.bars.filter(({ all }) => all > 0),
      [{ all: 9, hosts: 1 }],
    );
  });

  it("names a question only where its label has room", () => {
    const questions = [0, 1, 30].map((minute, index) => ({ at: START + minute * 60_000, label: `Q${index}`, anchor: `q${index}` }));
    const drawn = stripOf({ words, zone: "UTC", start: START, end: START + 3_600_000, marks: [at(5)], questions });
    assert.deepEqual(
      drawn?.questions.map(({ named }) => named),
      [true, false, true],
    );
  });

  it("holds sessions of several days", () => {
    const days = stripOf({ words, zone: "UTC", start: START, end: START + 72 * 3_600_000, marks: [at(5)], questions: [] });
    assert.ok((days?.ticks.length ?? 0) <= 7);
    assert.match(days?.ticks[0]?.text ?? "", /^22\/07, 00:00$/);
  });
});
