import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { jsonFile, jsonLd } from "../../src/text/json.ts";
import { escapeXml, xml, xmlDocument } from "../../src/text/xml.ts";
import { readXml } from "../site/xml.ts";

const DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n';

describe("the reader of XML refuses", () => {
  for (const [what, document] of [
    ["no declaration", "<a/>"],
    ["an element that is not closed", `${DECLARED}<a><b></a>`],
    ["elements that cross", `${DECLARED}<a><b></a></b>`],
    ["two roots", `${DECLARED}<a/><b/>`],
    ["text outside the root", `${DECLARED}<a/>x`],
    ["a bare ampersand", `${DECLARED}<a>b & c</a>`],
    ["an entity of HTML", `${DECLARED}<a>&nbsp;</a>`],
    ["a reference to what is not allowed", `${DECLARED}<a>&#0;</a>`],
    ["a control character", `${DECLARED}<a>\u0001</a>`],
    ["half a surrogate pair", `${DECLARED}<a>\uD83D</a>`],
    ["an attribute without quotes", `${DECLARED}<a b=c/>`],
    ["an attribute twice", `${DECLARED}<a b="c" b="d"/>`],
    ["< in an attribute", `${DECLARED}<a b="<"/>`],
    ["]]> in text", `${DECLARED}<a>]]></a>`],
    ["markup that ends too soon", `${DECLARED}<a b="c"`],
  ] as const)
    it(what, () => assert.throws(() => readXml(document)));
});

describe("XML", () => {
  it("drops what it may not hold, and escapes the rest", () => {
    assert.equal(escapeXml('a\u0000\u000B\uFFFE<b> & "c" ]]>\uD800'), 'a&lt;b&gt; &amp; "c" ]]&gt;\uFFFD');
    assert.equal(xml("a", { b: 'x"\n<', c: null }).markup, '<a b="x&quot;&#10;&lt;"/>');
    assert.equal(xml("a", {}, [xml("b", {}, "c")]).markup, "<a>\n<b>c</b>\n</a>");
  });

  it("reads as it was written, whatever was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (text, other) => {
        const { children, attributes } = readXml(xmlDocument(xml("a", { b: other + text }, [xml("c", {}, text)])));
        assert.equal(children[0]?.text, text === "" ? "" : readXml(xmlDocument(xml("c", {}, text))).text);
        assert.equal(typeof attributes.get("b"), "string");
      }),
    );
    assert.equal(readXml(xmlDocument(xml("a", {}, "x &amp; <b>\t\n é 🧵"))).text, "x &amp; <b>\t\n é 🧵");
  });
});

describe("JSON in a page", () => {
  it("cannot end its element, and reads as it was", () => {
    const nasty = "</script><!-- <script> & \u2028\u2029 ]]>";
    const markup = String(jsonLd({ text: nasty }));
    assert.match(markup, /^<script type="application\/ld\+json">[^<>&\u2028\u2029]*<\/script>$/);
    assert.deepEqual(JSON.parse(markup.replaceAll(/<[^>]*>/g, "")), { text: nasty });
  });

  it("holds no control character and no half of a pair", () => {
    assert.deepEqual(JSON.parse(jsonFile({ a: ["\u0000b\uD800"], c: undefined })), { a: ["b\uFFFD"] });
  });
});
