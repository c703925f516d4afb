// Reads the log of `npm test`: fails when fewer tests ran than are promised here, or when tests skipped for want of a tool.
//   node scripts/ci.js test.log
import { readFileSync } from "node:fs";

/** Raise it with every test that is added; lower it only with the reason in the commit. */
const PROMISED = 3550;

const log = readFileSync(process.argv[2] ?? "", "utf8");
const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, "m").exec(log)?.[1] ?? Number.NaN);
const [ran, failed] = [count("pass"), count("fail")];
const wanting = [...log.matchAll(/^.*skipped: \d+ .*(?:no Chromium|no gcc|no rsync).*$/gim)].map((match) => match[0].trim());
process.stdout.write(`${ran} passed, ${failed} failed\n`);
if (Number.isNaN(ran) || ran < PROMISED) stop(`only ${ran} tests ran, ${PROMISED} are promised`);
if (failed !== 0) stop(`${failed} tests failed`);
if (wanting.length > 0) stop(`tests were skipped for want of a tool:\n${wanting.join("\n")}`);

function stop(why) {
  process.stderr.write(`ci: ${why}\n`);
  process.exit(1);
}
