import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Lately } from "../../src/archive/lately.ts";

describe("what was made lately", () => {
  /** Asks for these keys, one letter each, and says which were made. */
  function made(most: number, asked: string): string {
    const lately = new Lately<string | null>(most);
    let all = "";
    for (const key of asked) {
      const value = lately.get(key, () => {
        all += key;
        return key === "n" ? null : key;
      });
      assert.equal(value, key === "n" ? null : key);
    }
    return all;
  }

  it("is made once, though it be nothing", () => assert.equal(made(2, "aannan"), "an"));
  it("is forgotten where more is asked for, the longest unasked first", () => assert.equal(made(2, "abacbab"), "abcba"));
});
