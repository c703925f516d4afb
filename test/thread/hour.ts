import assert from "node:assert/strict";
import { it } from "node:test";
import { placed, type Setting } from "./chat.ts";

/** An hour of four questions; the tweets of a fixture come on top. */
export const HOUR = `1 host @12:05: Q1 Who should come to a chat?
2 host @12:15: Q2 When should a chat begin?
3 cohost @12:30: Q3 What soup do you cook for guests?
4 host @12:45: Q4 Where do you keep the spoons?`;

/** Fixtures, one a line: `what it shows | tweets, "//" between them | where the last one stands, and the rung that says so`. */
export function fixtures(lines: string, setting?: Setting, hour = HOUR): void {
  for (const line of lines.split("\n").filter((text) => text.trim() !== "")) {
    const [name = "", tweets = "", want = "", ...more] = line.split(" | ").map((part) => part.trim());
    assert.equal(more.length, 0, line);
    const said = tweets.split(" // ");
    const id = /^\d+/.exec(said.at(-1) ?? "")?.[0] ?? "";
    it(`${name}: ${said.at(-1)}`, () => assert.equal(stands(`${hour}\n${said.join("\n")}`, id, setting), want));
  }
}

function stands(text: string, id: string, setting?: Setting): string {
  const { section, label, reason } = placed(text, id, setting);
  return `${label ?? section} ${reason}`;
}
