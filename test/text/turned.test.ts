import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { turned } from "../../src/text/turned.ts";

const NAV = '<nav class="turn" aria-label="Other sessions"><a rel="prev" href="/tea/1/">one</a></nav>';
const OTHER = '<nav class="turn"><a href="/$&/">$1</a></nav>';

describe("a page with another way to the sessions beside it", () => {
  it("is the page but for that, whatever it says", () =>
    assert.equal(turned(`<nav class="rail">a</nav>\n${NAV}\n<nav>b</nav>`, OTHER), `<nav class="rail">a</nav>\n${OTHER}\n<nav>b</nav>`));
  it("is none where it has none, or several", () =>
    assert.deepEqual(
      [turned("<p>a</p>", OTHER), turned(`${NAV}${NAV}`, OTHER), turned(`${NAV}<p>${NAV.replace("one", "two")}`, OTHER)],
      [null, null, null],
    ));
  it("takes no words for markup", () => assert.equal(turned("&lt;nav class=&quot;turn&quot;&gt;&lt;/nav&gt;", OTHER), null));
});
