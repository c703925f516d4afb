import assert from "node:assert/strict";
import { it } from "node:test";
import { directionMark } from "../../src/text/direction.ts";

const RTL = "\u200F";
const cases: readonly (readonly [text: string, mark: string])[] = [
  ["A1 أنهيت الكتاب في 21 يومًا", RTL],
  ["@sami_k وهل أعجبتك؟", RTL],
  ["#teachat https://example.org/a שלום", RTL],
  ["مساء الخير from Cairo", ""],
  ["I read half of الفصل", ""],
  ["A1 plain words", ""],
  ["@ada #tea 12:30", ""],
  ["", ""],
];
for (const [text, mark] of cases)
  it(`${mark === "" ? "no mark" : "a mark"} before “${text}”`, () => assert.equal(directionMark(text), mark));
