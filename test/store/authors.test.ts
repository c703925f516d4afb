import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Author } from "../../src/model.ts";
import { Store } from "../../src/store/store.ts";
import { observed } from "../helpers.ts";

/** Who wrote tweet 1, 2, … when each was told by its author and minute. */
function who(...told: readonly [id: string | null, handle: string, minute: number, name?: string][]): Author[] {
  const store = Store.open(":memory:");
  const ids = told.map(([id, handle, minute, name], i) => {
    store.add(observed({ id: String(i + 1), time: minute, author: { id, handle, name: name ?? handle } }));
    return String(i + 1);
  });
  const authors = store.tweets(ids).map((tweet) => tweet.author);
  store.close();
  return authors;
}
const shown = (authors: readonly Author[]): string => authors.map((a) => `${a.id ?? "-"} ${a.handle}`).join(", ");

describe("who wrote a tweet", () => {
  it("is one person by X's id, whatever the handle: the newest is shown", () =>
    assert.equal(shown(who(["5", "amy", 1], ["5", "amy_tea", 9], ["5", "amy2", 4])), "5 amy_tea, 5 amy_tea, 5 amy_tea"));
  it("is one person by handle, whatever its case", () => assert.equal(shown(who([null, "Amy", 1], [null, "amy", 2])), "- amy, - amy"));
  it("is known by the handle where another source tells whose it is, before or after", () => {
    assert.equal(shown(who([null, "amy", 1], ["5", "Amy", 2])), "5 Amy, 5 Amy");
    assert.equal(shown(who(["5", "Amy", 2], [null, "amy", 1])), "5 Amy, 5 Amy");
  });
  it("follows an older handle to the same person", () =>
    assert.equal(shown(who([null, "amy", 1], ["5", "amy", 2], ["5", "amy_tea", 9])), "5 amy_tea, 5 amy_tea, 5 amy_tea"));
  it("goes to whoever used the handle nearest to the time, where it has changed hands", () =>
    assert.equal(
      shown(who(["5", "amy", 1], [null, "amy", 2], ["5", "old_amy", 3], ["6", "amy", 10], [null, "amy", 9], [null, "amy", 11])),
      "5 old_amy, 5 old_amy, 5 old_amy, 6 amy, 6 amy, 6 amy",
    ));
  it("keeps a name that a newer source leaves out", () =>
    assert.deepEqual(
      who(["5", "amy", 1, "Amy"], ["5", "amy", 2, ""]).map((a) => a.name),
      ["Amy", "Amy"],
    ));
});
