import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withNeighbours } from "../../src/text/neighbours.ts";

const NAV = '<nav class="turn" aria-label="Other sessions"><a rel="prev" href="/tea/1/">one</a></nav>';
const OTHER = '<nav class="turn"><a href="/$&/">$1</a></nav>';

describe("a page with another way to its session's neighbours", () => {
  it("is the page but for that, whatever it says", () =>
    assert.equal(
      withNeighbours(`<nav class="rail">a</nav>\n${NAV}\n<nav>b</nav>`, OTHER),
      `<nav class="rail">a</nav>\n${OTHER}\n<nav>b</nav>`,
    ));
  it("is none where it has none, or several", () =>
    assert.deepEqual(
      [
        withNeighbours("<p>a</p>", OTHER),
        withNeighbours(`${NAV}${NAV}`, OTHER),
        withNeighbours(`${NAV}<p>${NAV.replace("one", "two")}`, OTHER),
      ],
      [null, null, null],
    ));
  it("takes no words for markup", () => assert.equal(withNeighbours("&lt;nav class=&quot;turn&quot;&gt;&lt;/nav&gt;", OTHER), null));
});
