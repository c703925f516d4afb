import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { colours, contrast } from "../../src/site/colours.ts";
import { config } from "./fixture.ts";

const css = (accent: string | null, accentDark: string | null) => colours({ ...config, colours: { accent, accentDark } });

describe("a site's own colours", () => {
  it("refuse what is no colour", () => {
    assert.throws(() => css("red; } body { display: none", null), /is no colour; write one as in CSS/);
    assert.throws(() => css("url(https://x.example/)", null), /is no colour/);
  });

  it("make a stylesheet, none where there are none", () => {
    assert.equal(css(null, null), "");
    assert.equal(css("#0a7", null), ":root { --hot: light-dark(#0a7, #0a7); }\n");
    assert.deepEqual([contrast("#ffffff", "#000000"), contrast("#767676", "#ffffff").toFixed(2)], [21, "4.54"]);
    assert.equal(css("teal", "oklch(80% 0.1 180)"), ":root { --hot: light-dark(teal, oklch(80% 0.1 180)); }\n");
  });
});
