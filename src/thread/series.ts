import type { Coverage, Question, TweetId } from "../model.ts";
import { type Board, type SessionInput, setBoard } from "./board.ts";
import { type Finding, key, type Scene, type Writing } from "./findings.ts";
import { guessHosts } from "./hosts.ts";
import { keyOf } from "./questions.ts";

/** What there is to say of the session as a whole: what was captured, who asks, which numbers are there. */
export function sessionFindings(board: Board, scene: Scene, coverage: Coverage | null): Finding[] {
  return [...gapFindings(coverage), ...hostFindings(board, scene), ...missingFindings(board, scene), ...unmatchedFindings(board, scene)];
}

const MINUTE = 60_000;

function gapFindings(coverage: Coverage | null): Finding[] {
  if (coverage === null) return [];
  const gap = { kind: "gap", i: null, below: 0, write: null } as const;
  if (coverage.complete === false && coverage.gaps.length === 0)
    return [{ ...gap, weight: 1000, why: "the capture has not come to its end: some of what these tweets answer was not asked for" }];
  return coverage.gaps.map(({ from, to, query, why }): Finding => {
    const minutes = Math.max(1, Math.round((to - from) / MINUTE));
    return { ...gap, weight: 1000 + minutes, why: `${minutes} min of "${query}" may be missing: ${why}` };
  });
}

/** Nothing was found that is asked, or nobody is named who asks. */
function hostFindings(board: Board, { placed, transcript }: Scene): Finding[] {
  if (placed.length === 0) return [];
  const found = { i: null, below: placed.length } as const;
  const { are, guessed } = hostsIn(board);
  const others = are === "named" ? unnamedHosts(board) : [];
  if (others.length > 0) {
    const why = `${others.map((who) => `@${who}`).join(", ")} asked a series of numbers, and ${others.length === 1 ? "is" : "are"} not named as host`;
    const here = board.input.hosts.filter((who) => board.byAuthor.has(who.toLowerCase()));
    const line = `hosts: [${[...here, ...others].join(", ")}]`;
    return [{ kind: "hosts", ...found, weight: placed.length * 0.5, why, write: { under: null, lines: [line] } }];
  }
  const write: Writing = {
    under: null,
    lines: [guessed.length === 0 ? "hosts: [ ]  # who asks the questions" : `hosts: [${guessed.join(", ")}]`],
  };
  if (transcript.questions.length === 0) {
    const question = newQuestion(board, { number: 1, from: 0, to: placed.length });
    const why = "no question was found: all tweets stand outside questions";
    return [{ kind: "no question", ...found, weight: placed.length * 0.5, why, write: are === "named" ? question : write }];
  }
  if (are === "guessed") {
    const why = `nobody is named as host: ${guessed.map((who) => `@${who}`).join(", ")} asked a series of numbers, and was taken for one`;
    return [{ kind: "hosts", ...found, weight: placed.length * 0.2, why, write }];
  }
  const noted = transcript.questions.some((q) => q.from !== "tweet");
  if (are === "named" || noted) return [];
  return [
    { kind: "hosts", ...found, weight: placed.length * 0.1, why: "nobody is named as host, and nobody asks a series of numbers", write },
  ];
}

/** How the hosts of a session are known, and whom it took for one, as they spell their handles. */
export interface Hosts {
  readonly are: Board["hostsAre"];
  readonly guessed: readonly string[];
}

const hostsIn = (board: Board): Hosts => ({
  are: board.hostsAre,
  guessed: board.hostsAre === "guessed" ? [...board.hosts].map((who) => spelled(board, who)).sort() : [],
});

/** A handle as its author spells it. */
const spelled = (board: Board, who: string): string => board.tweets[board.byAuthor.get(who)?.[0] ?? -1]?.tweet.author.handle ?? who;

/** Who would be taken for a host if none were named: last month's host stands in chat.md, or a co-host in no file. */
const unnamedHosts = (board: Board): string[] =>
  [...guessHosts(board.tweets)]
    .filter((who) => !board.hosts.has(who))
    .map((who) => spelled(board, who))
    .sort();

/** Like `hostsIn`, before a session is placed; where hosts are named nothing is read. */
export const hostsOf = (input: SessionInput): Hosts => (input.hosts.length > 0 ? { are: "named", guessed: [] } : hostsIn(setBoard(input)));

/** Q3 is asked and Q2 is not. */
function missingFindings(board: Board, scene: Scene): Finding[] {
  const numbered = scene.transcript.questions.filter((q) => !q.side);
  const have = new Set(wholeNumbers(numbered));
  const last = Math.max(0, ...have);
  const missing = Array.from({ length: last }, (_, n) => n + 1).filter((n) => !have.has(n));
  return missing.map((number): Finding => {
    const said = saying(board, String(number));
    const [from, to] = around(scene, numbered, number);
    const why = `${nameAround(have, number)}, and nobody asks Q${number}${said.length === 0 ? "" : `; ${tweets(said.length)} ${said.length === 1 ? "says" : "say"} its number`}`;
    const below = Math.max(said.length, Math.round((to - from) / 2));
    return {
      kind: "missing number",
      i: null,
      weight: 2 + said.length + (to - from) * 0.2,
      why,
      below,
      write: newQuestion(board, { number, from, to }),
    };
  });
}

/** Q2, Q2a, Q2.5 -> 2 */
const wholeNumbers = (questions: readonly Question[]): number[] =>
  questions.flatMap((q) => /^Q(\d{1,3})(?!\d)/.exec(q.label)?.[1] ?? []).map(Number);

const tweets = (n: number): string => (n === 1 ? "1 tweet" : `${n} tweets`);

const nameAround = (have: ReadonlySet<number>, n: number): string =>
  [n - 1, n + 1]
    .filter((near) => have.has(near))
    .map((near) => `Q${near}`)
    .join(" and ") || `higher numbers`;

/** Tweets whose own number has this key. */
const saying = (board: Board, wanted: string): number[] => board.tweets.flatMap((p, i) => (p.own?.key === wanted ? [i] : []));

/** The places between the question before a number and the one after it. */
function around({ placed, place }: Scene, numbered: readonly Question[], number: number): [from: number, to: number] {
  const at = (q: Question | undefined): number | undefined => place.get(q?.asks[0] ?? "");
  const before = numbered.filter((q) => q.number < number).at(-1);
  const after = numbered.find((q) => q.number > number);
  const from = at(before) ?? 0;
  return [from, Math.max(from, at(after) ?? placed.length)];
}

/** An entry for the notes: by the tweet of a host that asks something there, else by words that are to be filled in. */
function newQuestion(board: Board, { number, from, to }: { readonly number: number; readonly from: number; readonly to: number }): Writing {
  const id = likelyAsk(board, from, to);
  const entry = id === null ? `{ number: ${number}, text: "" }  # its words, between the quotes` : `{ number: ${number}, ask: ${key(id)} }`;
  return { under: "questions", lines: [`- ${entry}`] };
}

/** The longest question by a host in [from, to) that answers nobody and has no number. */
function likelyAsk(board: Board, from: number, to: number): TweetId | null {
  const asking = board.tweets
    .slice(from, to)
    .filter((p) => board.hosts.has(p.who) && p.question && p.own === null && p.lead.length === 0)
    .filter(({ tweet }) => tweet.replyTo === null && tweet.repostOf === null);
  const [longest] = asking.sort((a, b) => b.tweet.text.length - a.tweet.text.length);
  return longest?.tweet.id ?? null;
}

/** Numbers that match no question, all tweets with one number together. What a missing question explains is not told twice. */
function unmatchedFindings(board: Board, { placed, transcript }: Scene): Finding[] {
  const stray = placed.flatMap(({ placement: { reason, label, hidden } }, i) =>
    reason === "unmatched" && !hidden ? [{ i, label: label ?? "" }] : [],
  );
  const last = Math.max(0, ...wholeNumbers(transcript.questions));
  return [...Map.groupBy(stray, ({ label }) => keyOf(label))].flatMap(([of, group]): Finding[] => {
    const [first] = group;
    const number = Number(of);
    const whole = Number.isInteger(number) && number >= 0;
    if (first === undefined || (whole && number > 0 && number < last)) return [];
    const people = new Set(group.map(({ i }) => board.tweets[i]?.who)).size;
    const why = `${group.length === 1 ? "says" : `${group.length} tweets say`} ${first.label}, which nobody asks`;
    const asked = whole && people > 1 ? { write: newQuestion(board, { number, from: 0, to: first.i }) } : {};
    return [{ kind: "unmatched", i: first.i, weight: group.length, why, below: group.length - 1, ...asked }];
  });
}
