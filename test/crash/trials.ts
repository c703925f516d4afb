import { type Capturing, captureOnFullDisk, killedCapture } from "./capture.ts";
import { ACKS, acknowledged, faultOfFiles } from "./check.ts";
import { afterKill, afterPowerCut, type Change, type Files, given, randomFrom } from "./disk.ts";
import { type Ended, killed, refused, type Undisturbed } from "./real.ts";
import { recordStory } from "./shim.ts";
import { type Moments, smallStory } from "./story.ts";

/** What a process did to its files while it told the small story. */
export interface Recording {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Of the changes: those that made what it found, and the commits that had been acknowledged there. */
  readonly found: number;
  readonly told: number;
}

export interface Trial {
  readonly kind: "kill state" | "power cut" | "kill -9" | "ENOSPC" | "EIO" | "capture kill -9" | "capture ENOSPC";
  /** What is tried, for a person. */
  readonly what: string;
  run(): Promise<Ended>;
}

export interface Recorded {
  readonly room: string;
  readonly moments: Moments;
  readonly recordings: readonly Recording[];
}

/** The small story told in a new archive, with a log that often flows back, and over what a power cut left of it. */
export function recordAll(room: string, shim: string): Recording[] {
  const often = recordStory(room, shim, { plant: "checkpoints" });
  const whole = (name: string, changes: readonly Change[]): Recording => ({ name, changes, found: 0, told: 0 });
  const cut = often.slice(0, Math.floor(often.length * 0.6));
  const left = new Map([...afterPowerCut(cut, randomFrom(1))].filter(([name]) => name !== ACKS));
  return [
    whole("a new archive", recordStory(room, shim)),
    whole("frequent checkpoints", often),
    { name: "after a power cut", changes: recordStory(room, shim, { found: left }), found: given(left).length, told: acknowledged(cut) },
  ];
}

/** Every state that a kill can leave, and `cuts` of those that a power cut can leave at each change. Their order never changes. */
export function statesOf({ room, moments, recordings }: Recorded, cuts: number): Trial[] {
  const trials = recordings.flatMap((recording, r) => {
    const { name, changes, told, found } = recording;
    const trial = (kind: Trial["kind"], taken: number, how: string, filesOf: (prefix: readonly Change[]) => Files): Trial => ({
      kind,
      what: `${name}, change ${taken} of ${changes.length}${how}`,
      async run() {
        const prefix = changes.slice(0, taken);
        const here = { room, moments, story: smallStory, told: Math.max(told, acknowledged(prefix)) };
        return { fault: await faultOfFiles(filesOf(prefix), here), how: "looked at" };
      },
    });
    return Array.from({ length: changes.length + 1 - found }, (_, i) => {
      const taken = found + i;
      const written = changes[taken - 1]?.kind === "write" ? (changes[taken - 1]?.bytes.length ?? 0) : 0;
      const torn = written < 2 ? [] : [0.5, randomFrom(taken)()];
      return [
        trial("kill state", taken, "", (prefix) => afterKill(prefix)),
        ...torn.map((share) => trial("kill state", taken, ", torn", (prefix) => afterKill(prefix, share))),
        ...Array.from({ length: cuts }, (__, cut) =>
          trial("power cut", taken, `, sample ${cut}`, (prefix) => afterPowerCut(prefix, randomFrom((r * 10_000 + taken) * 100 + cut))),
        ),
      ];
    }).flat();
  });
  return trials;
}

/** Imports with the program itself: killed at random moments, refused a change at even distances. */
export function runsOf(it: Undisturbed, { kills, refusals }: { kills: number; refusals: number }): Trial[] {
  const seeds = Array.from({ length: kills }, (_, seed) => seed);
  const steps = Array.from({ length: refusals }, (_, i) => 1 + Math.floor((i * (it.changes - 1)) / Math.max(refusals - 1, 1)));
  return [
    ...seeds.map((seed) => ({
      kind: "kill -9" as const,
      what: `seed ${seed}`,
      run: () => Promise.resolve(killed(it, randomFrom(1_000_000 + seed))),
    })),
    ...(["ENOSPC", "EIO"] as const).flatMap((error) =>
      steps.map((n) => ({
        kind: error,
        what: `change ${n} of ${it.changes}`,
        run: () => Promise.resolve(refused(it, error, n)),
      })),
    ),
  ];
}

/** Captures with the program itself: killed at random moments, on a disk that is full from a change on. */
export function capturesOf(it: Capturing, { kills, refusals }: { kills: number; refusals: number }): Trial[] {
  return [
    ...Array.from({ length: kills }, (_, seed) => ({
      kind: "capture kill -9" as const,
      what: `seed ${seed}`,
      run: () => Promise.resolve(killedCapture(it, randomFrom(2_000_000 + seed))),
    })),
    ...Array.from({ length: refusals }, (_, i) => {
      const n = 1 + Math.floor((i * (it.changes - 1)) / Math.max(refusals - 1, 1));
      return {
        kind: "capture ENOSPC" as const,
        what: `change ${n} of ${it.changes}`,
        run: () => Promise.resolve(captureOnFullDisk(it, n)),
      };
    }),
  ];
}
