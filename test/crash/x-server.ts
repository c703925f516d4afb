// A process that stands in for X at loopback, two days after a session of 160 tweets: tells its address and goes with its parent.
import { START } from "../helpers.ts";
import { scaledClock } from "../x/clock.ts";
import { makeSession } from "../x/session.ts";
import { StandIn } from "../x/standin.ts";
import { CAPTURED, TOKEN } from "./capture.ts";

const { posts } = makeSession(7, { tweets: 160, tag: "teachat", hosts: ["ceylon_sam"], start: START });
// what befalls posts afterwards has befallen them: every answer is the same, whenever it is asked for
const x = new StandIn({
  clock: scaledClock(1, CAPTURED),
  posts,
  token: TOKEN,
  pageCap: 10,
  // its headers tell the time of this machine
  skew: Date.now() - CAPTURED,
  limits: { search: 1e9, counts: 1e9, lookup: 1e9 },
});
const { url } = await x.listen();
process.once("disconnect", () => process.exit());
process.send?.(url);
