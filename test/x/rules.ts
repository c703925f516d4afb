import { type Answer, invalid, json, problem, type Wire } from "./answer.ts";
import type { Names } from "./names.ts";
import type { Asked } from "./params.ts";
import { idAt } from "./post.ts";
import { BadQuery, readQuery } from "./query.ts";

export interface Rule {
  readonly id: string;
  readonly value: string;
  readonly tag?: string;
}

const isWire = (value: unknown): value is Wire => typeof value === "object" && value !== null && !Array.isArray(value);
const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);

/** The stream's rules: GET lists them, POST adds or deletes. */
export class Rules {
  #rules: readonly Rule[] = [];
  #made = 0;

  get all(): readonly Rule[] {
    return this.#rules;
  }

  answer(asked: Asked, { body, now, names }: { body: Buffer; now: number; names: Names }): Answer {
    const sent = new Date(now).toISOString();
    if (asked.method === "GET")
      return json({ ...listed(this.#rules), meta: { ...(names === "tweet" && { sent }), result_count: this.#rules.length } });
    const order = readOrder(body);
    if (order === null) return invalid(names, "body", "The body must be JSON with `add` or `delete`");
    if (isWire(order.delete)) return this.#delete(order.delete, sent);
    return this.#add(Array.isArray(order.add) ? order.add.filter(isWire) : [], { sent, now, names });
  }

  #add(asked: readonly Wire[], { sent, now, names }: { sent: string; now: number; names: Names }): Answer {
    const made: Rule[] = [];
    const errors: Wire[] = [];
    for (const { value, tag } of asked) {
      if (typeof value !== "string" || !isQuery(value)) {
        errors.push(problem(names, "invalid-request", { title: "Invalid Rule", detail: "The rule is not valid" }));
        continue;
      }
      const had = this.#rules.find((rule) => rule.value === value);
      if (had !== undefined) errors.push(duplicate(names, had));
      else made.push({ id: idAt(now, this.#made++), value, ...(typeof tag === "string" && { tag }) });
    }
    this.#rules = [...this.#rules, ...made];
    const summary = { created: made.length, not_created: errors.length, valid: made.length, invalid: errors.length };
    return json({ ...listed(made), meta: { sent, summary }, ...(errors.length > 0 && { errors }) });
  }

  #delete({ ids, values }: Wire, sent: string): Answer {
    const [byId, byValue] = [stringsOf(ids), stringsOf(values)];
    const kept = this.#rules.filter((rule) => !byId.includes(rule.id) && !byValue.includes(rule.value));
    const deleted = this.#rules.length - kept.length;
    this.#rules = kept;
    return json({ meta: { sent, summary: { deleted, not_deleted: byId.length + byValue.length - deleted } } });
  }
}

const duplicate = (names: Names, { id, value }: Rule): Wire => {
  const words = { title: "DuplicateRule", detail: "The rule exists", value };
  return names === "tweet" ? problem(names, "duplicate-rules", { ...words, id }) : problem(names, "invalid-request", words);
};

const listed = (rules: readonly Rule[]): Wire => (rules.length === 0 ? {} : { data: rules });

function readOrder(body: Buffer): Wire | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return isWire(value) && ("add" in value || "delete" in value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isQuery(value: string): boolean {
  try {
    readQuery(value);
    return true;
  } catch (error) {
    if (error instanceof BadQuery) return false;
    throw error;
  }
}
