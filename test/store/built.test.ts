import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Work } from "../../src/store/work.ts";
import { tempDir } from "../helpers.ts";

describe("what is rendered", () => {
  it("waits in an order in which nothing is put in its place before what it leads to", () => {
    const work = Work.open(join(tempDir(), "work.db"));
    const built = work.site("/www");
    const units = [
      ["", "list"],
      ["latechat", "list"],
      ["latechat/2026", "list"],
      ["latechat/2026-03-03", "session"],
      ["latechat/people/amy", "person"],
      ["search/latechat", "list"],
      ["teachat", "list"],
      ["teachat/2026-03-03", "session"],
    ] as const;
    built.addRendered(new Map(units.map(([unit, role]) => [unit, { role, key: "k", files: [`${unit}/index.html`], shard: "1" }])));
    const order = [...built.waiting()].map(({ unit }) => unit);
    work.close();
    const lists = new Set<string>(units.filter(([, role]) => role === "list").map(([unit]) => unit));
    const first = order.findIndex((unit) => lists.has(unit));
    assert.deepEqual(new Set(order.slice(first)), lists, "a list before what it leads to");
    assert.deepEqual(
      order.slice(first).filter((unit) => !unit.startsWith("search/")),
      ["teachat", "latechat/2026", "latechat", ""],
    );
  });
});
