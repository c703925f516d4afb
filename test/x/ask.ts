import { type Agent, request as send } from "node:http";
import { VirtualClock } from "./clock.ts";
import { idAt, type Person, type Post } from "./post.ts";
import { StandIn, type StandInOptions } from "./standin.ts";

export const START = Date.parse("2026-03-03T17:00:00Z");
export const MINUTE = 60_000;
export const AMY: Person = { id: "11", username: "amy", name: "Amy" };

/** A post of so many seconds after START. */
export const post = (seconds: number, text: string, more: Partial<Post> = {}): Post => ({
  id: idAt(START + seconds * 1000),
  at: START + seconds * 1000,
  author: AMY,
  text,
  ...more,
});

/** A stand-in and the clock it goes by, three hours after START. */
export function standIn(posts: readonly Post[] = [], options: Partial<StandInOptions> = {}): { x: StandIn; clock: VirtualClock } {
  const clock = options.clock instanceof VirtualClock ? options.clock : new VirtualClock(START + 180 * MINUTE);
  return { x: new StandIn({ posts, ...options, clock }), clock };
}

/** Where requests go: into the process (`agent`) or over loopback. */
export interface Way {
  readonly url: string;
  readonly agent?: Agent;
  readonly token?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** The body, where it is JSON. */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** One GET, or a POST of `body`. Rejects with the error of the connection; a body that ends too early is one. */
export function ask(way: Way, path: string, params: Readonly<Record<string, string | number>> = {}, body?: object): Promise<Told> {
  const url = new URL(path, way.url);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
  return new Promise((resolve, reject) => {
    const { agent, token = "token" } = way;
    const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) };
    const request = send(url, { method: body === undefined ? "GET" : "POST", headers, ...(agent && { agent }) }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(pieces);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, body: jsonIn(bytes) });
      });
    });
    request.on("error", reject);
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.end(body === undefined ? "" : JSON.stringify(body));
  });
}

function jsonIn(bytes: Buffer): Told["body"] {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const TAG = "#teachat -is:retweet";
/** The hour from START, in the words of a search. */
export const HOUR = { start_time: "2026-03-03T17:00:00Z", end_time: "2026-03-03T18:00:00Z" };

export interface Heard {
  readonly status: number;
  /** What has come so far, piece by piece. */
  readonly pieces: Buffer[];
  /** How the stream ended; null: it has not. */
  ended: string | null;
  close(): void;
}

/** An open stream, as soon as it is answered. */
export function hear(way: Way, path = "/2/tweets/search/stream"): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const { agent, token = "token" } = way;
    const request = send(new URL(path, way.url), { headers: { authorization: `Bearer ${token}` }, ...(agent && { agent }) }, (response) => {
      const heard: Heard = { status: response.statusCode ?? 0, pieces: [], ended: null, close: () => request.destroy() };
      response.on("data", (piece: Buffer) => heard.pieces.push(piece));
      response.on("error", (error: NodeJS.ErrnoException) => {
        heard.ended = error.code ?? error.message;
      });
      response.on("end", () => {
        heard.ended = "end";
      });
      resolve(heard);
    });
    request.on("error", reject);
    request.end();
  });
}

/** All ids of a search, page by page to its end, in the order they came. Faults are the caller's. */
export async function walk(way: Way, params: Readonly<Record<string, string | number>> = { query: TAG, ...HOUR }): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = ""; next !== undefined; ) {
    const { body } = await ask(way, "/2/tweets/search/recent", { max_results: 100, ...params, ...(next !== "" && { next_token: next }) });
    ids.push(...(body.data ?? []).map((one: { id: string }) => one.id));
    next = body.meta.next_token;
  }
  return ids;
}
