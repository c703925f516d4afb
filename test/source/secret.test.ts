import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { starOut, withoutToken } from "../../src/source/secret.ts";

const TOKEN = "AAAAAAAAAAAAAAAAAA%2Fbb%3D";

describe("a token", () => {
  for (const spelling of [TOKEN, "AAAAAAAAAAAAAAAAAA%252Fbb%253D", "AAAAAAAAAAAAAAAAAA/bb=", "AAAAAAAAAAAAAAAAAA\\/bb="]) {
    it(`written as ${spelling} is not in words`, () => assert.equal(withoutToken(`a ${spelling} b ${spelling}`, TOKEN), "a … b …"));

    it(`written as ${spelling} is stars in a body, which keeps its length`, () => {
      const body = Buffer.from(`{"a":"${spelling}","b":"Bearer ${spelling}","c":"é"}`);
      const stars = "*".repeat(spelling.length);
      assert.equal(starOut(body, TOKEN).toString(), `{"a":"${stars}","b":"Bearer ${stars}","c":"é"}`);
    });
  }

  it("that is a word of any text is left in bodies", () => {
    assert.equal(starOut(Buffer.from('{"next_token":"a"}'), "token").toString(), '{"next_token":"a"}');
  });
});
