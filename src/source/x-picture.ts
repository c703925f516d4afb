import type { Agent } from "node:http";
import { answerOf, get } from "./x-get.ts";
import type { Requests } from "./x-request.ts";

/** An image of X's own, or of the server that stands in for X; null: it has none under this address. The token stays here. */
export async function picture(
  requests: Requests,
  address: string,
  from: { api: URL; agentOf: (url: URL) => Agent },
): Promise<Buffer | null> {
  const url = URL.parse(address);
  if (url === null || !isOwn(url, from.api)) return null;
  const got = await get(requests, { url, agent: from.agentOf(url) });
  try {
    const answer = await answerOf(got);
    if (answer.status === 200) return answer.bytes;
    if (isGone(answer.status)) return null;
    throw requests.fault(answer);
  } finally {
    got.close();
  }
}

/** Not so bad that a later try could help: a server of images takes no token, so none of it is about ours. */
const isGone = (status: number): boolean => status >= 300 && status < 500 && status !== 408 && status !== 429;

/** `https://pbs.twimg.com/media/AbC.jpg`; no port and no password. */
const isOwn = (url: URL, api: URL): boolean =>
  url.username === "" &&
  (url.origin === api.origin || (url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".twimg.com")));
