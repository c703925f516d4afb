import http, { type Agent, type IncomingMessage } from "node:http";
import https from "node:https";
import { Fault } from "./network.ts";
import { type Exchange, networkFault, receive, watchExchange } from "./x-exchange.ts";
import type { Answer } from "./x-fault.ts";
import type { Requests } from "./x-request.ts";

export interface Got {
  readonly response: IncomingMessage;
  readonly exchange: Exchange;
  readonly url: string;
  /** Leaves nothing of the request. To be called in the end, whatever happens. */
  close(): void;
}

/** A request of our own, for what the library has no use for: its answer as soon as it begins. Throws Fault; when `signal` is
 *  raised too, or the reading of the answer does. */
export async function get(
  requests: Requests,
  asked: { url: URL; agent: Agent; headers?: Readonly<Record<string, string>>; signal?: AbortSignal },
): Promise<Got> {
  const { url, agent, headers = {}, signal } = asked;
  const exchange = watchExchange(requests.clock);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === "https:" ? https : http).get(url, { agent, headers }, resolve);
  request.on("socket", (socket) => exchange.alive(socket));
  request.on("error", (error) => reject(networkFault(error)));
  const stop = (): void => exchange.breakOff(new Fault("transient", "was called off"));
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const close = (): void => {
    signal?.removeEventListener("abort", stop);
    exchange.end();
    request.destroy();
  };
  try {
    const response = await Promise.race([promise, exchange.broken]);
    exchange.alive();
    return { response, exchange, url: url.pathname + url.search, close };
  } catch (error) {
    close();
    throw error;
  }
}

export const answerOf = async ({ response, exchange, url }: Got): Promise<Answer> => ({
  url,
  status: response.statusCode ?? 0,
  headers: response.headers,
  bytes: await receive(response, exchange),
});
