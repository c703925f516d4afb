import { type Agent, type AgentOptions, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../src/clock.ts";
import type { TweetId } from "../../src/model.ts";
import type { Range } from "../../src/source/network.ts";
import { type Answer, failure, json } from "./answer.ts";
import { deliver } from "./deliver.ts";
import { type Bend, counts, type Given, lookup, type Scene, search } from "./endpoints.ts";
import { answerInstead, type FaultName, type FaultPlan, NO_FAULTS, type Planned } from "./faults.ts";
import { Credit, type Left, Limits } from "./limits.ts";
import { pictureNamed } from "./media.ts";
import { type Names, other } from "./names.ts";
import { type Asked, type Kind, readAsked, refuseParams } from "./params.ts";
import { idAt, type Post } from "./post.ts";
import { randomFrom } from "./random.ts";
import { Rules } from "./rules.ts";
import { Stream } from "./stream.ts";
import { MemoryAgent } from "./transport.ts";
import { World, type WorldOptions } from "./world.ts";

/** A clock that also wants to be told when something goes on, as VirtualClock does. */
export type Pace = Clock & { touch?(): void; hold?(): () => void };

export interface StandInOptions extends WorldOptions {
  readonly clock: Pace;
  readonly posts?: Iterable<Post>;
  readonly token?: string;
  readonly names?: Names;
  /** Whether the other spelling's parameters are refused; true unless said otherwise. */
  readonly strict?: boolean;
  readonly fullArchive?: boolean;
  /** One request a second to the full archive. */
  readonly perSecond?: boolean;
  readonly pageCap?: number;
  /** Posts that can be read before credit is used up. */
  readonly credit?: number;
  /** How far the stand-in's own clock, which its headers tell, is ahead of the true time. */
  readonly skew?: number;
  /** Requests in 15 minutes: `{ search: 5 }`, `{ "search all": 5 }`. */
  readonly limits?: Readonly<Record<string, number>>;
  /** How long, in milliseconds, a next_token is taken; for ever unless said. */
  readonly tokenLife?: number;
  readonly faults?: FaultPlan;
  readonly seed?: number;
}

/** One request as it was answered. */
export interface Served {
  readonly n: number;
  readonly at: number;
  readonly kind: Kind | null;
  readonly method: string;
  readonly path: string;
  readonly params: ReadonlyMap<string, string>;
  readonly fault: FaultName | null;
  /** 0: none was sent. */
  readonly status: number;
  /** The ids of the posts that were given (in `data`), in their order; those of the version given. Also where a fault of the wire then broke it. */
  readonly ids: readonly TweetId[];
}

/** Faults that lead to a page of its own. */
const BENDS: ReadonlySet<string> = new Set<Bend>(["empty page", "same page again", "overlap", "out of order", "partial errors"]);
const isBend = (name: string | undefined): name is Bend => name !== undefined && BENDS.has(name);

/** Stands in for X's API: what there is to see changes with the clock, and every fault can be had. */
export class StandIn {
  readonly world: World;
  readonly log: Served[] = [];
  /** Where it is: of no meaning to the agent, which leads here from anywhere. */
  url = "http://standin.invalid";
  connections = 0;
  names: Names;
  readonly rules: Rules;
  readonly credit: Credit;
  #skew: number;
  #brokeUntil = 0;
  readonly #blockedUntil = new Map<Kind, number>();
  readonly #options: StandInOptions;
  readonly #clock: Pace;
  readonly #server: Server;
  readonly #limits: Limits;
  readonly #faults: FaultPlan;
  readonly #random: () => number;
  readonly #turns = new Map<Kind, number>();
  readonly #agents: Agent[] = [];
  #stream: Stream | null = null;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.world = new World(options.posts, options);
    this.names = options.names ?? "tweet";
    this.credit = new Credit(options.credit ?? Number.POSITIVE_INFINITY);
    this.rules = new Rules();
    this.#skew = options.skew ?? 0;
    this.#limits = new Limits(options.limits ?? {}, options.perSecond ?? true);
    this.#faults = options.faults ?? NO_FAULTS;
    this.#random = randomFrom(options.seed ?? 1);
    this.#server = createServer({ keepAliveTimeout: 0 }, (request, response) => this.#take(request, response));
    this.#server.on("connection", () => {
      this.connections++;
    });
  }

  /** Leads here within the process; nothing goes over a network. */
  agent(options: AgentOptions = {}): Agent {
    const { touch = () => {} } = this.#clock;
    const beat = { clock: this.#clock, touch: touch.bind(this.#clock) };
    const agent = new MemoryAgent(this.#server, beat, { keepAlive: true, ...options });
    this.#agents.push(agent);
    return agent;
  }

  /** Listens on loopback; a port of its own unless one is given. */
  async listen(port = 0): Promise<{ readonly url: string; close(): Promise<void> }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const close = async (): Promise<void> => {
      this.close();
      this.#server.closeAllConnections();
      await new Promise((resolve) => this.#server.close(resolve));
    };
    return { url: this.url, close };
  }

  /** Ends what is open inside the process. */
  close(): void {
    this.#stream?.end();
    for (const agent of this.#agents) agent.destroy();
  }

  get requests(): number {
    return this.log.length;
  }

  /** The first ids of all posts that a search which nothing goes wrong with finds at that moment, newest first. */
  truth(query: string, range: Range, at: number): TweetId[] {
    const between = { after: String(BigInt(idAt(range.from)) - 1n), before: idAt(range.to) };
    return this.world.search(query, between, at).map(({ post }) => post.id);
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const release = this.#clock.hold?.() ?? (() => {});
    const body: Buffer[] = [];
    request.on("data", (bytes: Buffer) => body.push(bytes));
    request.on("end", () => this.#serve(request, response, { body: Buffer.concat(body), release }));
    request.on("close", () => {
      if (!request.complete) release();
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse, { body, release }: { body: Buffer; release: () => void }): void {
    const { method = "GET", url = "/" } = request;
    const asked = readAsked(method, url);
    const fault = this.#faultOf(asked);
    const { answer, ids } = this.#answer(asked, { fault, body, bearer: request.headers.authorization ?? "" });
    const [path = ""] = url.split("?");
    const params = asked?.params ?? new Map();
    const silent = fault?.name === "never answers" || fault?.name === "reset before the body";
    const status = silent ? 0 : answer.status;
    this.log.push({
      n: this.log.length + 1,
      at: this.#clock.now(),
      kind: asked?.kind ?? null,
      method,
      path,
      params,
      fault: fault?.name ?? null,
      status,
      ids,
    });
    if (asked?.kind === "stream" && answer.status === 200 && !silent) {
      this.#openStream(response, asked, fault);
      release();
    } else deliver(response, this.#dated(answer), { fault: fault?.name ?? null, sent: release });
  }

  #faultOf(asked: Asked | null): Planned | null {
    if (asked === null) return null;
    const nth = (this.#turns.get(asked.kind) ?? 0) + 1;
    this.#turns.set(asked.kind, nth);
    const fault = this.#faults({ n: this.log.length + 1, nth, kind: asked.kind });
    if (fault?.name === "clock an hour off") this.#skew += fault.lasts === 0 ? 3_600_000 : fault.lasts;
    if (fault?.name === "new names") this.names = other(this.names);
    if (fault?.name === "402") this.#brokeUntil = this.#clock.now() + fault.lasts;
    return fault;
  }

  #answer(asked: Asked | null, { fault, body, bearer }: { fault: Planned | null; body: Buffer; bearer: string }): Given {
    const none = (answer: Answer): Given => ({ answer, ids: [] });
    if (asked === null) return none(failure(404));
    if (asked.kind === "picture")
      return none(fault === null ? pictureOf(asked.path) : (answerInstead(fault, this.#own()) ?? pictureOf(asked.path)));
    if (bearer !== `Bearer ${this.#options.token ?? "token"}`) return none(failure(401));
    const instead = fault === null ? null : answerInstead(fault, this.#own());
    if (instead !== null) {
      if (fault?.name === "429 with reset") this.#blockedUntil.set(asked.kind, this.#clock.now() + fault.lasts);
      return none(instead);
    }
    const wrong = refuseParams(asked, this.names, this.#options.strict ?? true);
    if (wrong !== null) return none(wrong);
    if (this.#clock.now() < this.#brokeUntil || (this.credit.usedUp && asked.kind !== "rules")) return none(failure(402));
    if (asked.all && this.#options.fullArchive === false)
      return none(failure(403, "Your client is not permitted to read the full archive."));
    return this.#limited(asked, { fault, body });
  }

  #limited(asked: Asked, { fault, body }: { fault: Planned | null; body: Buffer }): Given {
    const now = this.#clock.now();
    const left = this.#limits.take(asked, now);
    const blockedUntil = this.#blockedUntil.get(asked.kind) ?? 0;
    if (now < blockedUntil) {
      const reset = { ...left, remaining: 0, reset: blockedUntil };
      return { answer: { ...failure(429), headers: this.#headersOf(reset) }, ids: [] };
    }
    if (left.refused) return { answer: { ...failure(429), headers: this.#headersOf(left) }, ids: [] };
    const given = this.#given(asked, { fault, body });
    this.credit.pay(given.ids, now);
    if (fault?.name !== "nothing remaining") return { ...given, answer: { ...given.answer, headers: this.#headersOf(left) } };
    this.#blockedUntil.set(asked.kind, now + fault.lasts);
    const nothing = { ...left, remaining: 0, reset: now + fault.lasts };
    return { ...given, answer: { ...given.answer, headers: this.#headersOf(nothing) } };
  }

  #given(asked: Asked, { fault, body }: { fault: Planned | null; body: Buffer }): Given {
    const scene = this.#scene(isBend(fault?.name) ? fault.name : null);
    switch (asked.kind) {
      case "search":
        return search(asked, scene);
      case "counts":
        return counts(asked, scene);
      case "lookup":
        return lookup(asked, scene);
      case "rules":
        return { answer: this.rules.answer(asked, { body, now: scene.now, names: this.names }), ids: [] };
      default:
        return { answer: this.#streamRefusal() ?? json({}), ids: [] };
    }
  }

  #scene(bend: Bend | null): Scene {
    const { pageCap = Number.POSITIVE_INFINITY, tokenLife = Number.POSITIVE_INFINITY } = this.#options;
    return {
      world: this.world,
      now: this.#clock.now(),
      names: this.names,
      origin: this.url,
      pageCap,
      tokenLife,
      random: this.#random,
      bend,
    };
  }

  #streamRefusal(): Answer | null {
    if (this.rules.all.length === 0) return failure(409, "Rules must be configured before connecting.");
    return this.#stream?.open === true ? failure(429, "This stream is currently at the maximum allowed connection limit.") : null;
  }

  #openStream(response: ServerResponse, asked: Asked, fault: Planned | null): void {
    const { url: origin } = this;
    response.sendDate = false;
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", date: this.#date() });
    response.flushHeaders();
    this.#stream = new Stream(response, {
      world: this.world,
      clock: this.#clock,
      rules: this.rules,
      asked,
      fault: fault?.name ?? null,
      names: () => this.names,
      origin,
    });
  }

  /** The time by its own clock. */
  #own(): number {
    return this.#clock.now() + this.#skew;
  }

  #date(): string {
    return new Date(this.#own()).toUTCString();
  }

  #dated = (answer: Answer): Answer => ({ ...answer, headers: { date: this.#date(), ...answer.headers } });

  #headersOf({ limit, remaining, reset }: Left): Readonly<Record<string, string>> {
    return {
      "x-rate-limit-limit": String(limit),
      "x-rate-limit-remaining": String(remaining),
      "x-rate-limit-reset": String(Math.ceil((reset + this.#skew) / 1000)),
    };
  }
}

function pictureOf(path: string): Answer {
  const picture = pictureNamed(path.slice("/media/".length));
  return picture === null ? failure(404) : { status: 200, type: picture.type, headers: {}, body: picture.bytes };
}
