// npx node scripts/evaluate.ts <folder with critlib.jsonl and pstc-labelled.jsonl> [--task place-ids,parent] [--set critlib] [--json]
// Scores placement against gold labels, in this process: what the command line would do to the same tweets, without its files.
// Gold is never shown to the program: each task hides what it asks for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseNotes } from "../src/config/notes.ts";
import type { Placement, Transcript, Tweet } from "../src/model.ts";
import { chatscribeParser } from "../src/source/parse/chatscribe.ts";
import { transcribe } from "../src/thread/transcript.ts";

/** One tweet of the gold data (its README says what the keys mean). Times in seconds. */
export interface Row {
  readonly session: string;
  readonly id: string;
  readonly user: string;
  readonly time: number;
  readonly text: string;
  readonly blind?: string;
  readonly replyTo?: string | null;
  readonly replyToUser?: string | null;
  readonly quoteOf?: string | null;
  readonly host?: string;
  readonly gold: {
    readonly parent?: string | null;
    /** A number; in an open chat the id of the tweet that asks. */
    readonly question?: number | string | null;
    readonly source?: string | null;
    readonly section?: readonly (string | number)[];
    readonly kind?: string;
  };
}

/** What the program may see of a session. */
export interface View {
  readonly text?: (row: Row) => string;
  readonly ids?: boolean;
  readonly hosts?: readonly string[];
  readonly questions?: readonly { readonly number: unknown; readonly ask: string }[];
}

export const load = (data: string, name: string): Row[] =>
  readFileSync(join(data, `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);

export function bySession(rows: readonly Row[]): Map<string, Row[]> {
  const sessions = new Map<string, Row[]>();
  for (const row of rows) sessions.set(row.session, [...(sessions.get(row.session) ?? []), row]);
  return sessions;
}

/** The session as it would be exported after an import, with a notes file of these questions. */
export function thread(rows: readonly Row[], { text = (row) => row.text, ids = true, hosts = [], questions = [] }: View): Transcript {
  const parser = chatscribeParser({ chat: "bench", session: null });
  const tweets = new Map<string, Tweet>();
  for (const row of rows) {
    const seen = ids ? { reply_to: row.replyTo ?? null, reply_to_user: row.replyToUser ?? null, quotes: row.quoteOf ?? null } : {};
    const created = new Date(row.time * 1000).toISOString();
    const record = { id: row.id, author: row.user, name: row.user, created_at: created, text: text(row), ...seen };
    for (const { tweet } of parser.read(JSON.stringify(record), 0)?.observations ?? []) tweets.set(tweet.id, tweet);
  }
  const times = rows.map((row) => row.time);
  const start = Math.floor(Math.min(...times) / 60) * 60_000;
  const minutes = Math.ceil((Math.max(...times) - start / 1000) / 60) + 1;
  const slug = new Date(start).toISOString().slice(0, 10);
  return transcribe({
    session: { chat: "bench", slug, window: { start, minutes, lead: 0, grace: 0 } },
    zone: "UTC",
    hosts,
    notes: parseNotes(`---\nquestions: ${JSON.stringify(questions)}\n---\n`, `${slug}.md`),
    tweets: [...tweets.values()],
    untagged: new Set(),
    context: [],
  });
}

export const placementsOf = (transcript: Transcript): Map<string, Placement> =>
  new Map(transcript.placed.map(({ tweet, placement }) => [tweet.id, placement]));

export const hostsOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.filter(({ gold }) => gold.source === "host").map(({ user }) => user)),
];

/** The first asker of every number, for the notes. */
export function questionsOf(rows: readonly Row[]): NonNullable<View["questions"]> {
  const seen = new Map<unknown, string>();
  for (const { gold, id } of rows) if (gold.source === "host" && !seen.has(gold.question)) seen.set(gold.question, id);
  return [...seen].map(([number, ask]) => ({ number, ask }));
}

/** Numbers cut out. */
export const blind = (row: Row): string => row.blind ?? row.text;

/** The tweet it is taken to answer, where the relation is one of answering. */
export const linkOf = (p: Placement | undefined): string | null =>
  p !== undefined && (p.relation === "reply" || p.relation === "continuation" || p.relation === "mention") ? p.parent : null;

/** What a reader would call the place of a tweet: its question's number, else its section. */
export const filedAs = (p: Placement | undefined): string | number | undefined =>
  p?.question ?? (p?.section === "unplaced" ? "spam" : p?.section);

/** The labels accepted for a tweet of a fully labelled session; null: none. */
export const acceptedOf = ({ gold }: Row): readonly (string | number)[] | null =>
  gold.section ?? (gold.question === null || gold.question === undefined ? null : [gold.question]);

const pct = (x: number): number => Math.round(x * 1000) / 10;
const f1 = (tp: number, fp: number, fn: number) => ({
  P: pct(tp / (tp + fp || 1)),
  R: pct(tp / (tp + fn || 1)),
  F: pct((2 * tp) / (2 * tp + fp + fn || 1)),
});

type Figures = Readonly<Record<string, unknown>>;
type Per = Record<string, number>;

/** Accuracy, and macro-F1 over (session, question), of the tweets whose label comes from one of `sources`. */
function placement(sessions: ReadonlyMap<string, readonly Row[]>, view: View, sources: readonly string[]): Figures {
  const per: Per = {};
  const cells = new Map<string, { tp: number; fp: number; fn: number }>();
  const cell = (key: string) => {
    const known = cells.get(key) ?? { tp: 0, fp: 0, fn: 0 };
    cells.set(key, known);
    return known;
  };
  let [right, all] = [0, 0];
  for (const [session, rows] of sessions) {
    const out = placementsOf(thread(rows, { ...view, hosts: hostsOf(rows), questions: questionsOf(rows) }));
    let [r, n] = [0, 0];
    for (const { id, gold } of rows) {
      if (!sources.includes(gold.source ?? "")) continue;
      const got = out.get(id)?.question ?? null;
      n++;
      if (got === gold.question) {
        r++;
        cell(`${session} ${got}`).tp++;
      } else {
        cell(`${session} ${gold.question}`).fn++;
        if (got !== null) cell(`${session} ${got}`).fp++;
      }
    }
    per[session] = pct(r / n);
    right += r;
    all += n;
  }
  const Fs = [...cells.values()].map(({ tp, fp, fn }) => f1(tp, fp, fn).F);
  return { accuracy: pct(right / all), macroF1: Math.round((Fs.reduce((a, b) => a + b, 0) / Fs.length) * 10) / 10, n: all, per };
}

function questions(sessions: ReadonlyMap<string, readonly Row[]>): Figures {
  let [tp, fp, fn] = [0, 0, 0];
  const per: Per = {};
  for (const [session, rows] of sessions) {
    const out = thread(rows, { hosts: hostsOf(rows) });
    const sides = new Set(out.questions.filter((q) => q.side).map((q) => q.number));
    const gold = new Map(rows.filter((row) => row.gold.source === "host").map((row) => [row.id, row.gold.question]));
    const found = new Set<unknown>();
    let bad = 0;
    for (const { tweet, placement: p } of out.placed) {
      if (p.asks === null || (p.question !== null && sides.has(p.question))) continue;
      if (gold.get(tweet.id) === p.asks) found.add(p.asks);
      else bad++;
    }
    const missed = new Set(gold.values()).size - found.size;
    tp += found.size;
    fp += bad;
    fn += missed;
    per[session] = f1(found.size, bad, missed).F;
  }
  return { ...f1(tp, fp, fn), per };
}

function parents(sessions: ReadonlyMap<string, readonly Row[]>): Figures {
  const sum = { tp: 0, fp: 0, fn: 0, sure: 0, sureRight: 0, gone: 0, left: 0 };
  const per: Per = {};
  for (const [session, rows] of sessions) {
    const out = placementsOf(thread(rows, { ids: false, hosts: hostsOf(rows) }));
    const was = { ...sum };
    for (const { id, gold } of rows) {
      const p = out.get(id);
      const link = linkOf(p);
      const right = link !== null && link === gold.parent;
      const sure = link !== null && (p?.parentConfidence ?? p?.confidence ?? 0) >= 0.8;
      sum.sure += Number(sure);
      sum.sureRight += Number(sure && right);
      sum.gone += Number(gold.parent === "missing");
      sum.left += Number(gold.parent === "missing" && link === null);
      sum.tp += Number(right);
      sum.fp += Number(link !== null && !right);
      sum.fn += Number(!right && Boolean(gold.parent) && gold.parent !== "missing");
    }
    per[session] = f1(sum.tp - was.tp, sum.fp - was.fp, sum.fn - was.fn).F;
  }
  const { tp, fp, fn, sure, sureRight, gone, left } = sum;
  return { ...f1(tp, fp, fn), rightWhenSure: pct(sureRight / (sure || 1)), sure, missingLeftUnlinked: pct(left / (gone || 1)), per };
}

/** Every tweet of the fully labelled sessions: its question, or its section outside the questions. */
function sections(sessions: ReadonlyMap<string, readonly Row[]>): Figures {
  let [right, n] = [0, 0];
  const per: Per = {};
  for (const [session, rows] of sessions) {
    if (!rows.some((row) => row.gold.section)) continue;
    const out = placementsOf(thread(rows, { hosts: hostsOf(rows) }));
    const asked = rows.flatMap((row) => {
      const accepted = acceptedOf(row);
      return accepted === null ? [] : [{ id: row.id, accepted }];
    });
    const r = asked.filter(({ id, accepted }) => accepted.includes(filedAs(out.get(id)) ?? "")).length;
    per[session] = pct(r / asked.length);
    right += r;
    n += asked.length;
  }
  return { accuracy: pct(right / (n || 1)), n, per };
}

/** An open chat: which tweets ask, and which of them each tweet belongs to. */
function open(sessions: ReadonlyMap<string, readonly Row[]>): Figures {
  let [tp, fp, fn, right, n] = [0, 0, 0, 0, 0];
  const per: Record<string, object> = {};
  for (const [session, rows] of sessions) {
    const out = thread(rows, { ids: false, hosts: [...new Set(rows.flatMap((row) => row.host ?? []))] });
    const asked = new Map<number, string>(); // a re-ask does not overwrite the first asker
    for (const { tweet, placement: p } of out.placed) if (p.asks !== null && !asked.has(p.asks)) asked.set(p.asks, tweet.id);
    const gold = new Set(rows.filter((row) => row.gold.kind === "q").map((row) => row.id));
    const askers = new Set(asked.values());
    const hits = [...asked.values()].filter((id) => gold.has(id)).length;
    const placed = placementsOf(out);
    const r = rows.filter(({ id, gold: g }) => {
      const q = placed.get(id)?.question ?? null;
      return (q === null ? null : (asked.get(q) ?? null)) === (g.kind === "q" ? id : g.question);
    }).length;
    const missed = [...gold].filter((id) => !askers.has(id)).length;
    tp += hits;
    fp += asked.size - hits;
    fn += missed;
    right += r;
    n += rows.length;
    per[session] = { F: f1(hits, asked.size - hits, missed).F, placedRight: pct(r / rows.length) };
  }
  return { ...f1(tp, fp, fn), placedRight: pct(right / n), n, per };
}

/** Every task, by name. `set`: the file of the moderated chats. */
const tasksOn = (data: string, set: string): Readonly<Record<string, () => Figures>> => {
  const moderated = () => bySession(load(data, set));
  return {
    questions: () => questions(moderated()),
    "place-full": () => placement(moderated(), {}, ["prefix", "chain"]),
    "place-ids": () => placement(moderated(), { text: blind }, ["prefix"]),
    "place-blind": () => placement(moderated(), { text: blind, ids: false }, ["prefix"]),
    parent: () => parents(moderated()),
    sections: () => sections(moderated()),
    open: () => open(bySession(load(data, "pstc-labelled"))),
  };
};

function run(): void {
  const { values, positionals } = parseArgs({
    options: { task: { type: "string" }, set: { type: "string", default: "critlib" }, json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [data] = positionals;
  if (data === undefined) throw new Error("say where the gold data lies: npx node scripts/evaluate.ts <folder>");
  const tasks = tasksOn(data, values.set);
  const result: Record<string, Figures> = {};
  for (const name of values.task?.split(",") ?? Object.keys(tasks)) {
    const task = tasks[name];
    if (task === undefined) throw new Error(`unknown task "${name}"; there are: ${Object.keys(tasks).join(", ")}`);
    result[name] = task();
    if (!values.json) console.log(name.padEnd(12), JSON.stringify(result[name]));
  }
  if (values.json) console.log(JSON.stringify(result));
}

if (import.meta.main) run();
