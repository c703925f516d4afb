import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { after } from "node:test";
import type { Clock } from "../../src/clock.ts";
import type { Network } from "../../src/source/network.ts";
import { openX } from "../../src/source/x.ts";

/** A token as X gives them out, made up. */
export const TOKEN = "AAAAmade%2Fup%3Dtoken";
export const NOON = Date.parse("2026-03-03T12:00:00Z");

/** A clock that stands until it is moved. */
interface HandClock extends Clock {
  pass(ms: number): void;
  /** Lets the clock go by as fast as it is waited for; false: it stands again. */
  run: boolean;
  /** How many calls are still to come. */
  waiting(): number;
}

export function handClock(): HandClock {
  let time = NOON;
  let calls: { at: number; then: () => void }[] = [];
  const clock: HandClock = {
    run: false,
    now: () => time,
    machine: () => time,
    after(ms, then) {
      const call = { at: time + ms, then };
      calls.push(call);
      if (clock.run && ms <= 1000) setImmediate(() => calls.includes(call) && clock.pass(call.at - time));
      return () => {
        calls = calls.filter((one) => one !== call);
      };
    },
    pass(ms) {
      const until = time + ms;
      for (;;) {
        const [due] = calls.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (due === undefined) break;
        calls = calls.filter((one) => one !== due);
        time = Math.max(time, due.at);
        due.then();
      }
      time = Math.max(time, until);
    },
    waiting: () => calls.length,
  };
  return clock;
}

/** What was asked, and how to answer it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Answers with JSON, text or bytes, and the clock's date. */
  answer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
}

export interface Stage {
  readonly x: Network;
  readonly url: string;
  readonly clock: HandClock;
  readonly asked: Asked[];
  /** The next request as it comes. */
  arrival(): Promise<void>;
  /** How many connections were made. */
  connections(): number;
}

/** X on loopback: `handle` answers each request. */
export async function stage(handle: (asked: Asked) => void | Promise<void>, token: string = TOKEN): Promise<Stage> {
  const clock = handClock();
  const asked: Asked[] = [];
  let connections = 0;
  const server = http.createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = askedOf(request, response, { clock, body: Buffer.concat(chunks).toString("utf8") });
    asked.push(one);
    server.emit("arrival");
    await handle(one);
  });
  server.on("connection", () => connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const agent = new http.Agent({ keepAlive: true });
  after(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const arrival = async (): Promise<void> => void (await once(server, "arrival"));
  return { x: openX({ url, token, clock, agent }), url, clock, asked, arrival, connections: () => connections };
}

function askedOf(request: IncomingMessage, response: ServerResponse, { clock, body }: { clock: Clock; body: string }): Asked {
  const url = new URL(request.url ?? "", "http://localhost");
  response.sendDate = false;
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
    response,
    socket: request.socket,
    answer(status, content, headers = {}) {
      const plain = typeof content === "string" || Buffer.isBuffer(content);
      response.writeHead(status, { date: new Date(clock.now()).toUTCString(), ...headers });
      response.end(plain ? content : JSON.stringify(content));
    },
  };
}

/** A page as X writes it. */
export const pageBody = (ids: readonly string[], next?: string): object => ({
  ...(ids.length === 0 ? {} : { data: ids.map((id) => ({ id, text: `tweet ${id}` })) }),
  meta: { result_count: ids.length, ...(next === undefined ? {} : { next_token: next }) },
});

/** Answers with each in turn, and with the last one ever after. */
export function inTurn(...answers: readonly ((asked: Asked) => void)[]): (asked: Asked) => void {
  let turn = 0;
  return (asked) => answers[Math.min(turn++, answers.length - 1)]?.(asked);
}
