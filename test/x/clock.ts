import type { Clock } from "../../src/clock.ts";

interface Timer {
  readonly at: number;
  readonly turn: number;
  readonly then: () => void;
}

export interface ClockOptions {
  /** How far the machine's own clock is ahead of the true time, in milliseconds. */
  readonly skew?: number;
}

/** Turns of the event loop without anything happening after which nothing more is expected to happen by itself. */
const IDLE_TURNS = 5;
/** What the process waits for while one of these is open: files, names, connections being made. Not: open sockets, real timers.
 *  `FSReqPromise`, `CloseReq`, `GetAddrInfoReqWrap`, `TCPConnectWrap`, `RandomBytesJob` */
const WAITS = /Req|ConnectWrap|WriteWrap|ShutdownWrap|Job|Zlib/i;
/** How many timers of one moment there can be: more is a loop. */
const MOST_AT_ONCE = 100_000;
/** How far `run` goes before it says that its promise will never settle. */
const LONGEST = 60 * 24 * 60 * 60_000;

/** Time that stands still until it is moved: by `advance`, or by `run` whenever nothing else is left to do. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #skew: number;
  #timers: Timer[] = [];
  #turn = 0;
  #activity = 0;
  #busy = 0;
  #still = 0;

  constructor(start: number, { skew = 0 }: ClockOptions = {}) {
    this.#now = start;
    this.#skew = skew;
  }

  now(): number {
    return this.#now;
  }

  machine(): number {
    return this.#now + this.#skew;
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), turn: this.#turn++, then };
    this.#timers.push(timer);
    this.#activity++;
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index !== -1) this.#timers.splice(index, 1);
    };
  }

  /** Says that something has just happened: time does not jump in the middle of it. */
  touch(): void {
    this.#activity++;
  }

  /** Time does not jump until the answer is called. */
  hold(): () => void {
    this.#busy++;
    let held = true;
    return () => {
      if (held) this.#busy--;
      held = false;
      this.#activity++;
    };
  }

  /** Lets `ms` go by; what falls due on the way happens at its own moment, and what that leads to is waited for. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#idle();
    while (this.#jump(end)) await this.#idle();
    this.#now = end;
  }

  /** What `promise` settles to. Whenever nothing else is left to do, time jumps to the next timer. */
  async run<T>(promise: Promise<T>, longest = LONGEST): Promise<T> {
    const end = this.#now + longest;
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await this.#idle(() => settled);
      if (settled) return promise;
      if (!this.#jump(end)) throw new Error(`virtual time: nothing is left to happen before ${new Date(end).toISOString()}`);
    }
  }

  /** Goes to the next timer that is due by `end` and calls it; false: there is none. */
  #jump(end: number): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers)
      if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.turn < next.turn)) next = timer;
    if (next === undefined || next.at > end) return false;
    this.#timers.splice(this.#timers.indexOf(next), 1);
    this.#still = next.at > this.#now ? 0 : this.#still + 1;
    if (this.#still > MOST_AT_ONCE) throw new Error(`virtual time: stands still at ${new Date(this.#now).toISOString()}`);
    this.#now = Math.max(this.#now, next.at);
    next.then();
    return true;
  }

  async #idle(enough: () => boolean = () => false): Promise<void> {
    for (let turns = 0; turns < IDLE_TURNS; ) {
      const before = this.#activity;
      await new Promise(setImmediate);
      if (enough()) return;
      const waits = this.#busy > 0 || process.getActiveResourcesInfo().some((name) => WAITS.test(name));
      turns = waits || this.#activity !== before ? 0 : turns + 1;
    }
  }
}

/** Real time that goes `factor` times as fast and begins at `start`: an hour in a minute at 60. */
export function scaledClock(factor: number, start: number): Clock {
  const began = performance.now();
  const now = (): number => start + Math.floor((performance.now() - began) * factor);
  return {
    now,
    machine: now,
    after(ms, then) {
      const timer = setTimeout(then, ms / factor);
      return () => clearTimeout(timer);
    },
  };
}
