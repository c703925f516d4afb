// npx node scripts/train.ts <folder of labelled chats> [--set critlib …] [--dry]
// Learns how much each feature of a possible parent counts (src/thread/rank-features.ts) from tweets whose true reply ids are known:
// a choice among the candidates and "none of them", by its logarithmic loss with a penalty on large weights. Prints what it is worth
// on each session when trained on the others, then writes src/thread/rank-weights.ts, trained on all. The same input, the same bytes.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { NO_NOTES } from "../src/config/notes.ts";
import type { Tweet } from "../src/model.ts";
import { chatscribeParser } from "../src/source/parse/chatscribe.ts";
import { type Board, setBoard } from "../src/thread/board.ts";
import { confidenceOf, eachOption, NAMES } from "../src/thread/rank.ts";
import { recordReply, startTalk, type Talk } from "../src/thread/rank-talk.ts";
import { bySession, hostsOf, load, type Row } from "./evaluate.ts";

/** One tweet that names somebody: a vector for each option, "none" first, and which is right (-1: none of the options is). */
interface Choice {
  readonly tweet: number;
  readonly places: readonly (number | null)[];
  readonly vectors: readonly Float64Array[];
  readonly right: number;
}

/** A session with the truth. `parents`: by place, null for none, "missing" for one that was not captured. */
interface Lesson {
  readonly session: string;
  readonly board: Board;
  readonly parents: readonly (number | "missing" | null)[];
  readonly choices: readonly Choice[];
}

/** What Chatscribe is for counts most: an hour that somebody moderates. Each of its choices counts as so many. */
const FOR = { set: "critlib", times: 4 };
const isModerated = ({ session }: Lesson): boolean => session.startsWith(FOR.set);

/** Chats of an hour with numbered questions, an hour without, a week-long tag, a help desk: replies are not quick everywhere. */
const SETS = ["critlib", "pstc-labelled", "support", "tidytuesday"];
const PENALTY = 2;
const STEPS = 120;
/** The model's share, and the confidence it is worth: straight lines between the points, read off what was right on unseen moderated
 *  hours (the last table that is printed; the shares themselves lie within a few points of it). From a share of 0.7 to 0.93 82 to 85 % are
 *  right; above, 96 %: there the curve jumps, so that "0.8 and more" promises what the surest links keep. */
const CURVE: readonly (readonly [number, number])[] = [
  [0, 0],
  [0.6, 0.6],
  [0.65, 0.7],
  [0.7, 0.76],
  [0.93, 0.8],
  [0.935, 0.9],
  [1, 1],
];
/** A share of this much is worth a link, for its confidence is 0.6. On unseen moderated hours F is flat below (79 at 0.4 to 0.55, 78.6
 *  here, 77.4 at 0.65), while the replies to uncaptured tweets that are left alone rise from 52 % at 0.4 to 70 % here. */
const WORTH = 0.6;

/** All kinds of options side by side: a vector holds one kind's features, the rest is 0. */
const FIRST = { none: 0, other: NAMES.none.length, own: NAMES.none.length + NAMES.other.length };
const WIDTH = FIRST.own + NAMES.own.length;

function boardOf(rows: readonly Row[]): Board {
  const parser = chatscribeParser({ chat: "bench", session: null });
  const tweets = new Map<string, Tweet>();
  for (const { id, user, time, text } of rows) {
    const record = { id, author: user, name: user, created_at: new Date(time * 1000).toISOString(), text };
    for (const { tweet } of parser.read(JSON.stringify(record), 0)?.observations ?? []) tweets.set(tweet.id, tweet);
  }
  const start = Math.min(...rows.map(({ time }) => time)) * 1000;
  const session = { chat: "bench", slug: new Date(start).toISOString().slice(0, 10), window: { start, minutes: 60, lead: 0, grace: 0 } };
  const hosts = hostsOf(rows);
  return setBoard({ session, zone: "UTC", hosts, notes: NO_NOTES, tweets: [...tweets.values()], untagged: new Set(), context: [] });
}

/** Every choice of a session, with what was said before it as it truly was. */
function lessonOf(session: string, rows: readonly Row[]): Lesson {
  const board = boardOf(rows);
  const gold = new Map(rows.map((row) => [row.id, row.gold.parent ?? null]));
  const parents = board.tweets.map(({ tweet }) => {
    const id = gold.get(tweet.id) ?? null;
    return id === null ? null : (board.place.get(id) ?? "missing");
  });
  const talk = startTalk(board);
  const choices = parents.flatMap((parent, i): Choice[] => {
    const choice = choiceOf(talk, i, parent);
    if (typeof parent === "number") recordReply(talk, i, parent);
    return choice.places.length === 0 ? [] : [choice];
  });
  return { session, board, parents, choices };
}

function choiceOf(talk: Talk, i: number, parent: Lesson["parents"][number]): Choice {
  const places: (number | null)[] = [];
  const vectors: Float64Array[] = [];
  eachOption(talk, i, ({ j, kind, row }) => {
    const vector = new Float64Array(WIDTH);
    vector.set(row, FIRST[kind]);
    vectors.push(vector);
    places.push(j);
  });
  return { tweet: i, places, vectors, right: typeof parent === "number" ? places.indexOf(parent) : 0 };
}

function sharesOf(weights: Float64Array, { vectors }: Choice): number[] {
  const scores = vectors.map((vector) => vector.reduce((sum, x, k) => sum + x * (weights[k] ?? 0), 0));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const all = powers.reduce((sum, x) => sum + x, 0);
  return powers.map((x) => x / all);
}

/** Adam over all choices at once: no chance in it. */
function learn(lessons: readonly Lesson[]): Float64Array {
  const weights = new Float64Array(WIDTH);
  const mean = new Float64Array(WIDTH);
  const square = new Float64Array(WIDTH);
  for (let step = 1; step <= STEPS; step++) {
    const slope = slopeOf(weights, lessons);
    const rate = 0.1 * (step < STEPS * 0.6 ? 1 : step < STEPS * 0.85 ? 0.3 : 0.1);
    for (let k = 0; k < WIDTH; k++) {
      const g = slope[k] ?? 0;
      mean[k] = 0.9 * (mean[k] ?? 0) + 0.1 * g;
      square[k] = 0.99 * (square[k] ?? 0) + 0.01 * g * g;
      const stride = (mean[k] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((square[k] ?? 0) / (1 - 0.99 ** step)) + 1e-8);
      weights[k] = (weights[k] ?? 0) - rate * stride;
    }
  }
  return weights;
}

function slopeOf(weights: Float64Array, lessons: readonly Lesson[]): Float64Array {
  const slope = weights.map((w) => PENALTY * w);
  for (const lesson of lessons) {
    const times = isModerated(lesson) ? FOR.times : 1;
    for (const choice of lesson.choices) if (choice.right >= 0) addSlope(slope, weights, choice, times);
  }
  return slope;
}

function addSlope(slope: Float64Array, weights: Float64Array, choice: Choice, times: number): void {
  for (const [k, share] of sharesOf(weights, choice).entries()) {
    const much = times * (share - (k === choice.right ? 1 : 0));
    const vector = choice.vectors[k];
    if (vector === undefined || Math.abs(much) < 1e-7) continue;
    for (let n = 0; n < WIDTH; n++) slope[n] = (slope[n] ?? 0) + much * (vector[n] ?? 0);
  }
}

/** What the weights say of one choice: the likeliest tweet and its share. */
interface Verdict {
  readonly place: number | null;
  readonly share: number;
  readonly right: boolean;
}

function verdictOf(weights: Float64Array, choice: Choice, parent: Lesson["parents"][number] | undefined): Verdict {
  const shares = sharesOf(weights, choice);
  let best = 1;
  for (let k = 2; k < shares.length; k++) if ((shares[k] ?? 0) > (shares[best] ?? 0)) best = k;
  const place = choice.places[best] ?? null;
  return { place, share: shares[best] ?? 0, right: place === parent };
}

interface Sums {
  right: number;
  wrong: number;
  links: number;
  missing: number;
  left: number;
}

/** As it will be used: what was said before is what these weights made of it, not what it truly was. */
function score({ board, parents }: Lesson, weights: Float64Array, sums: Sums): Verdict[] {
  const talk = startTalk(board);
  return parents.flatMap((parent, i): Verdict[] => {
    if (typeof parent === "number") sums.links++;
    if (parent === "missing") sums.missing++;
    const choice = choiceOf(talk, i, parent);
    const verdict = choice.places.length === 0 ? null : verdictOf(weights, choice, parent);
    const linked = verdict !== null && verdict.place !== null && verdict.share >= WORTH;
    if (linked) sums[verdict.right ? "right" : "wrong"]++;
    if (linked && verdict.place !== null) recordReply(talk, i, verdict.place);
    if (parent === "missing" && !linked) sums.left++;
    return verdict === null ? [] : [verdict];
  });
}

const pct = (a: number, b: number): string => ((100 * a) / Math.max(1, b)).toFixed(1).padStart(6);
const NOTHING: Sums = { right: 0, wrong: 0, links: 0, missing: 0, left: 0 };

function print(name: string, { right, wrong, links, missing, left }: Sums): void {
  const f = pct(2 * right, right + wrong + links);
  console.log(
    `${name.padEnd(22)} P${pct(right, right + wrong)} R${pct(right, links)} F${f}  uncaptured left alone${pct(left, missing)} of ${missing}`,
  );
}

/** What was right of the links between two points of the curve, against what it says. */
function printCurve(verdicts: readonly Verdict[]): void {
  for (const [k, [from]] of CURVE.entries()) {
    const to = CURVE[k + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const between = verdicts.filter(({ share }) => share >= from && share < to);
    if (from < WORTH || between.length === 0) continue;
    const said = between.reduce((sum, { share }) => sum + confidenceOf(share, CURVE), 0);
    const right = between.filter((verdict) => verdict.right).length;
    console.log(
      `share from ${from.toFixed(3)} ${String(between.length).padStart(4)} links, said${pct(said, between.length)} right${pct(right, between.length)}`,
    );
  }
}

/** What unseen moderated hours gave, each learned from all other sessions. */
function leaveOneOut(lessons: readonly Lesson[]): Verdict[] {
  const all = { ...NOTHING };
  const moderated = { ...NOTHING };
  const verdicts = lessons.flatMap((lesson) => {
    const weights = learn(lessons.filter((other) => other !== lesson));
    const sums = { ...NOTHING };
    const found = score(lesson, weights, sums);
    print(lesson.session, sums);
    for (const key of Object.keys(all) as (keyof Sums)[]) {
      all[key] += sums[key];
      if (isModerated(lesson)) moderated[key] += sums[key];
    }
    return isModerated(lesson) ? found : [];
  });
  print("moderated, unseen", moderated);
  print("all, unseen", all);
  return verdicts;
}

function tableOf(weights: Float64Array): string {
  const kinds = (["none", "other", "own"] as const).map((kind) => {
    const lines = NAMES[kind].map((name, k) => {
      const weight = Number((weights[FIRST[kind] + k] ?? 0).toFixed(3));
      return `    ${/^[a-z]+$/i.test(name) ? name : JSON.stringify(name)}: ${weight},`;
    });
    return `  ${kind}: {\n${lines.join("\n")}\n  },`;
  });
  return `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: these are learned, whatever they are near
/** Made by scripts/train.ts: how much each feature (rank-features.ts) counts. */
export const WEIGHTS: Readonly<Record<"none" | "other" | "own", Readonly<Record<string, number>>>> = {
${kinds.join("\n")}
};

/** Made by scripts/train.ts: the model's share, and the confidence it is worth. */
export const CURVE: readonly (readonly [number, number])[] = [
${CURVE.map(([share, confidence]) => `  [${share}, ${confidence}],`).join("\n")}
];
`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { set: { type: "string", multiple: true, default: SETS }, dry: { type: "boolean", default: false } },
});
const [data] = positionals;
if (data === undefined) throw new Error("say where the gold data is: npx node scripts/train.ts <folder>");
const sessions = values.set.flatMap((set) => [...bySession(load(data, set))]).sort(([a], [b]) => (a < b ? -1 : 1));
const lessons = sessions.map(([session, rows]) => lessonOf(session, rows));
const unseen = leaveOneOut(lessons);
const weights = learn(lessons);
const sums = { ...NOTHING };
for (const lesson of lessons) score(lesson, weights, sums);
print("all, seen", sums);
printCurve(unseen);
const target = join(dirname(fileURLToPath(import.meta.url)), "../src/thread/rank-weights.ts");
if (!values.dry) writeFileSync(target, tableOf(weights));
