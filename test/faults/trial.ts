import { SESSION } from "../helpers.ts";
import { Checker } from "./check.ts";
import { LAST_SWEEP, type Plan } from "./hour.ts";
import { type Ended, type Room, type Spoilt, Stage } from "./room.ts";

const MINUTE = 60_000;
/** So often a command is given again while X is in trouble, and once it is not. */
const TRIES = 3;
const LAST_TRIES = 12;

/** How a trial ended. */
export interface Told {
  readonly seed: number;
  readonly way: Plan["way"];
  readonly requests: number;
  readonly commands: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Exit codes, how often each. */
  readonly exits: Readonly<Record<string, number>>;
  /** What is wrong, and what it was like; null: nothing. */
  readonly wrong: string | null;
}

export interface Around extends Spoilt {
  /** Told of each command as it ends. */
  readonly watch?: (stage: Stage, ended: Ended) => void;
}

/** Captures a plan's session until it is whole, and looks after each command whether that is true. */
export async function tryOut(room: Room, plan: Plan, { watch, ...spoilt }: Around = {}): Promise<Told> {
  const stage = new Stage(room, plan, spoilt);
  const exits = new Map<string, number>();
  try {
    const checker = new Checker(stage);
    const command = async (way: Plan["way"]): Promise<Given> => {
      const ended = await stage.command(way, plan.maxPosts);
      exits.set(String(ended.code), (exits.get(String(ended.code)) ?? 0) + 1);
      watch?.(stage, ended);
      return { ended, wrong: checker.look(ended, plan) };
    };
    const troubled = await inTrouble(stage, plan, command);
    const wrong = troubled.wrong ?? (isWhole(troubled.ended) ? null : await toTheEnd(stage, plan, command)) ?? (await again(stage, plan));
    return {
      seed: plan.seed,
      way: plan.way,
      requests: stage.x.requests,
      commands: [...exits.values()].reduce((sum, n) => sum + n, 0),
      faults: Object.fromEntries(stage.trouble.met),
      exits: Object.fromEntries(exits),
      wrong,
    };
  } finally {
    stage.close();
  }
}

interface Given {
  readonly ended: Ended;
  readonly wrong: string | null;
}
type Give = (way: Plan["way"]) => Promise<Given>;

const isWhole = (ended: Ended | null): boolean => ended?.code === 0 && ended.coverage?.complete === true;

/** At each moment the command is given, and again until it has come to its end or nobody has the patience. */
async function inTrouble(stage: Stage, { moments, way }: Plan, give: Give): Promise<{ ended: Ended | null; wrong: string | null }> {
  let given: { ended: Ended | null; wrong: string | null } = { ended: null, wrong: null };
  for (const moment of moments) {
    await stage.wait(moment);
    for (let n = 0; n < TRIES; n++) {
      given = await give(way === "--follow" && stage.clock.now() > (moments[0] ?? 0) + 60 * MINUTE ? "plain" : way);
      const { ended, wrong } = given;
      if (wrong !== null) return given;
      if (ended === null || ended.code === 0) break;
      await stage.wait(ended.until ?? stage.clock.now() + (ended.stopped === "max posts" ? 0 : (n + 1) * 4 * MINUTE));
    }
  }
  return given;
}

/** X answers as it should again: the same command makes the session whole. */
async function toTheEnd(stage: Stage, { way, moments }: Plan, give: Give): Promise<string | null> {
  stage.trouble.over = true;
  await stage.wait(Math.max(LAST_SWEEP, moments.at(-1) ?? 0, stage.trouble.brokeUntil));
  let last: Ended | null = null;
  for (let n = 0; n < LAST_TRIES; n++) {
    const { ended, wrong } = await give(way === "--follow" ? "plain" : way);
    if (wrong !== null) return wrong;
    if (isWhole(ended)) return null;
    last = ended;
    await stage.wait(ended.until ?? stage.clock.now() + (ended.stopped === "max posts" ? 0 : MINUTE));
  }
  return `stuck: exit ${last?.code}, ${last?.stopped}, complete ${last?.coverage?.complete} after ${LAST_TRIES} commands without a fault: ${JSON.stringify(last?.coverage?.gaps)} ${last?.said}`;
}

/** What was received gives the same archive again. */
async function again(stage: Stage, { rebuilt }: Plan): Promise<string | null> {
  if (!rebuilt) return null;
  const { code, said } = await stage.run("check", "--read-data");
  if (code !== 0) return `rebuild: check says ${code}: ${said}`;
  const before = dump(stage);
  const made = await stage.run("rebuild");
  if (made.code !== 0) return `rebuild: says ${made.code}: ${made.said}`;
  return dump(stage) === before ? null : `rebuild: gives another archive of ${SESSION}`;
}

const dump = (stage: Stage): string =>
  JSON.stringify(
    ["tweet", "alias", "version", "member", "author"].map((table) =>
      stage
        .all(`SELECT * FROM ${table}`)
        .map((row) => JSON.stringify(row))
        .sort(),
    ),
  );
