import type { TweetId } from "../model.ts";
import { type Absent, Fault, type Looked } from "./network.ts";
import type { Wire } from "./parse/wire.ts";
import { errorsOf } from "./x-fault.ts";
import { type Spellings, sendWithFields } from "./x-fields.ts";
import { dataOf, idsOf, pageOf, readBody } from "./x-page.ts";
import type { Requests } from "./x-request.ts";

/** How many tweets can be asked for at once. */
const MOST = 100;

export async function* lookup(requests: Requests, spellings: Spellings, ids: readonly TweetId[]): AsyncGenerator<Looked> {
  const distinct = [...new Set(ids)];
  for (let from = 0; from < distinct.length; from += MOST) yield await lookUp(requests, spellings, distinct.slice(from, from + MOST));
}

async function lookUp(requests: Requests, spellings: Spellings, asked: readonly TweetId[]): Promise<Looked> {
  const answer = await sendWithFields(spellings, { path: "tweets", query: { ids: asked.join(",") } }, requests.send);
  if (answer.status !== 200) throw requests.fault(answer);
  const body = readBody(answer);
  const errors = errorsOf(body);
  // errors about something else are no answer: they would make every tweet one that is missing
  const concerned = errors.some((error) => asked.some((id) => isOf(error, id)));
  if (body.data === undefined && !concerned) throw new Fault("transient", "answered 200 with neither data nor errors of it");
  const ids = idsOf(dataOf(answer, body));
  const given = new Set(ids);
  const absent = asked.filter((id) => !given.has(id)).map((id) => ({ id, why: whyAbsent(errors.filter((error) => isOf(error, id))) }));
  return { ...pageOf(answer, { receivedAt: requests.clock.now(), ids, next: null }), absent };
}

/** An error of an account or an image may carry the same number. */
const isOf = (error: Wire, id: TweetId): boolean =>
  (error.resource_id ?? error.value) === id && ["tweet", "post", undefined].some((type) => type === error.resource_type);

/** Suspension is told under the titles of the others, and by its sentence alone. */
function whyAbsent(errors: readonly Wire[]): Absent {
  const says = (words: RegExp): boolean =>
    errors.some((error) => [error.title, error.type, error.detail].some((text) => typeof text === "string" && words.test(text)));
  if (says(/suspended/i)) return "suspended"; // `User has been suspended: [amy].`
  if (says(/^authorization error|\/not-authorized-for-resource$/i)) return "protected"; // `Authorization Error`
  if (says(/^not found|\/resource-not-found$/i)) return "deleted"; // `Not Found Error`
  return "unknown";
}
