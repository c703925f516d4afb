// npx node test/x/serve.ts [--seed 7] [--port 0] [--speed 60] …: a made session on loopback, for a process of its own. Prints where it is,
// then what the session is, each on a line; ends with its process.
import { parseArgs } from "node:util";
import { scaledClock } from "./clock.ts";
import { FAULTS, type FaultName, faultsAt, NO_FAULTS, randomFaults } from "./faults.ts";
import type { Names } from "./names.ts";
import { makeSession } from "./session.ts";
import { StandIn } from "./standin.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    port: { type: "string", default: "0" },
    /** How many times as fast as real time. */
    speed: { type: "string", default: "1" },
    /** When the hour begins, and when the clock is as the process starts (an hour and a half later unless said). */
    start: { type: "string", default: "2026-03-03T17:00:00Z" },
    now: { type: "string" },
    tweets: { type: "string", default: "80" },
    minutes: { type: "string", default: "60" },
    tag: { type: "string", default: "lanternchat" },
    host: { type: "string", default: "lantern_host" },
    token: { type: "string", default: "token" },
    names: { type: "string", default: "tweet" },
    lag: { type: "string", default: "30000" },
    "page-cap": { type: "string", default: "100" },
    /** That a request meets a fault, 0 to 1; or one by its place: `--fault "search 2=401"`. */
    odds: { type: "string", default: "0" },
    fault: { type: "string", multiple: true, default: [] },
  },
});

const start = Date.parse(values.start);
const now = values.now === undefined ? start + 90 * 60_000 : Date.parse(values.now);
if (Number.isNaN(start) || Number.isNaN(now)) throw new Error("--start and --now must be as 2026-03-03T17:00:00Z");

const chosen = Object.fromEntries(
  values.fault.map((text) => {
    const [place = "", name = ""] = text.split("=");
    const fault = FAULTS.find((one) => one === name);
    if (fault === undefined) throw new Error(`--fault ${text}: must be one of ${FAULTS.map((one) => `"1=${one}"`).join(", ")}`);
    return [place, fault] satisfies [string, FaultName];
  }),
);
const seed = Number(values.seed);
const atRandom = Number(values.odds) === 0 ? NO_FAULTS : randomFaults(seed, { odds: Number(values.odds), stopping: 0 });
const planned = faultsAt(chosen);

const session = makeSession(seed, {
  tweets: Number(values.tweets),
  minutes: Number(values.minutes),
  tag: values.tag,
  hosts: [values.host],
  start,
});
const standIn = new StandIn({
  clock: scaledClock(Number(values.speed), now),
  posts: session.posts,
  token: values.token,
  names: (values.names === "post" ? "post" : "tweet") satisfies Names,
  lag: Number(values.lag),
  pageCap: Number(values["page-cap"]),
  seed,
  faults: (turn) => planned(turn) ?? atRandom(turn),
});
const { url } = await standIn.listen(Number(values.port));
console.log(url);
console.log(
  JSON.stringify({ tag: session.tag, hosts: session.hosts, start: values.start, minutes: session.minutes, posts: session.posts.length }),
);
