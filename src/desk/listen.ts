import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { inUse, type Served } from "../site/serve.ts";
import { HEADERS } from "./guard.ts";

type Answer = (request: Request) => Response | Promise<Response>;

/** Answers requests on this machine only. `port` 0 takes any free one; `make` is told which it is. */
export async function listen(port: number, make: (port: number) => { readonly answer: Answer; readonly path: string }): Promise<Served> {
  const server = createServer();
  await new Promise<void>((ready, refuse) => {
    server.once("error", (error: NodeJS.ErrnoException) => refuse(inUse(error, port)));
    server.listen(port, "127.0.0.1", ready);
  });
  const address = server.address();
  const own = typeof address === "object" && address !== null ? address.port : port;
  const { answer, path } = make(own);
  server.on("request", (request, response) => {
    respond(request, response, answer).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return {
    url: `http://127.0.0.1:${own}${path}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A form's octets: a recap of forty pages. */
const MOST = 256 * 1024;

async function respond(incoming: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const body = await bodyOf(incoming);
  const request = body === null ? null : requestOf(incoming, body);
  if (request === null) {
    const [status, words] = body === null ? [413, "That is too long; nothing was written.\n"] : [400, "This is no request.\n"];
    response.writeHead(Number(status), { "content-type": "text/plain; charset=utf-8", ...HEADERS }).end(words);
    return;
  }
  const answered = await answer(request);
  const sent = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, { ...Object.fromEntries(answered.headers), "content-length": sent.length });
  response.end(incoming.method === "HEAD" ? undefined : sent);
}

/** null: it is longer than any form of the page; the rest is read and dropped, so that the answer arrives. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= MOST) parts.push(part);
  }
  return length > MOST ? null : Buffer.concat(parts);
}

/** null: what came makes no sense as one. */
function requestOf({ method = "GET", url = "/", headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Request | null {
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]],
  );
  try {
    return new Request(new URL(url, "http://127.0.0.1"), { method, headers: flat, ...(body.length > 0 && { body }) });
  } catch (error) {
    if (error instanceof TypeError) return null; // "//", TRACE, a GET with a body
    throw error;
  }
}
