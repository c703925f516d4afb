// npm run demo -- --capture: an hour of the bundled chat as it is captured while it happens. A stand-in for X on loopback says the tweets
// again, each at its own second of a clock that goes sixty times as fast; the command is the real one. `--once` ends after building.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import type { Agent } from "node:http";
import { join } from "node:path";
import { Folder } from "../src/archive/folder.ts";
import type { Effects } from "../src/cli/command.ts";
import { main } from "../src/cli/main.ts";
import { ROOT } from "../src/cli/paths.ts";
import type { Clock } from "../src/clock.ts";
import { sweepsOf } from "../src/config/sweeps.ts";
import { EXIT, type ExitCode } from "../src/errors.ts";
import type { SessionWindow } from "../src/model.ts";
import { scaledClock } from "../test/x/clock.ts";
import { StandIn } from "../test/x/standin.ts";
import { demoPosts } from "./demo-posts.ts";

const CHAT = "mendchat";
/** The newest of the bundled sessions. */
const SESSION = `${CHAT}/2026-11-03`;
const FACTOR = 60;
/** Git ignores it. */
const FOLDER = "data/demo/.state";
const MINUTE = 60_000;
/** X's index is behind by about so much. */
const LAG = 30_000;
/** Not a real one: the stand-in takes no other. */
const TOKEN = "made-up-for-the-demo";

/** A clock that can leave out a time in which nothing happens. */
export interface StageClock extends Clock {
  skipTo(time: number): Promise<unknown>;
}

export interface Stage {
  readonly clock: StageClock;
  readonly url: string;
  readonly agent?: Agent;
  /** Its folder, as a person in the clone would type it. */
  readonly archive: string;
  readonly effects: Pick<Effects, "out" | "err" | "terminal" | "stopped">;
}

/** A fresh archive that knows the chat and the session's notes, and has no tweet. */
export function makeArchive(archive: string): { readonly window: SessionWindow } {
  rmSync(archive, { recursive: true, force: true });
  mkdirSync(archive, { recursive: true });
  for (const file of ["site.yml", `chats/${CHAT}/chat.md`, `chats/${SESSION}.md`])
    cpSync(join(ROOT, "data/demo", file), join(archive, file), { recursive: true });
  const folder = new Folder(archive);
  const [chat] = folder.chats;
  const window = chat === undefined ? null : (folder.session(chat, SESSION.slice(CHAT.length + 1), null)?.window ?? null);
  if (window === null) throw new Error(`data/demo: ${SESSION} has no window`);
  return { window };
}

/** A minute before the window opens. */
export const curtain = ({ start, lead }: SessionWindow): number => start - lead * MINUTE - MINUTE;

export const openStandIn = (clock: Clock): StandIn => new StandIn({ clock, posts: demoPosts(), token: TOKEN, lag: LAG });

/** The hour, followed to its end, and the sweep of the day after. Ends with the exit code of the first command that does not end well. */
export async function play(stage: Stage, window: SessionWindow): Promise<ExitCode> {
  const followed = await run(stage, "capture", SESSION, "--follow");
  if (followed !== EXIT.done) return followed;
  await stage.clock.skipTo((sweepsOf(window).at(-1) ?? 0) + MINUTE);
  stage.effects.err("The day after:\n");
  return run(stage, "capture", "--due");
}

async function run({ clock, url, agent, archive, effects }: Stage, ...typed: readonly string[]): Promise<ExitCode> {
  const words = [...typed, "--archive", archive];
  effects.err(`$ npx chatscribe ${words.join(" ")}\n`);
  return main(words, {
    ...effects,
    clock,
    now: () => clock.now(),
    ...(agent !== undefined && { agent }),
    env: { X_API_URL: url, X_BEARER_TOKEN: TOKEN, CI: process.env.CI },
    cwd: ROOT,
    ask: () => Promise.reject(new Error("the demo asks nothing")),
  });
}

/** As `npm run demo -- --capture` does it. */
export async function demoCapture({ once }: { readonly once: boolean }): Promise<ExitCode> {
  const archive = `${FOLDER}/capture`;
  const { window } = makeArchive(join(ROOT, archive));
  const clock = fastClock(curtain(window));
  const standIn = await openStandIn(clock).listen();
  const stage: Stage = { clock, url: standIn.url, archive, effects: ownEffects() };
  try {
    stage.effects.err(
      `An hour of #${CHAT}, captured while it happens, ${FACTOR} times as fast: about two and a half minutes. A stand-in for X\n` +
        "on this machine says the tweets again; X itself is not asked, and no key is needed. Ctrl-C ends it.\n",
    );
    const captured = await play(stage, window);
    if (captured !== EXIT.done) return captured;
    const site = ["--out", `${FOLDER}/site`];
    const built = await run(stage, "build", ...site);
    return built !== EXIT.done || once ? built : run(stage, "serve", ...site);
  } finally {
    await standIn.close();
  }
}

function fastClock(start: number): StageClock {
  const clock = scaledClock(FACTOR, start);
  let ahead = 0;
  const now = (): number => clock.now() + ahead;
  return {
    now,
    machine: now,
    after: (ms, then) => clock.after(Math.max(0, ms), then),
    async skipTo(time) {
      ahead += Math.max(0, time - now());
    },
  };
}

const ownEffects = (): Stage["effects"] => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
  stopped: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
});
