/** Time as it is passed in: tests let a day go by in a moment. */
export interface Clock {
  /** Milliseconds since 1970; starts at CHATSCRIBE_NOW where that is set. It says what is due and what reports say. */
  now(): number;
  /** What the machine's own clock says, whatever CHATSCRIBE_NOW is. */
  machine(): number;
  /** Calls `then` once, `ms` later by the monotonic clock; the answer calls it off. */
  after(ms: number, then: () => void): () => void;
}

export const realClock = (now: () => number): Clock => ({
  now,
  machine: Date.now,
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
});

/** Settles after `ms`, or at once when `signal` is raised. true: the time has passed. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted === true) return Promise.resolve(false);
  return new Promise((resolve) => {
    const wake = (): void => {
      callOff();
      resolve(false);
    };
    const callOff = clock.after(ms, () => {
      signal?.removeEventListener("abort", wake);
      resolve(true);
    });
    signal?.addEventListener("abort", wake, { once: true });
  });
}
