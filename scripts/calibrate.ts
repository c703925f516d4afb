// npx node scripts/calibrate.ts <folder with critlib.jsonl> [--set critlib] [--json]
// How often placement is right where it says how sure it is: bins of .1, for the questions and for the parents. A bin that is off by
// more than five points is marked; so few tweets that chance alone could do it are marked too.
import { parseArgs } from "node:util";
import type { Placement } from "../src/model.ts";
import { acceptedOf, blind, bySession, filedAs, hostsOf, linkOf, load, placementsOf, questionsOf, type Row, thread } from "./evaluate.ts";

/** One tweet judged: how sure it was said to be, and whether it was right. `by`: the rung that said it. */
interface Verdict {
  readonly confidence: number;
  readonly right: boolean;
  readonly by: string;
}

interface Bin {
  readonly name: string;
  readonly n: number;
  /** Of the bin, from 0 to 1. */
  readonly said: number;
  readonly right: number;
  /** Off by more than five points. */
  readonly off: boolean;
  /** By less than two standard errors: it may be chance. */
  readonly chance: boolean;
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / (xs.length || 1);

function binOf(name: string, verdicts: readonly Verdict[]): Bin {
  const said = mean(verdicts.map(({ confidence }) => confidence));
  const right = mean(verdicts.map((v) => Number(v.right)));
  const error = Math.sqrt((said * (1 - said)) / (verdicts.length || 1));
  const gap = Math.abs(right - said);
  return { name, n: verdicts.length, said, right, off: gap > 0.05, chance: gap < 2 * error };
}

/** The verdicts by what `name` says of each, in order of the names. */
function bins(verdicts: readonly Verdict[], name: (verdict: Verdict) => string): Bin[] {
  return [...Map.groupBy(verdicts, name)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => binOf(key, group));
}

/** 0.63 -> `0.6-0.7`; 1 belongs to the last. */
const tenth = ({ confidence }: Verdict): string => {
  const low = Math.min(9, Math.floor(confidence * 10 + 1e-9));
  return `${(low / 10).toFixed(1)}-${((low + 1) / 10).toFixed(1)}`;
};

type Sessions = readonly (readonly Row[])[];

const placed = (rows: readonly Row[], view: Parameters<typeof thread>[1]) => placementsOf(thread(rows, { hosts: hostsOf(rows), ...view }));

const verdictOf = (p: Placement | undefined, right: boolean): Verdict[] =>
  p === undefined ? [] : [{ confidence: p.confidence, right, by: p.reason }];

/** Tweets that bear a gold number, with what `view` shows; the questions are given. */
function numbered(sessions: Sessions, view: Parameters<typeof thread>[1], sources: readonly string[]): Verdict[] {
  return sessions.flatMap((rows) => {
    const out = placed(rows, { ...view, questions: questionsOf(rows) });
    const asked = rows.filter(({ gold }) => sources.includes(gold.source ?? ""));
    return asked.flatMap(({ id, gold }) => verdictOf(out.get(id), out.get(id)?.question === gold.question));
  });
}

/** Every tweet of the sessions labelled in full. */
function filed(sessions: Sessions): Verdict[] {
  return sessions
    .filter((rows) => rows.some((row) => row.gold.section))
    .flatMap((rows) => {
      const out = placed(rows, {});
      return rows.flatMap((row) => {
        const accepted = acceptedOf(row);
        return accepted === null ? [] : verdictOf(out.get(row.id), accepted.includes(filedAs(out.get(row.id)) ?? ""));
      });
    });
}

/** Parents found without ids; one that is given to a reply whose parent is not held is wrong. */
function linked(sessions: Sessions): Verdict[] {
  return sessions.flatMap((rows) => {
    const out = placed(rows, { ids: false });
    return rows.flatMap(({ id, gold }): Verdict[] => {
      const p = out.get(id);
      const link = linkOf(p);
      if (p === undefined || link === null) return [];
      return [{ confidence: p.parentConfidence ?? p.confidence, right: link === gold.parent, by: p.parentReason ?? "" }];
    });
  });
}

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`.padStart(8);
const row = ({ name, n, said, right, off, chance }: Bin): string =>
  `  ${name.padEnd(14)}${String(n).padStart(5)}${percent(said)}${percent(right)}${off ? (chance ? "  off, perhaps by chance" : "  OFF") : ""}`;

function run(): void {
  const { values, positionals } = parseArgs({
    options: { set: { type: "string", default: "critlib" }, json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [data] = positionals;
  if (data === undefined) throw new Error("say where the gold data lies: npx node scripts/calibrate.ts <folder>");
  const sessions: Sessions = [...bySession(load(data, values.set)).values()];
  const sets: Readonly<Record<string, readonly Verdict[]>> = {
    "questions, as captured": numbered(sessions, {}, ["prefix", "chain"]),
    "questions, numbers cut out": numbered(sessions, { text: blind }, ["prefix"]),
    "questions, numbers and ids cut out": numbered(sessions, { text: blind, ids: false }, ["prefix"]),
    "sections, as captured": filed(sessions),
    "parents, ids cut out": linked(sessions),
  };
  const tables = Object.entries(sets).map(([name, verdicts]) => ({
    name,
    bins: bins(verdicts, tenth),
    reasons: bins(verdicts, ({ by }) => by),
  }));
  if (values.json) console.log(JSON.stringify(tables));
  else
    for (const { name, bins: byTenth, reasons } of tables) {
      console.log(`${name}\n${"confidence".padEnd(16)}${"n".padStart(5)}${"said".padStart(8)}${"right".padStart(8)}`);
      for (const bin of [...byTenth, ...reasons]) console.log(row(bin));
      const off = byTenth.filter((bin) => bin.off);
      console.log(`  ${off.length === 0 ? "no bin is off by more than 5 points" : `off: ${off.map((bin) => bin.name).join(", ")}`}\n`);
    }
}

if (import.meta.main) run();
