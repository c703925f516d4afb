#!/usr/bin/env node
// The command `chatscribe`. Plain JavaScript, so that a Node too old for TypeScript can still say so, or start the project's own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  const { start } = await import("../src/cli/start.ts");
  await start();
} else if (existsSync(own)) {
  const child = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = child.status ?? 1;
} else {
  process.stderr.write("chatscribe: needs Node 24, and the project's own is not installed: type npm install in the clone\n");
  process.exitCode = 2;
}
