import { createHash } from "node:crypto";
import type { TweetId } from "../../src/model.ts";
import { type Answer, invalid, json, type Wire } from "./answer.ts";
import { type Names, wordsOf } from "./names.ts";
import { type Asked, chosenFields } from "./params.ts";
import { compareIds, idAt, newestAt, type Post, stateOf, timeOfId, versionsAt } from "./post.ts";
import { shuffled } from "./random.ts";
import { type Style, Writer } from "./wire.ts";
import type { Between, Hit, World } from "./world.ts";

/** How a page is made other than it should be. */
export type Bend = "empty page" | "same page again" | "overlap" | "out of order" | "partial errors";

/** What the endpoints need to know of where they are. */
export interface Scene {
  readonly world: World;
  readonly now: number;
  readonly names: Names;
  readonly origin: string;
  /** At most so many posts a page, whatever is asked for. */
  readonly pageCap: number;
  /** How long a next_token is taken. */
  readonly tokenLife: number;
  readonly random: () => number;
  readonly bend: Bend | null;
}

/** An answer and the ids of the posts it gives, as it gives them. */
export interface Given {
  readonly answer: Answer;
  readonly ids: readonly TweetId[];
}

const refuse = (answer: Answer): Given => ({ answer, ids: [] });

const WEEK = 7 * 24 * 60 * 60_000;
const MONTH = 31 * 24 * 60 * 60_000;
const FIRST = Date.UTC(2010, 10, 5);
/** How old an end must be, and how old it is where none is given. */
const END = { least: 10_000, usual: 30_000 };

/** GET /2/tweets/search/recent and /all. */
export function search(asked: Asked, scene: Scene): Given {
  const range = rangeOf(asked, scene);
  if ("answer" in range) return range;
  const most = Number(asked.params.get("max_results") ?? 10);
  const highest = asked.all ? 500 : 100;
  if (!Number.isInteger(most) || most < 10 || most > highest)
    return refuse(
      invalid(
        scene.names,
        "max_results",
        `The \`max_results\` query parameter value [${asked.params.get("max_results")}] is not between 10 and ${highest}`,
      ),
    );
  const place = placeOf(asked, range, scene);
  if (place === null) return refuse(invalid(scene.names, "next_token", "The `next_token` query parameter value is not valid"));
  const hits = scene.world.search(asked.params.get("query") ?? "", { after: range.after, before: place }, scene.now);
  const page = scene.bend === "empty page" ? [] : hits.slice(0, Math.min(most, scene.pageCap));
  const next = nextPlace(scene.bend, { page, place, more: hits.length > page.length });
  const meta = next === null ? {} : { next_token: tokenOf(asked, next, scene.now) };
  return giveHits(asked, page, { scene, meta });
}

/** Where the next page begins; null: this was the last. */
function nextPlace(bend: Bend | null, { page, place, more }: { page: readonly Hit[]; place: TweetId; more: boolean }): TweetId | null {
  if (bend === "same page again" || bend === "empty page") return place;
  if (bend === "overlap" && page.length > 1) return page[(page.length >> 1) - 1]?.place ?? null;
  return more ? (page.at(-1)?.place ?? null) : null;
}

function giveHits(asked: Asked, page: readonly Hit[], { scene, meta }: { scene: Scene; meta: Wire }): Given {
  const writer = new Writer(scene.world, styleOf(asked, scene));
  const posts = page.map(({ post }) => post);
  const written = page.map(({ post, version }) => writer.post(post, version));
  const data = scene.bend === "out of order" ? shuffled(scene.random, written) : written;
  const { includes, errors } = writer.around(posts);
  const places = page.map(({ place }) => place);
  const summary = { ...(places.length > 0 && { newest_id: places[0], oldest_id: places.at(-1) }), result_count: page.length };
  const told = [...errors, ...strayErrors(writer, scene)];
  const answer = json({ ...withData(data), ...around(includes, told), meta: { ...summary, ...meta } });
  return { answer, ids: data.map(({ id }) => String(id)) };
}

const withData = (data: readonly Wire[]): Wire => (data.length === 0 ? {} : { data });
const around = (includes: Wire, errors: readonly Wire[]): Wire => ({
  ...(Object.keys(includes).length > 0 && { includes }),
  ...(errors.length > 0 && { errors }),
});

/** Of a post that has nothing to do with what is asked. */
const strayErrors = (writer: Writer, { bend, names }: Scene): Wire[] =>
  bend === "partial errors" ? writer.absence("1000000000000000001", `${wordsOf(names).references}.id`) : [];

/** GET /2/tweets. A post asked for by the id of an older version is given as it was then. */
export function lookup(asked: Asked, scene: Scene): Given {
  const ids = [...new Set((asked.params.get("ids") ?? "").split(","))];
  const writer = new Writer(scene.world, styleOf(asked, scene));
  const found: Post[] = [];
  const data: Wire[] = [];
  const errors: Wire[] = [];
  for (const id of ids) {
    const post = scene.world.get(id);
    if (post === undefined || stateOf(post, scene.now) !== "there") {
      errors.push(...writer.absence(id, "ids"));
      continue;
    }
    found.push(post);
    data.push(
      writer.post(post, versionsAt(post, scene.now).find((version) => version.id === id && id !== post.id) ?? newestAt(post, scene.now)),
    );
  }
  const more = writer.around(found);
  const all = scene.bend === "out of order" ? shuffled(scene.random, data) : data;
  const told = [...errors, ...more.errors, ...strayErrors(writer, scene)];
  return { answer: json({ ...withData(all), ...around(more.includes, told) }), ids: all.map(({ id }) => String(id)) };
}

const STEPS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** GET /2/tweets/counts/recent and /all: every step of the range, oldest first; of the full archive 31 days at a time, latest first. */
export function counts(asked: Asked, scene: Scene): Given {
  const range = rangeOf(asked, scene);
  if ("answer" in range) return range;
  const place = placeOf(asked, range, scene);
  if (place === null) return refuse(invalid(scene.names, "next_token", "The `next_token` query parameter value is not valid"));
  const end = timeOfId(place);
  const start = asked.all ? Math.max(timeOfId(range.after) + 1, end - MONTH) : timeOfId(range.after) + 1;
  const step = STEPS[asked.params.get("granularity") ?? "hour"] ?? 3_600_000;
  const hits = scene.world.search(asked.params.get("query") ?? "", { after: range.after, before: place }, scene.now);
  const times = hits.map((hit) => timeOfId(hit.place)).filter((time) => time >= start);
  const perStep = new Map<number, number>();
  for (const time of times) perStep.set(Math.floor(time / step), (perStep.get(Math.floor(time / step)) ?? 0) + 1);
  const { count, total } = wordsOf(scene.names);
  const data: Wire[] = [];
  for (let from = start; from < end; from = (Math.floor(from / step) + 1) * step) {
    const to = Math.min(end, (Math.floor(from / step) + 1) * step);
    data.push({ start: new Date(from).toISOString(), end: new Date(to).toISOString(), [count]: perStep.get(Math.floor(from / step)) ?? 0 });
  }
  const next = start > timeOfId(range.after) + 1 ? { next_token: tokenOf(asked, idAt(start), scene.now) } : {};
  return { answer: json({ ...withData(data), meta: { [total]: times.length, ...next } }), ids: [] };
}

export const styleOf = (asked: Asked, { names, now, origin }: Scene): Style => ({ names, at: now, origin, ...chosenFields(asked.params) });

/** The ids a search is about; an answer where its times are not allowed. Times have whole seconds; an id is stronger than a time. */
function rangeOf(asked: Asked, { now, names }: Scene): Between | Given {
  const time = (name: string): number | null => {
    const value = asked.params.get(name);
    return value === undefined ? null : readTime(value);
  };
  const wrong = (name: string, why: string): Given =>
    refuse(invalid(names, name, `Invalid '${name}':'${asked.params.get(name)}'. '${name}' must be ${why}.`));
  for (const name of ["start_time", "end_time"]) if (Number.isNaN(time(name))) return wrong(name, "a time as 2026-03-03T17:00:00Z");
  const earliest = asked.all ? FIRST : now - WEEK;
  const end = time("end_time") ?? now - END.usual;
  const start = time("start_time") ?? (asked.all ? end - MONTH : earliest + 1000);
  const since = asked.params.get("since_id");
  const until = asked.params.get("until_id");
  if (end > now - END.least) return wrong("end_time", "a minimum of 10 seconds prior to the request time");
  if (since === undefined && start < earliest) return wrong("start_time", `on or after ${new Date(earliest).toISOString()}`);
  if (since === undefined && start >= end) return wrong("start_time", "before 'end_time'");
  if (since !== undefined && timeOfId(since) < earliest) return wrong("since_id", `larger than ${idAt(earliest)}`);
  return { after: since ?? String(BigInt(idAt(start)) - 1n), before: until ?? idAt(end) };
}

// `2026-03-03T17:00:00Z`, `2026-03-03T17:00:00.000Z`
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
const readTime = (value: string): number => (TIME.test(value) ? Math.floor(Date.parse(value) / 1000) * 1000 : Number.NaN);

/** What a token belongs to: it is not taken for another search. */
function seal(asked: Asked): string {
  const names = ["query", "start_time", "end_time", "since_id", "until_id"];
  const words = names.map((name) => asked.params.get(name) ?? "").join("\n");
  return createHash("sha256").update(`${asked.path}\n${words}`).digest("hex").slice(0, 8);
}

/** `b26v…`: where to go on, as an id, and when that was said. Opaque to whoever gets it. */
const tokenOf = (asked: Asked, place: TweetId, now: number): string =>
  `b26${BigInt(place).toString(32)}z${Math.floor(now / 1000).toString(16)}z${seal(asked)}`;

const TOKEN = /^b26([0-9a-v]+)z([0-9a-f]+)z([0-9a-f]{8})$/; // `b261d2k9m4q0z65e8c0a0z1f2e3d4c`

/** Below which id a page begins; null: its token is not (or no longer) one of this search. */
function placeOf(asked: Asked, range: Between, { now, tokenLife }: Scene): TweetId | null {
  const token = asked.params.get("next_token") ?? asked.params.get("pagination_token");
  if (token === undefined) return range.before;
  const [, place = "", said = "", seal_ = ""] = TOKEN.exec(token) ?? [];
  if (place === "" || seal_ !== seal(asked) || now - Number.parseInt(said, 16) * 1000 > tokenLife) return null;
  let id = 0n;
  for (const digit of place) id = id * 32n + BigInt(Number.parseInt(digit, 32));
  return compareIds(String(id), range.before) > 0 ? range.before : String(id);
}
