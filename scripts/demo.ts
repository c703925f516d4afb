// npm run demo: builds site/ from the bundled archive and shows it. `-- --once` builds and exits; `-- --capture`: demo-capture.ts.
import { start } from "../src/cli/start.ts";

const ARCHIVE = ["--archive", "data/demo"];
const run = async (...args: string[]): Promise<boolean> => {
  process.argv.splice(2, process.argv.length, ...args);
  await start();
  return process.exitCode === 0;
};

const once = process.argv.includes("--once");
if (process.argv.includes("--capture")) {
  const { demoCapture } = await import("./demo-capture.ts");
  process.exitCode = await demoCapture({ once });
} else {
  const done =
    (await run("import", "data/demo/tweets.jsonl", "--chat", "mendchat", ...ARCHIVE, "--quiet")) &&
    (await run("build", ...ARCHIVE, "--quiet"));
  if (done && !once) await run("serve", ...ARCHIVE);
}
