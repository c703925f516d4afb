import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { type Built, built, faultsOf, lostWords, PLANTS, payloads, unescapedIn, vocabularyOf } from "./hostile.ts";

const COUNT = 300;
const SESSION = "teachat/2026-03-03/index.html";

describe("a site made of hostile words", () => {
  let site: Built;
  let known: ReadonlySet<string>;
  before(async () => {
    const { all, more } = payloads();
    if (more === 0) console.log("skipped: the big list of naughty strings, which is not here");
    const tame = await built(COUNT, all, true);
    known = vocabularyOf(tame);
    site = await built(COUNT, all);
  });

  it("would be caught with one escape forgotten, wherever that is", () => {
    const html = site.pages.get(SESSION) ?? assert.fail();
    for (const [place, escaped] of Object.entries(PLANTS)) {
      const broken = unescapedIn(html, escaped);
      if (place === "address" && broken === html) continue; // addresses are normalised: nothing of them needs an escape
      assert.ok(broken !== null, `nothing hostile in the ${place}`);
      assert.notDeepEqual(faultsOf(broken, known), [], place);
    }
    for (const planted of ["<b onclick=hit()>", "<!-- -->", "<a href='javascript:hit()'>", "<script>hit()</script>"])
      assert.notDeepEqual(
        faultsOf(
          html.replace("</main>", () => `${planted}</main>`),
          known,
        ),
        [],
        planted,
      );
  });

  it("has no element, attribute, scheme, program or comment that one of harmless words has not", () => {
    for (const [path, html] of site.pages) assert.deepEqual(faultsOf(html, known), [], path);
  });

  it("gives back every text, name and description", () => {
    const { looked, lost } = lostWords(site);
    assert.ok(looked >= COUNT, `${looked} tweets`);
    assert.deepEqual(lost, []);
  });

  it("has no file but where files belong", () => {
    for (const path of site.files) assert.match(path, /^\.files$|^(?:[a-z0-9_-]+\/)*[A-Za-z0-9_.-]+$/);
  });
});
