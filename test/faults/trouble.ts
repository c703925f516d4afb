import type { Clock } from "../../src/clock.ts";
import type { FaultName, FaultPlan } from "../x/faults.ts";
import type { Plan } from "./hour.ts";

/** Lets a plan's faults happen, writes down which, and comes to an end. */
export class Trouble {
  /** How often each happened. */
  readonly met = new Map<FaultName, number>();
  /** From here on there is none. */
  over = false;
  /** The credit is used up until then. */
  brokeUntil = 0;
  readonly #clock: Clock;
  readonly #plan: Pick<Plan, "faults" | "most">;
  #count = 0;

  constructor(clock: Clock, plan: Pick<Plan, "faults" | "most">) {
    this.#clock = clock;
    this.#plan = plan;
  }

  readonly faults: FaultPlan = (turn) => {
    if (this.over || this.#count >= this.#plan.most) return null;
    const fault = this.#plan.faults(turn);
    if (fault === null) return null;
    this.#count++;
    this.met.set(fault.name, (this.met.get(fault.name) ?? 0) + 1);
    if (fault.name === "402") this.brokeUntil = Math.max(this.brokeUntil, this.#clock.now() + fault.lasts);
    return fault;
  };
}
