import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".mp4": "video/mp4",
  ".woff2": "font/woff2",
};

/** Serves a built site on this machine only. `port` 0 takes any free one; under `pathPrefix`, as it will be published. */
export async function serve(dir: string, options: { readonly port: number; readonly pathPrefix?: string }): Promise<Served> {
  const root = resolve(dir);
  const prefix = options.pathPrefix ?? "/";
  const server = createServer((request, response) => answer(root, prefix, request, response));
  await new Promise<void>((ready, refuse) => {
    server.once("error", (error: NodeJS.ErrnoException) => refuse(inUse(error, options.port)));
    server.listen(options.port, "127.0.0.1", ready);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://localhost:${port}${prefix}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** What to do where somebody else listens already. */
export const inUse = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === "EADDRINUSE" ? new UserError(`port ${port} is taken; name another with --port`) : error;

function answer(root: string, prefix: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const path = pathOf(request.url ?? "/", prefix);
  const file = path === null ? null : fileOf(root, path);
  if (path !== null && file === null && !path.endsWith("/") && fileOf(root, `${path}/`) !== null) {
    response.writeHead(301, { location: `${prefix}${encodeURI(path.slice(1))}/` }).end();
    return;
  }
  send(response, file ?? fileOf(root, "/404.html"), { status: file === null ? 404 : 200, head: request.method === "HEAD" });
}

/** The path below the prefix, decoded: `/chat/`. null where it is outside or no path at all. */
function pathOf(url: string, prefix: string): string | null {
  const raw = url.split(/[?#]/)[0] ?? "/"; // "/a/?b" -> "/a/"
  if (!raw.startsWith(prefix)) return null;
  try {
    return `/${decodeURIComponent(raw.slice(prefix.length))}`;
  } catch (error) {
    if (error instanceof URIError) return null; // "/%zz"
    throw error;
  }
}

/** The file to a path; a folder's is its index.html. Nothing outside the root, nothing that begins with a dot. */
function fileOf(root: string, path: string): string | null {
  if (path.includes("\0") || path.split(/[/\\]/).some((part) => part.startsWith("."))) return null;
  const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
  return file.startsWith(root + sep) && existsSync(file) && statSync(file).isFile() ? file : null;
}

function send(response: ServerResponse, file: string | null, { status, head }: { status: number; head: boolean }): void {
  if (file === null) {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(head ? undefined : "Not found\n");
    return;
  }
  response.writeHead(status, {
    "content-type": TYPES[extname(file).toLowerCase()] ?? "application/octet-stream",
    "content-length": statSync(file).size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (head) response.end();
  else
    createReadStream(file)
      .on("error", (error) => response.destroy(error))
      .pipe(response);
}
