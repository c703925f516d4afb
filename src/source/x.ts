import http, { type Agent } from "node:http";
import https from "node:https";
import type { Clock } from "../clock.ts";
import type { Network } from "./network.ts";
import { count } from "./x-counts.ts";
import type { Spellings } from "./x-fields.ts";
import { lookup } from "./x-lookup.ts";
import { picture } from "./x-picture.ts";
import { openRequests } from "./x-request.ts";
import { PAGE, search } from "./x-search.ts";
import { follow } from "./x-stream.ts";
import { splitQuery, wordsOf } from "./x-words.ts";

/** X, or what stands in for it at `url`, asked with an app's bearer token. `agent` must be one for the protocol of `url`. */
export function openX(options: { url: string; token: string; clock: Clock; agent?: Agent }): Network {
  const url = options.url.replace(/\/+$/, ""); // `https://api.x.com/`
  const api = new URL(url);
  const agentOf = agents(api, options.agent);
  const agent = agentOf(api);
  const requests = openRequests({ url, token: options.token, clock: options.clock, agent });
  const spellings: Spellings = new Map();
  return {
    name: "X",
    price: { tweet: 0.005, count: 0.005 },
    page: PAGE,
    words: wordsOf,
    split: splitQuery,
    search: (query, range, how = {}) => search(requests, spellings, { query, range, options: how }),
    count: (query, range) => count(requests, query, range),
    lookup: (ids) => lookup(requests, spellings, ids),
    follow: (query, signal) => follow(requests, spellings, { query, signal, url, agent }),
    picture: (address) => picture(requests, address, { api, agentOf }),
    skew: requests.skew,
  };
}

/** An agent for each protocol, kept alive between requests. */
function agents(api: URL, given: Agent | undefined): (url: URL) => Agent {
  const made = new Map<string, Agent>();
  if (given !== undefined) made.set(api.protocol, given);
  return ({ protocol }) => {
    const agent =
      made.get(protocol) ?? (protocol === "https:" ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true }));
    made.set(protocol, agent);
    return agent;
  };
}
