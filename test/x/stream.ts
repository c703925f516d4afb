import type { ServerResponse } from "node:http";
import type { Clock } from "../../src/clock.ts";
import type { Wire } from "./answer.ts";
import { reset } from "./deliver.ts";
import type { FaultName } from "./faults.ts";
import type { Names } from "./names.ts";
import { type Asked, chosenFields } from "./params.ts";
import { newestAt, type Post, stateOf, tagsOf } from "./post.ts";
import { readQuery } from "./query.ts";
import type { Rules } from "./rules.ts";
import { Writer } from "./wire.ts";
import type { World } from "./world.ts";

const HEARTBEAT = 20_000;
const LINE_END = "\r\n";

export interface StreamScene {
  readonly world: World;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly asked: Asked;
  readonly fault: FaultName | null;
  readonly names: () => Names;
  readonly origin: string;
}

/** An open stream: each post that matches a rule, as it is written; a line end after 20 seconds of silence. What is added to the
 *  world while it is open is seen at the next of these. */
export class Stream {
  readonly #response: ServerResponse;
  readonly #scene: StreamScene;
  #seen: number;
  #beaten: number;
  #told = 0;
  #callOff: () => void = () => {};

  constructor(response: ServerResponse, scene: StreamScene) {
    this.#response = response;
    this.#scene = scene;
    this.#seen = this.#beaten = scene.clock.now();
    response.on("close", () => this.#callOff());
    this.#wait();
  }

  get open(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  end(): void {
    this.#callOff();
    if (this.open) this.#response.end();
  }

  #wait(): void {
    if (!this.open) return;
    const now = this.#scene.clock.now();
    const times = this.#scene.world.posts.map((post) => post.at).filter((at) => at > now);
    const due = Math.min(this.#beaten + HEARTBEAT, ...times);
    this.#callOff = this.#scene.clock.after(due - now, () => this.#wake());
  }

  #wake(): void {
    const { clock, world } = this.#scene;
    const now = clock.now();
    const fresh = world.posts.filter((post) => post.at > this.#seen && post.at <= now).sort((a, b) => a.at - b.at);
    this.#seen = now;
    for (const post of fresh) this.#tell(post, now);
    if (now >= this.#beaten + HEARTBEAT) this.#write(LINE_END, now);
    this.#wait();
  }

  #write(bytes: string | Buffer, now: number): void {
    this.#beaten = now;
    if (this.open && this.#scene.fault !== "stream silence") this.#response.write(bytes);
  }

  #tell(post: Post, now: number): void {
    const rules = this.#rulesFor(post, now);
    if (rules.length === 0 || !this.open) return;
    const writer = new Writer(this.#scene.world, {
      names: this.#scene.names(),
      at: now,
      origin: this.#scene.origin,
      ...chosenFields(this.#scene.asked.params),
    });
    const { includes } = writer.around([post]);
    this.#told++;
    this.#send(
      JSON.stringify({
        data: writer.post(post, newestAt(post, now)),
        ...(Object.keys(includes).length > 0 && { includes }),
        matching_rules: rules,
      }),
      now,
    );
  }

  #rulesFor(post: Post, now: number): Wire[] {
    if (stateOf(post, now) !== "there") return [];
    const seen = { post, tags: tagsOf(post.text), conversation: this.#scene.world.conversationOf(post) };
    return this.#scene.rules.all
      .filter((rule) => readQuery(rule.value)(seen))
      .map(({ id, tag }) => ({ id, ...(tag !== undefined && { tag }) }));
  }

  /** Sends a line, as the fault of this connection has it. */
  #send(line: string, now: number): void {
    const response = this.#response;
    const bytes = Buffer.from(line + LINE_END);
    this.#beaten = now;
    switch (this.#scene.fault) {
      case "stream split emoji":
        for (const piece of splitInCharacters(bytes)) response.write(piece);
        return;
      case "stream lone CRLF":
        response.write(line);
        response.write(LINE_END);
        return;
      case "stream keep-alive inside": {
        const comma = line.indexOf(",") + 1;
        response.write(line.slice(0, comma));
        response.write(LINE_END);
        response.write(line.slice(comma) + LINE_END);
        return;
      }
      case "stream garbage":
        response.write(`{"data":{"id":"12${LINE_END}`);
        response.write(bytes);
        return;
      case "stream disconnect":
        response.write(bytes);
        if (this.#told < 2) return;
        response.end(JSON.stringify(DISCONNECT) + LINE_END);
        return;
      case "stream reset":
        response.write(bytes.subarray(0, bytes.length >> 1), () => setImmediate(reset, response));
        return;
      default:
        this.#write(bytes, now);
    }
  }
}

const DISCONNECT = {
  errors: [
    {
      title: "operational-disconnect",
      disconnect_type: "UpstreamOperationalDisconnect",
      detail: "This stream has been disconnected upstream for operational reasons.",
      type: "https://api.twitter.com/2/problems/operational-disconnect",
    },
  ],
};

/** Cut inside each character that has several bytes. */
function splitInCharacters(bytes: Buffer): Buffer[] {
  const cuts = [...bytes.keys()].filter((i) => ((bytes[i] ?? 0) & 0xc0) === 0x80 && ((bytes[i - 1] ?? 0) & 0xc0) === 0xc0);
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length));
}
