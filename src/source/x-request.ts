import { type Agent, IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import { ApiRequestError, TwitterApi } from "twitter-api-v2";
import { type Clock, sleep } from "../clock.ts";
import { Fault } from "./network.ts";
import { isWire } from "./parse/wire.ts";
import { starOut } from "./secret.ts";
import { networkFault, receive, watchExchange } from "./x-exchange.ts";
import { type Answer, dateOf, faultOf } from "./x-fault.ts";

/** Sends one request at a time to X's REST API, and never a second one by itself. */
export interface Requests {
  readonly clock: Clock;
  readonly token: string;
  /** Any answer, whatever its status. Throws Fault where there is none, or not all of it. */
  send(request: Request): Promise<Answer>;
  /** The same, but throws Fault for an answer that is no success. */
  ask(request: Request): Promise<Answer>;
  /** What an answer that is no success means. */
  fault(answer: Answer): Fault;
  /** Takes note of a response's clock. */
  note(response: IncomingMessage): void;
  skew(): number | null;
}

export interface Request {
  /** Below `/2/`: `tweets/search/recent`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Given: it is posted. */
  readonly body?: object;
}

/** The full archive takes a request a second. */
const PACE = 1000;

export function openRequests(options: { url: string; token: string; clock: Clock; agent: Agent }): Requests {
  const { token, clock, agent } = options;
  const api = new TwitterApi(token, { httpAgent: agent }).v2.readOnly;
  const prefix = `${options.url}/2/`;
  let skew: number | null = null;
  let free = Number.NEGATIVE_INFINITY;
  const note = (response: IncomingMessage): void => {
    const date = dateOf(response.headers);
    if (date !== null) skew = clock.machine() - date;
  };
  const keepPace = async (path: string): Promise<void> => {
    if (!path.endsWith("/all")) return;
    const wait = Math.min(free - clock.machine(), PACE);
    if (wait > 0) await sleep(clock, wait);
    free = clock.machine() + PACE;
  };
  const send = async (request: Request): Promise<Answer> => {
    checkToken(token);
    await keepPace(request.path);
    return exchange({ clock, token, note }, (listen) => {
      // the listener is an argument the library takes, but does not declare
      const args = { prefix, forceParseMode: "buffer", forceBodyMode: "json", compression: false, ...listen } as const;
      return request.body === undefined ? api.get(request.path, request.query, args) : api.post(request.path, request.body, args);
    });
  };
  const fault = (answer: Answer): Fault => faultOf(answer, { token, now: clock.machine() });
  const ask = async (request: Request): Promise<Answer> => {
    const answer = await send(request);
    if (answer.status !== 200 && answer.status !== 201) throw fault(answer);
    return answer;
  };
  return { clock, token, send, ask, fault, note, skew: () => skew };
}

/** Node refuses such a token with an error that is not the network's. */
export function checkToken(token: string): void {
  // `AAAA%2Fbb`: no space, no line end, no letter outside ASCII
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Fault("credentials", "cannot take a token with spaces or letters outside ASCII");
}

/** What the library is given to tell what happens on the wire: its own answer is the same for whole bodies and those cut short. */
type Listen = { readonly requestEventDebugHandler: (event: string, data?: unknown) => void };

async function exchange(
  { clock, token, note }: { clock: Clock; token: string; note: (response: IncomingMessage) => void },
  request: (listen: Listen) => Promise<unknown>,
): Promise<Answer> {
  const watch = watchExchange(clock);
  const got: { answer: Promise<Answer> | null; failure: unknown } = { answer: null, failure: null };
  let tidy = (): void => undefined;
  const requestEventDebugHandler = (event: string, data?: unknown): void => {
    if (!isWire(data)) return;
    if (event === "request-error") got.failure = data.requestError;
    if (event === "socket" && data.socket instanceof Duplex) {
      tidy = forgetListeners(data.socket);
      watch.alive(data.socket);
    }
    if (event === "response" && data.res instanceof IncomingMessage) {
      note(data.res);
      watch.alive();
      got.answer = read(data.res, receive(data.res, watch), token);
      // it is waited for when the library has ended
      got.answer.catch(() => undefined);
    }
  };
  const sent = request({ requestEventDebugHandler }).catch((error: unknown) => {
    // an answer that has begun tells by itself how it ends
    if (got.answer !== null) return;
    throw error instanceof ApiRequestError ? networkFault(got.failure) : error;
  });
  try {
    await Promise.race([sent, watch.broken]);
    if (got.answer === null) throw networkFault(null);
    return await got.answer;
  } finally {
    watch.end();
    tidy();
  }
}

const read = async (response: IncomingMessage, body: Promise<Buffer>, token: string): Promise<Answer> => ({
  url: pathOf(response),
  status: response.statusCode ?? 0,
  headers: response.headers,
  bytes: starOut(await body, token),
});

/** What was asked, as it was sent: Node keeps the request with its response, but does not declare it. */
const pathOf = (response: IncomingMessage): string =>
  "req" in response && isWire(response.req) && typeof response.req.path === "string" ? response.req.path : "";

/** The library listens on the socket anew for each request and never stops. A socket that is kept alive would gather them. */
function forgetListeners(socket: Duplex): () => void {
  const events = ["error", "connect", "close", "end", "lookup", "timeout"] as const;
  const before = new Map(events.map((event) => [event, new Set(socket.rawListeners(event))]));
  const added: [string, (...args: unknown[]) => void][] = [];
  queueMicrotask(() => {
    for (const event of events)
      for (const listener of socket.rawListeners(event))
        if (before.get(event)?.has(listener) !== true) added.push([event, listener as (...args: unknown[]) => void]);
  });
  return () => {
    for (const [event, listener] of added) socket.off(event, listener);
  };
}
