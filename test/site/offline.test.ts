import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { HtmlValidate } from "html-validate";
import type { SiteConfig } from "../../src/model.ts";
import { embedded, inside } from "../../src/site/offline.ts";
import { renderSite } from "../../src/site/whole.ts";
import { standalone, styleHtml } from "../../src/text/standalone.ts";
import { tempDir } from "../helpers.ts";
import { attribute, byId, type Element, elementsOf, textOf } from "./dom.ts";
import { HIDDEN_WORDS, PICTURE, site } from "./fixture.ts";

const FILE = "tidepool/2009-07-21/offline.html";

async function made(over: Partial<SiteConfig>): Promise<string> {
  const out = tempDir();
  await renderSite(site(over), out);
  return readFileSync(join(out, FILE), "utf8");
}

let known = "";
let unknown = "";
before(async () => {
  known = await made({ pathPrefix: "/talks/", colours: { accent: "#005f73", accentDark: null } });
  unknown = await made({ url: null });
});
const both = (): [string, Element[]][] => [known, unknown].map((text) => [text, elementsOf(text)]);

describe("a page that stands alone refuses", () => {
  it("a stylesheet that ends its element", () => {
    assert.throws(() => styleHtml("a{}</style><script>"), /ends its own element/);
    assert.throws(() => styleHtml("a{}\r\n"), /line end/);
  });

  it("images that are none, that are too large together, and names of files elsewhere", () => {
    const crab = { type: "photo", alt: null, url: "https://example.org/crab.jpg", file: "crab.gif" };
    assert.equal(embedded(() => Buffer.from("<svg onload=alert(1)>"))(crab), null);
    assert.equal(embedded(() => null)(crab), null);
    const image = embedded(() => PICTURE, PICTURE.length);
    assert.match(image(crab)?.src ?? "", /^data:image\/gif;base64,/);
    assert.equal(image({ ...crab, file: "other.gif" }), null);
    assert.deepEqual(image(crab), image(crab));
  });

  it("a link to what is beside it, where nobody knows where that is", () => {
    assert.equal(standalone('<a rel="next" href="../b/">b</a> <a href="#q1">q</a>', null), '<a>b</a> <a href="#q1">q</a>');
  });
});

describe("offline.html", () => {
  it("asks for nothing: no program, no file beside it, nothing from elsewhere", () => {
    for (const [text, elements] of both()) {
      const css = textOf(elements.find(({ tagName }) => tagName === "style") ?? assert.fail());
      for (const [, to = ""] of css.matchAll(/url\(([^)]*)\)/g)) assert.match(to, /^data:font\/woff2;base64,[\w+/=]+$/);
      assert.doesNotMatch(css, /@import/);
      for (const element of elements) {
        assert.ok(!["script", "iframe", "object", "base", "video", "source"].includes(element.tagName), element.tagName);
        assert.ok(element.tagName !== "link" || attribute(element, "rel") === "canonical");
        for (const { name } of element.attrs) assert.doesNotMatch(name, /^(?:on.*|style|srcset|poster|background)$/);
        assert.match(attribute(element, "src") ?? "data:image/", /^data:image\//);
      }
      assert.doesNotMatch(text.replaceAll(/base64,[\w+/=]+/g, ""), new RegExp(`${HIDDEN_WORDS}|1022`));
    }
  });

  it("has the styles of its own site, whichever was made before it: its colours, and slanted letters where it has any", async () => {
    const plain = site().config;
    const coloured = { ...plain, colours: { accent: "#005f73", accentDark: null } };
    const styles = async (config: SiteConfig, markup: string): Promise<readonly boolean[]> => {
      const { css } = await inside(config, markup);
      return [css.includes("#005f73"), /@font-face\{[^}]*italic/.test(css)];
    };
    for (const [config, markup, expected] of [
      [plain, "a", [false, false]],
      [coloured, "<em>a</em>", [true, true]],
      [plain, "<em>a</em>", [false, true]],
      [coloured, "a", [true, false]],
      [plain, "a", [false, false]],
    ] as const)
      assert.deepEqual(await styles(config, markup), expected);
  });

  it("has a policy that allows its own style and no other", () => {
    for (const [text, elements] of both()) {
      const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? assert.fail();
      const hash = createHash("sha256").update(style).digest("base64");
      const policy = elements.flatMap((one) =>
        attribute(one, "http-equiv") === "Content-Security-Policy" ? attribute(one, "content") : [],
      );
      assert.deepEqual(policy, [`default-src 'none'; style-src 'sha256-${hash}'; img-src data:; font-src data:`]);
      assert.equal(elements.filter(({ tagName }) => tagName === "style").length, 1);
    }
    assert.match(known, /:root \{ --hot: light-dark\(#005f73/);
  });

  it("leads to places within it, to X, and to the site by its whole address", () => {
    for (const [, elements] of both())
      for (const element of elements) {
        const to = attribute(element, "href");
        if (to === undefined) continue;
        assert.match(to, /^(?:#|https?:\/\/|mailto:)/);
        if (to.startsWith("#")) assert.equal(byId(elements, to.slice(1)).length, 1, to);
      }
    for (const path of ["", "timeline/", "session.md", "t/1012/"])
      if (path !== "") assert.ok(known.includes(`href="https://chats.example/talks/tidepool/2009-07-21/${path}"`), path);
    assert.ok(known.includes('href="https://chats.example/talks/tidepool/2009-07-14/"'));
    assert.ok(unknown.includes('href="https://x.com/cyn/status/1012"'));
    assert.doesNotMatch(unknown, /href="[^#"]*(?:session\.|timeline|2009-07)/);
  });

  it("says every word the session's page says, shows kept images, and stays out of search engines", async () => {
    const out = tempDir();
    await renderSite(site(), out);
    const page = elementsOf(readFileSync(join(out, "tidepool/2009-07-21/index.html"), "utf8"));
    const main = (elements: readonly Element[]): string => textOf(elements.find(({ tagName }) => tagName === "main") ?? assert.fail());
    assert.equal(main(elementsOf(known)), main(page));
    const images = elementsOf(known).filter(({ tagName }) => tagName === "img");
    assert.deepEqual(
      images.map((image) => attribute(image, "src")),
      [`data:image/gif;base64,${PICTURE.toString("base64")}`],
    );
    assert.match(known, /<meta name="robots" content="noindex">/);
  });

  it("has no error html-validate can find, and the same bytes again", async () => {
    const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: { "long-title": "off" } });
    for (const [text] of both()) {
      const { results } = await validator.validateString(text, FILE);
      assert.deepEqual(
        results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
        [],
      );
    }
    assert.equal(await made({ url: null }), unknown);
  });
});
