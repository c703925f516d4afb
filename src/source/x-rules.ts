import { Fault, type Query } from "./network.ts";
import type { Wire } from "./parse/wire.ts";
import { clean, errorsOf } from "./x-fault.ts";
import { dataOf, readBody } from "./x-page.ts";
import type { Requests } from "./x-request.ts";
import { wordsOf } from "./x-words.ts";

const PATH = "tweets/search/stream/rules";
/** The label of our rules. Those of others who use the same token are left alone. */
const TAG = "chatscribe";

/** Makes sure that the stream gives what `query` asks for, and nothing that another query of ours asked for. */
export async function setRule(requests: Requests, query: Query): Promise<void> {
  const value = wordsOf(query);
  const answer = await requests.ask({ path: PATH });
  const ours = dataOf(answer, readBody(answer)).filter((rule) => typeof rule.tag === "string" && rule.tag.startsWith(TAG));
  const ids = ours.filter((rule) => rule.value !== value).map((rule) => String(rule.id));
  if (ids.length > 0) await change(requests, { delete: { ids } });
  if (!ours.some((rule) => rule.value === value)) await change(requests, { add: [{ value, tag: TAG }] });
}

async function change(requests: Requests, body: object): Promise<void> {
  const answer = await requests.ask({ path: PATH, body });
  const error = errorsOf(readBody(answer)).find((one) => !isDuplicate(one));
  if (error === undefined) return;
  const why = [error.detail, error.title].find((text) => typeof text === "string") ?? "without a reason";
  throw new Fault("refused", `refused the rule of the stream: ${clean(why, requests.token)}`);
}

/** Somebody has the same rule: it gives the same tweets. */
const isDuplicate = (error: Wire): boolean =>
  [error.title, error.type].some((text) => typeof text === "string" && /duplicate-?rule/i.test(text)); // `DuplicateRule`
