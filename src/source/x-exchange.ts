import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import { Fault } from "./network.ts";

/** How long a server may say nothing. */
const SILENCE = 30_000;
/** How long a body may be. */
const LARGEST = 20 * 1024 * 1024;

/** Watches one exchange with a server: one that falls silent is broken off, so nothing waits for ever. */
export interface Exchange {
  /** Rejects with a Fault when the exchange is broken off; settles in no other way. */
  readonly broken: Promise<never>;
  /** Something came. The socket, once there is one, is what is destroyed. */
  alive(socket?: Duplex): void;
  /** Nothing is expected, as while the caller works: until `alive`. */
  rest(): void;
  /** Nothing more is expected. */
  end(): void;
  breakOff(fault: Fault): void;
  /** Why it was broken off. */
  fault(): Fault | null;
}

export function watchExchange(clock: Clock): Exchange {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // it may be raced by nobody yet, or no more
  broken.catch(() => undefined);
  let socket: Duplex | null = null;
  let fault: Fault | null = null;
  let over = false;
  let rest = (): void => undefined;
  const end = (): void => {
    over = true;
    rest();
  };
  const breakOff = (why: Fault): void => {
    if (over) return;
    end();
    fault = why;
    reject(why);
    socket?.destroy();
  };
  const alive = (given?: Duplex): void => {
    socket = given ?? socket;
    rest();
    if (!over) rest = clock.after(SILENCE, () => breakOff(new Fault("transient", `no answer for ${SILENCE / 1000} s`)));
    else if (fault !== null) given?.destroy();
  };
  alive();
  return { broken, alive, rest: () => rest(), end, breakOff, fault: () => fault };
}

/** The body of a response, once all of it is there. Throws Fault for one that is cut short or too large to be held. */
export function receive(response: IncomingMessage, exchange: Exchange): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let chunks: Buffer[] = [];
  let size = 0;
  const refuse = (): void => {
    chunks = [];
    exchange.breakOff(new Fault("too large", `answered with more than ${LARGEST / 1024 / 1024} MB`));
  };
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > LARGEST) return refuse();
    chunks.push(chunk);
    exchange.alive();
  });
  response.on("end", () => resolve(Buffer.concat(chunks)));
  const cut = (): void => reject(new Fault("transient", "closed the connection before the end of its answer"));
  response.on("error", cut);
  response.on("close", () => response.complete || cut());
  if (Number(response.headers["content-length"] ?? 0) > LARGEST) refuse();
  return Promise.race([promise, exchange.broken]);
}

/** `ECONNREFUSED`, in words. */
const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "closed the connection",
  EPIPE: "closed the connection",
  ENOTFOUND: "is not found by its name",
  EAI_AGAIN: "is not found by its name",
  ETIMEDOUT: "did not answer",
};

/** What an error of the connection means. Its message may quote anything, its code is a word. */
export function networkFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) return new Fault("transient", "closed the connection");
  return new Fault("transient", `${CODES[code] ?? "could not be reached"} (${code})`);
}
