import { isUtf8 } from "node:buffer";
import type { Agent } from "node:http";
import { Fault, type Page, type Query } from "./network.ts";
import { BadRecord, isWire, parseWire, type Wire } from "./parse/wire.ts";
import { starOut } from "./secret.ts";
import { LONGEST_LINE, lineReader } from "./stream-lines.ts";
import { networkFault } from "./x-exchange.ts";
import { clean, errorsOf } from "./x-fault.ts";
import { type Spellings, sendWithFields } from "./x-fields.ts";
import { answerOf, type Got, get } from "./x-get.ts";
import { idsOf, pageOf } from "./x-page.ts";
import { checkToken, type Requests } from "./x-request.ts";
import { setRule } from "./x-rules.ts";

interface Following {
  readonly query: Query;
  readonly signal: AbortSignal;
  /** X's address, without a slash at its end. */
  readonly url: string;
  readonly agent: Agent;
}

/** What is written while it is written, until `signal` is raised. Anything else that ends it is a Fault. */
export async function* follow(requests: Requests, spellings: Spellings, following: Following): AsyncGenerator<Page | null> {
  const { query, signal } = following;
  if (signal.aborted) return;
  await setRule(requests, query);
  if (signal.aborted) return;
  try {
    const got = await connect(requests, spellings, following);
    try {
      yield* readTweets(requests, got);
    } finally {
      got.close();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function connect(requests: Requests, spellings: Spellings, { url, agent, signal }: Following): Promise<Got> {
  checkToken(requests.token);
  const headers = { authorization: `Bearer ${requests.token}` };
  const open: { got: Got | null } = { got: null };
  const answer = await sendWithFields(spellings, { path: "tweets/search/stream" }, async ({ path, query }) => {
    const got = await get(requests, { url: new URL(`${url}/2/${path}?${new URLSearchParams(query)}`), agent, headers, signal });
    open.got = got;
    requests.note(got.response);
    const { statusCode: status = 0, headers: said } = got.response;
    return status === 200 ? { url: got.url, status, headers: said, bytes: Buffer.alloc(0) } : answerOf(got).finally(got.close);
  });
  if (answer.status !== 200 || open.got === null) throw requests.fault(answer);
  return open.got;
}

/** Pages of one tweet each; null for a sign of life and for what cannot be read. It has no end but a Fault. */
async function* readTweets(requests: Requests, got: Got): AsyncGenerator<Page | null> {
  const lines = lineReader();
  const join = lineJoiner();
  for await (const chunk of chunksOf(got)) {
    for (const line of lines.read(chunk)) yield tweetOf(requests, got, join(line));
    if (lines.pending() > LONGEST_LINE) throw new Fault("too large", "sent a line without an end");
  }
  throw new Fault("transient", "ended the stream");
}

/** The bytes of a response. The time the caller takes for them is not the server's silence. */
async function* chunksOf({ response, exchange }: Got): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) {
      exchange.rest();
      yield chunk;
      exchange.alive();
    }
  } catch (error) {
    throw exchange.fault() ?? networkFault(error);
  }
}

interface Line {
  readonly bytes: Buffer;
  /** null: nothing that can be read. */
  readonly wire: Wire | null;
}

/** Puts together what a line end for a sign of life has cut in pieces. A line that is whole is never joined. */
function lineJoiner(): (line: Buffer) => Line {
  let pieces: readonly Buffer[] = [];
  return (line) => {
    if (line.length === 0) return { bytes: line, wire: null };
    for (let from = pieces.length; from >= 0; from--) {
      const bytes = from === pieces.length ? line : Buffer.concat([...pieces.slice(from), line]);
      const wire = wireOf(bytes);
      if (wire === null) continue;
      pieces = [];
      return { bytes, wire };
    }
    pieces = line.length > LONGEST_PIECE ? [] : [...pieces, line].slice(-MOST_PIECES);
    return { bytes: line, wire: null };
  };
}

/** No tweet is longer, nor cut in more pieces. */
const LONGEST_PIECE = 256 * 1024;
const MOST_PIECES = 4;

function wireOf(bytes: Buffer): Wire | null {
  try {
    return isUtf8(bytes) ? parseWire(bytes.toString("utf8")) : null;
  } catch (error) {
    if (error instanceof BadRecord) return null;
    throw error;
  }
}

function tweetOf(requests: Requests, { response, url }: Got, { bytes, wire }: Line): Page | null {
  if (wire === null) return null;
  const ids = isWire(wire.data) ? idsOf([wire.data]) : [];
  if (ids.length > 0) {
    const answer = { url, status: response.statusCode ?? 0, headers: response.headers, bytes: starOut(bytes, requests.token) };
    return pageOf(answer, { receivedAt: requests.clock.now(), ids, next: null });
  }
  const [error] = errorsOf(wire);
  if (error === undefined) return null;
  const why = [error.disconnect_type, error.title, error.detail].find((text) => typeof text === "string") ?? "without a reason";
  throw new Fault("transient", `ended the stream: ${clean(why, requests.token)}`);
}
