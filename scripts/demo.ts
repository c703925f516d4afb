// npm run demo: builds site/ from the bundled archive and shows it. `-- --once` builds and exits.
import { start } from "../src/cli/start.ts";

const ARCHIVE = ["--archive", "data/demo"];
const run = async (...args: string[]): Promise<boolean> => {
  process.argv.splice(2, process.argv.length, ...args);
  await start();
  return process.exitCode === 0;
};

const once = process.argv.includes("--once");
const done =
  (await run("import", "data/demo/tweets.jsonl", "--chat", "mendchat", ...ARCHIVE, "--quiet")) &&
  (await run("build", ...ARCHIVE, "--quiet"));
if (done && !once) await run("serve", ...ARCHIVE);
