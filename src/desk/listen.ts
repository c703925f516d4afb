import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { inUse, type Served } from "../site/serve.ts";

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

async function respond(incoming: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const request = requestOf(incoming);
  if (request === null) {
    response.writeHead(400, { "content-type": "text/plain; charset=utf-8" }).end("This is no request.\n");
    return;
  }
  const answered = await answer(request);
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, { ...Object.fromEntries(answered.headers), "content-length": body.length });
  response.end(incoming.method === "HEAD" ? undefined : body);
}

/** null: what came makes no sense as one. */
function requestOf(incoming: IncomingMessage): Request | null {
  const { method = "GET", url = "/", headers } = incoming;
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]],
  );
  const body = method === "GET" || method === "HEAD" ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  try {
    return new Request(new URL(url, "http://127.0.0.1"), { method, headers: flat, ...(body !== null && { body, duplex: "half" }) });
  } catch (error) {
    if (error instanceof TypeError) return null; // "//", TRACE
    throw error;
  }
}
