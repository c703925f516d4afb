import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { FaultName } from "./faults.ts";

/** Sends an answer as a fault of the wire has it, or as it should be. `sent` is called once nothing more will come of it. */
export function deliver(response: ServerResponse, answer: Answer, { fault, sent }: { fault: FaultName | null; sent: () => void }): void {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  const half = body.subarray(0, body.length >> 1);
  response.once("close", sent);
  switch (fault) {
    case "never answers":
      sent();
      break;
    case "reset before the body":
      reset(response);
      break;
    case "reset inside the body":
      writeHead(response, answer, body.length).write(half, () => setImmediate(reset, response));
      break;
    case "full JSON then reset":
      writeHead(response, answer, body.length + 1).write(body, () => setImmediate(reset, response));
      break;
    case "stalls inside the body":
      writeHead(response, answer, body.length).write(half, sent);
      break;
    case "truncated JSON":
      writeHead(response, answer, half.length).end(half);
      break;
    case "100 MB":
      pour(writeHead(response, answer, null), body);
      break;
    default:
      writeHead(response, answer, body.length).end(body);
  }
}

function writeHead(response: ServerResponse, { status, type, headers }: Answer, length: number | null): ServerResponse {
  response.sendDate = false;
  return response.writeHead(status, { "content-type": type, ...(length !== null && { "content-length": length }), ...headers });
}

/** Breaks the connection off: the other side sees ECONNRESET. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

const PIECE = Buffer.alloc(1 << 20, " ");
const PIECES = 100;

/** A body of 100 MB, as fast as it is taken: JSON with a hundred million spaces in it. */
function pour(response: ServerResponse, body: Buffer): void {
  let left = PIECES;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left--;
      if (!response.write(PIECE)) {
        response.once("drain", more);
        return;
      }
    }
    if (!response.destroyed) response.end(body);
  };
  more();
}
