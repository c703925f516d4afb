import { Store } from "../../src/store/store.ts";

/** The process has died. */
export class Crash extends Error {}

/** When it dies: at the how-manyeth commit, before or after it. */
export interface Death {
  left: number;
  readonly committed: boolean;
}

let death: Death | null = null;
/** Called within each transaction, once its work is done and before it is committed: what a planted bug does too early. */
let early: (() => void) | null = null;
const { transaction } = Store.prototype;

Store.prototype.transaction = function <T>(this: Store, work: () => T): T {
  const dies = death !== null && --death.left === 0;
  const committed = death?.committed === true;
  const done = transaction.call(this, () => {
    const made = work();
    early?.();
    if (dies && !committed) throw new Crash();
    return made;
  }) as T;
  if (dies && committed) throw new Crash();
  return done;
};

/** From here on transactions are counted. */
export const dieAt = (at: Death | null): void => {
  death = at;
};

export const callEarly = (then: (() => void) | null): void => {
  early = then;
};
