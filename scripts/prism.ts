// npx node scripts/prism.ts <openapi.json>…: holds the stand-in of the tests against X's own description of its API. Requests of every kind
// go through prism (downloaded by npx), which checks them and the answers; every violation is printed. Exits 1 if there is one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, hear, MINUTE, START } from "../test/x/ask.ts";
import { VirtualClock } from "../test/x/clock.ts";
import { type FaultName, faultsAt } from "../test/x/faults.ts";
import type { Names } from "../test/x/names.ts";
import { makeSession } from "../test/x/session.ts";
import { StandIn } from "../test/x/standin.ts";

type Params = Readonly<Record<string, string | number>>;

const OBJECTS = {
  "user.fields": "name,username,protected,created_at,verified",
  "media.fields": "alt_text,height,type,url,width",
  "poll.fields": "duration_minutes,end_datetime,options,voting_status",
};
const FIELDS = "attachments,conversation_id,created_at,edit_controls,entities,id,lang,possibly_sensitive,public_metrics,text";
const OLD = {
  "tweet.fields": `${FIELDS},author_id,edit_history_tweet_ids,in_reply_to_user_id,note_tweet,referenced_tweets`,
  expansions:
    "attachments.media_keys,attachments.poll_ids,author_id,edit_history_tweet_ids,entities.mentions.username,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.attachments.media_keys,referenced_tweets.id.author_id",
  ...OBJECTS,
};
const NEW = {
  "post.fields": `${FIELDS},note_post`,
  expansions:
    "attachments.media_keys,attachments.poll_ids,author_id,edit_history_post_ids,entities.mentions.username,in_reply_to_user_id,referenced_posts",
  ...OBJECTS,
};

/** One description and the stand-in that speaks its words, with prism between. */
interface Bench {
  readonly names: Names;
  readonly clock: VirtualClock;
  readonly x: StandIn;
  /** Where prism listens. */
  readonly url: string;
  readonly tag: string;
  readonly ids: readonly string[];
  readonly violations: string[];
  requests: number;
}

/** Faults whose answers X's description has a form for: those of a whole request. */
const DESCRIBED: readonly FaultName[] = ["429 with reset", "429 per second", "402", "401", "403", "400", "503 JSON"];

async function check(file: string): Promise<number> {
  const names: Names = readFileSync(file, "utf8").includes('"post.fields"') ? "post" : "tweet";
  const clock = new VirtualClock(START + 26 * 60 * MINUTE);
  const session = makeSession(7, { tweets: 150, start: START });
  const plan = Object.fromEntries(DESCRIBED.map((fault, i) => [`counts ${i + 2}`, fault]));
  const x = new StandIn({ clock, posts: session.posts, names, pageCap: 25, faults: faultsAt(plan), perSecond: false });
  const { url, close } = await x.listen();
  const room = mkdtempSync(join(tmpdir(), "chatscribe-prism-"));
  const prism = await startPrism(eitherForm(file, room), url);
  const ids = session.posts.map(({ id }) => id);
  const bench: Bench = { names, clock, x, url: prism.url, tag: session.tag, ids, violations: [], requests: 0 };
  try {
    await askAll(bench);
  } finally {
    prism.stop();
    await close();
    rmSync(room, { recursive: true });
  }
  console.log(`${file}: ${names} names, ${bench.requests} requests, ${bench.violations.length} violations`);
  return bench.violations.length;
}

/** A copy in which an error may have either form that is described: prism cannot tell application/problem+json from application/json. */
function eitherForm(file: string, room: string): string {
  const copy = join(room, "openapi.json");
  const turned = JSON.parse(readFileSync(file, "utf8"), (key, value) => {
    if (key !== "content" || value["application/problem+json"] === undefined) return value;
    const anyOf = Object.values(value as Record<string, { schema: unknown }>).map(({ schema }) => schema);
    return { "application/json": { schema: { anyOf } } };
  });
  writeFileSync(copy, JSON.stringify(turned));
  return copy;
}

async function askAll(bench: Bench): Promise<void> {
  const { clock, names, tag, ids } = bench;
  const fields = names === "tweet" ? OLD : NEW;
  const wrong = await ask({ url: bench.url }, "/2/tweets/search/recent", { query: "#a", max_results: 7 });
  if (!isViolation(wrong.bytes.toString())) throw new Error("prism lets a page of 7 pass: it checks nothing");
  const range = { start_time: new Date(START - 15 * MINUTE).toISOString(), end_time: new Date(START + 95 * MINUTE).toISOString() };
  for (const query of [`(#${tag} OR #nothing) -is:retweet`, "from:lantern_host -is:retweet", "#nothing"])
    for (const path of ["search/recent", "search/all"])
      await askPages(bench, `/2/tweets/${path}`, { query, ...range, ...fields, max_results: 25 });
  await tell(bench, "/2/tweets/search/recent", { query: `#${tag}` });
  for (const granularity of ["minute", "hour", "day"])
    await tell(bench, "/2/tweets/counts/all", { query: `#${tag}`, ...range, granularity });
  for (const _ of DESCRIBED) {
    await tell(bench, "/2/tweets/counts/recent", { query: `#${tag}`, ...range, granularity: "minute" });
    await clock.advance(15 * MINUTE);
  }
  for (let from = 0; from < ids.length; from += 100)
    await tell(bench, "/2/tweets", { ids: ids.slice(from, from + 100).join(","), ...fields });
  await tell(bench, "/2/tweets", { ids: "17,18", ...fields });
  await tell(bench, "/2/tweets/search/recent", { query: "has:links" });
  await tell(bench, "/2/tweets/search/recent", { query: `#${tag}`, next_token: "none" });
  await askStream(bench);
}

async function askPages(bench: Bench, path: string, params: Params): Promise<void> {
  for (let next: string | undefined = ""; next !== undefined; ) {
    const body = await tell(bench, path, { ...params, ...(next !== "" && { next_token: next }) });
    next = body?.meta?.next_token;
  }
}

/** Rules added, listed and deleted, and one tweet of the stream: prism waits for its end. */
async function askStream(bench: Bench): Promise<void> {
  const rules = "/2/tweets/search/stream/rules";
  await tell(bench, rules);
  const added = await tell(bench, rules, {}, { add: [{ value: `#${bench.tag}`, tag: "ours" }] });
  await tell(bench, rules, {}, { add: [{ value: `#${bench.tag}`, tag: "ours" }] });
  await tell(bench, rules);
  const [one] = bench.x.world.posts.filter(({ text, repostOf }) => text.includes(`#${bench.tag}`) && repostOf === undefined);
  if (one === undefined) throw new Error("the session has no tweet");
  bench.requests++;
  const stream = hear({ url: bench.url }, `/2/tweets/search/stream?${new URLSearchParams(OLD)}`);
  while (!bench.x.log.some(({ kind }) => kind === "stream")) await new Promise((resolve) => setTimeout(resolve, 20));
  const at = bench.clock.now() + MINUTE / 6;
  const { replyTo: _, quotes: __, edits: ___, deletedAt: ____, indexedAt: _____, ...kept } = one;
  bench.x.world.add({ ...kept, id: String((BigInt(at) - 1_288_834_974_657n) << 22n), at });
  await bench.clock.advance(MINUTE / 3);
  bench.x.close();
  const { pieces, status } = await stream;
  await new Promise((resolve) => setTimeout(resolve, 200));
  note(bench, `stream ${status}`, Buffer.concat(pieces).toString());
  await tell(bench, rules, {}, { delete: { ids: [added.data[0].id] } });
}

async function tell(bench: Bench, path: string, params: Params = {}, body?: object): Promise<ReturnType<typeof JSON.parse>> {
  bench.requests++;
  const told = await ask({ url: bench.url }, path, params, body);
  note(bench, `${path} ${told.status}`, told.bytes.toString());
  return told.body;
}

/** What prism says instead of the answer where it finds something wrong. */
const isViolation = (text: string): boolean => text.includes("stoplight.io/prism/errors");

function note(bench: Bench, what: string, text: string): void {
  if (isViolation(text)) {
    bench.violations.push(what);
    console.log(`${bench.names}: ${what}: ${text.slice(0, 2000)}`);
  }
}

async function startPrism(file: string, upstream: string): Promise<{ url: string; stop(): void }> {
  const port = await freePort();
  const args = ["-y", "@stoplight/prism-cli", "proxy", file, upstream, "--errors", "--port", String(port)];
  const child = spawn("npx", args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  await listening(child);
  const stop = (): void => {
    // npx starts prism as a process of its own: both are of one group
    if (child.pid !== undefined) process.kill(-child.pid);
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

function listening({ stdout }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    stdout?.on("data", (piece) => {
      said += String(piece);
      if (said.includes("is listening on")) resolve();
    });
    stdout?.on("end", () => reject(new Error(`prism ended: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("name the OpenAPI files of X: npx node scripts/prism.ts openapi.json");
let violations = 0;
for (const file of files) violations += await check(file);
process.exitCode = violations === 0 ? 0 : 1;
