// Told to every process of a build by npm run bench:site: what it took, a line each, when it ends. Pictures of quotes are not drawn.
import { appendFileSync } from "node:fs";
import Module from "node:module";

const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...more) => {
  if (name === "satori") throw Object.assign(new Error("not for the bench"), { code: "MODULE_NOT_FOUND" });
  return resolve(name, ...more);
};

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  if (process.env.BENCH_USAGE)
    appendFileSync(process.env.BENCH_USAGE, `${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, mib: maxRSS / 1024 })}\n`);
});
