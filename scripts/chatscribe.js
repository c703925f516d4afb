#!/usr/bin/env -S MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=4 --optimize-for-size
// The command `chatscribe`. Plain JavaScript, so that a Node too old for TypeScript can still say so, or start the project's own.
// The small young generation and the early collection keep an import of any size below 150 MB, not 210, for a third more
// processor time (npm run bench -- --million). glibc left to itself keeps ever larger pieces of memory for bodies that come and go: a
// capture of a million tweets took 316 MB of it (npm run bench -- --capture).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Types are stripped once and not at every start: a build with nothing to do takes half the time. Below node_modules nobody else writes.
  module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/chatscribe", import.meta.url)));
  const { start } = await import("../src/cli/start.ts");
  await start();
} else if (existsSync(own)) {
  const child = spawnSync(
    own,
    ["--max-semi-space-size=4", "--optimize-for-size", fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: "inherit", env: { MALLOC_MMAP_THRESHOLD_: "131072", ...process.env } },
  );
  process.exitCode = child.status ?? 128 + (constants.signals[child.signal ?? "SIGHUP"] ?? 1);
} else {
  process.stderr.write("chatscribe: needs Node 24, and the project's own is not installed: type npm install in the clone\n");
  process.exitCode = 2;
}
