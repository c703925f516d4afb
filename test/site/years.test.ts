import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sessionsByYear } from "../../src/site/years.ts";

const session = (slug: string, start: string) => ({
  session: { chat: "tea", slug, window: { start: Date.parse(start), minutes: 60, lead: 0, grace: 0 } },
});

describe("the sessions of a year", () => {
  it("are those that it names: where search and their addresses say they are, whatever their clock", () => {
    const all = [
      session("2008-12-30", "2008-12-30T18:00:00Z"),
      session("2008-12-31", "2009-01-01T01:00:00Z"),
      session("2009-01-06", "2009-01-06T18:00:00Z"),
    ];
    const slugs = [...sessionsByYear(all)].map(([year, own]) => [year, own.map((one) => one.session.slug)]);
    assert.deepEqual(slugs, [
      [2009, ["2009-01-06"]],
      [2008, ["2008-12-31", "2008-12-30"]],
    ]);
  });
});
