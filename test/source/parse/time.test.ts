import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exactTime, isoTime, snowflakeTime, v1Time } from "../../../src/source/parse/time.ts";

describe("times", () => {
  for (const text of [
    "",
    "2015-03-11",
    "2015-03-11T01:10:43",
    "2015-02-29T00:00:00Z",
    "2015-13-01T00:00:00Z",
    "2015-03-11T25:00:00Z",
    "3/11/2015 1:10",
  ])
    it(`"${text}" is none with a zone`, () => assert.equal(isoTime(text), null));
  it("ISO 8601 keeps its milliseconds and its zone", () => {
    assert.equal(isoTime("2015-03-11T01:10:43.953Z"), Date.UTC(2015, 2, 11, 1, 10, 43, 953));
    assert.equal(isoTime("2015-03-11 01:10:43+05:30"), Date.UTC(2015, 2, 10, 19, 40, 43));
    assert.equal(isoTime("2016-02-29T01:10-0800"), Date.UTC(2016, 1, 29, 9, 10));
  });
  it("API v1.1", () => {
    assert.equal(v1Time("Wed Apr 08 03:29:36 +0000 2015"), Date.UTC(2015, 3, 8, 3, 29, 36));
    assert.equal(v1Time("Wed Apr 08 03:29:36 -0430 2015"), Date.UTC(2015, 3, 8, 7, 59, 36));
    assert.equal(v1Time("Wed Avr 08 03:29:36 +0000 2015"), null);
  });
  it("an id tells its time from the first snowflake on", () => {
    assert.equal(snowflakeTime("29700859247"), null);
    assert.equal(snowflakeTime("727558369895780353"), Date.UTC(2016, 4, 3, 18, 0, 7, 421));
    assert.equal(snowflakeTime("x"), null);
  });
  it("is the id's where both agree", () => {
    const second = Date.UTC(2016, 4, 3, 18, 0, 7);
    assert.equal(exactTime("727558369895780353", second), second + 421);
    assert.equal(exactTime("727558369895780353", second + 60_000), second + 60_000);
    assert.equal(exactTime("5", second), second);
  });
});
