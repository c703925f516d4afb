// Loaded before a program (node --import): it says in the file CRASH_ACKS when a part is acknowledged, and plants what CRASH_PLANT names.
import { openSync, writeSync } from "node:fs";
import { PLANTS, watchCommits } from "./commits.ts";

const { CRASH_ACKS: acks = "", CRASH_PLANT: plant = "" } = process.env;
PLANTS[plant]?.();
if (acks !== "") {
  const file = openSync(acks, "a");
  watchCommits(() => writeSync(file, "."), { early: plant === "early" });
}
