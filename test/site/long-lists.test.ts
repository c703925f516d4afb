import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Site } from "../../src/site/site.ts";
import { weightsOf } from "../../src/site/units.ts";
import * as chatPage from "../../templates/chat.11ty.ts";
import * as peoplePage from "../../templates/people.11ty.ts";
import { elementsOf, textOf } from "./dom.ts";
import { chat, placed, tweet } from "./fixture.ts";
import { siteOf, startOf } from "./sessions.ts";

/** Of each list item its words. */
const linesOf = (page: unknown): string[] =>
  elementsOf(String(page))
    .filter(({ tagName, parentNode }) => tagName === "li" && parentNode !== null && "attrs" in parentNode && isList(parentNode.attrs))
    .map((item) => textOf(item).replaceAll(/\s+/g, " ").trim());
const isList = (attrs: readonly { readonly name: string; readonly value: string }[]): boolean =>
  attrs.some(({ name, value }) => name === "class" && value.split(" ").includes("sessions"));

const said = (week: number, by: string) =>
  placed(tweet({ id: `1${String(week).padStart(5, "0")}`, by, at: 5, text: "a tide", start: startOf(week) }), {
    section: "aside",
    reason: "none",
  });
const siteWith = (weeks: number, by: (week: number) => string = () => "ben"): Site =>
  new Site(siteOf(Array.from({ length: weeks }, (_, week) => ({ week, placed: [said(week, by(week))] }))));

describe("the page of a chat", () => {
  const of = (weeks: number): string[] => linesOf(chatPage.render({ site: siteWith(weeks), slug: chat.slug }));
  it("lists all sessions of a few years", () => assert.equal(of(120).length, 120));
  it("leads to the older years where there are many", () => {
    const lines = of(800);
    const whole = lines.filter((line) => line.includes("Session "));
    assert.ok(whole.length <= 500 && whole.length > 440, `${whole.length}`);
    assert.match(lines.at(-1) ?? "", /^2009 \d+ sessions$/);
    const older = lines.slice(whole.length).map((line) => Number(/(\d+) sessions$/.exec(line)?.[1]));
    assert.equal(
      older.reduce((sum, n) => sum + n, whole.length),
      800,
    );
  });
});

describe("the page of a chat's people", () => {
  const of = (people: number) => {
    const page = peoplePage.render({ site: siteWith(people, (week) => `mussel_${String(week).padStart(4, "0")}`), slug: chat.slug });
    return { lines: linesOf(page), text: textOf(elementsOf(String(page))[0] ?? assert.fail("no page")) };
  };
  it("lists everybody by handle", () => {
    const { lines, text } = of(30);
    assert.equal(lines.length, 30);
    assert.match(lines[0] ?? "", /mussel_0000/);
    assert.match(text, /30 people by handle/);
  });
  it("lists who was here last where there are many", () => {
    const { lines, text } = of(1100);
    assert.equal(lines.length, 1000);
    assert.match(lines[0] ?? "", /mussel_0100/);
    assert.match(lines.at(-1) ?? "", /mussel_1099/);
    assert.match(text, /The 1,000 of 1,100 people who were here last/);
  });
});

describe("the page of somebody who said much", () => {
  it("weighs what stands on it: it is rendered with those of others", () => {
    const weighs = weightsOf(siteWith(400, (week) => (week < 10 ? "amy" : "ben")).data);
    assert.equal(weighs(`${chat.slug}/people/amy`), 1);
    assert.equal(weighs(`${chat.slug}/people/ben`), 30);
  });
});
