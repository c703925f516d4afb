import type { TweetId } from "../model.ts";
import { type SessionInput, setBoard } from "./board.ts";
import { explainParent } from "./parents.ts";
import { explainSpot } from "./place.ts";

/** The ladder for one tweet: every rung that has something to say, the one that won first. */
export function explainTweet(input: SessionInput, id: TweetId): { readonly lines: string[]; readonly json: object } {
  const board = setBoard(input);
  const i = board.place.get(id);
  const p = i === undefined ? undefined : board.tweets[i];
  if (i === undefined || p === undefined) return { lines: [`tweet ${id} is not in this session`], json: {} };
  const spots = explainSpot(board, i).map(({ rung, spot }) => ({
    rung: wordsOfName(rung),
    goes: spot.question === null ? spot.section : spot.question.label,
    confidence: Math.round(spot.confidence * 1000) / 1000,
    because: spot.because,
  }));
  const parents = explainParent(board, i).map(({ rung, says }) => ({
    rung: wordsOfName(rung),
    parent: says.link?.parent ?? null,
    relation: says.link?.relation ?? null,
    confidence: says.link?.confidence ?? null,
    notCaptured: says.gone,
  }));
  const row = (won: boolean, text: string): string => `${won ? "->" : "  "} ${text}`;
  const lines = [
    `${p.tweet.id} @${p.tweet.author.handle}: ${p.tweet.text.replace(/\s+/g, " ")}`,
    "Belongs to:",
    ...spots.map((s, n) => row(n === 0, `${s.goes.padEnd(9)} ${s.confidence.toFixed(2)}  ${s.rung}: ${s.because}`)),
    "Answers:",
    ...(parents.length === 0
      ? [row(true, "nothing")]
      : parents.map((s, n) =>
          row(
            n === 0,
            s.parent === null
              ? `${s.notCaptured ? "a tweet that is not held" : "nothing"}  (${s.rung})`
              : `${s.parent} (${s.relation}) ${(s.confidence ?? 0).toFixed(2)}  ${s.rung}`,
          ),
        )),
  ];
  return { lines, json: { id: p.tweet.id, spots, parents } };
}

/** byOwnNumber -> own number */
const wordsOfName = (name: string): string =>
  name
    .replace(/^by/, "")
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
