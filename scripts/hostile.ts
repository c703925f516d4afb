// Builds a site from hostile words and looks for what they did: `node scripts/hostile.ts [--tweets 10000]`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { findChromium, launch } from "../test/browser/chromium.ts";
import { ranIn } from "../test/browser/hostile.ts";
import { built, faultsOf, lostWords, payloads, vocabularyOf } from "../test/site/hostile.ts";
import { findChecker, faultsOf as invalidIn } from "../test/site/vnu.ts";

const { values } = parseArgs({ options: { tweets: { type: "string", default: "10000" } } });
const tweets = Number(values.tweets);
const { own, more, all } = payloads();
console.log(`${own} payloads of our own, ${more} of the big list of naughty strings${more === 0 ? " (skipped: not here)" : ""}`);

const tame = await built(Math.min(tweets, 1000), all, true);
const known = vocabularyOf(tame);
const site = await built(tweets, all);
const faults = [...site.pages].flatMap(([path, html]) => faultsOf(html, known).map((fault) => `${path}: ${fault}`));
const { looked, lost } = lostWords(site);
console.log(`${site.pages.size} pages, ${looked} tweets: ${faults.length} faults, ${lost.length} words lost`);

const chromium = findChromium();
let ran: readonly string[] = [];
if (chromium === null) console.log("skipped: the browser, no Chromium");
else {
  const browser = await launch(chromium);
  ran = await ranIn(browser, site.pages);
  await browser.close();
  console.log(`Chromium without the policy: ${ran.length} things ran`);
}

const checker = findChecker();
let invalid: readonly string[] = [];
if (checker === null) console.log("skipped: the Nu Html Checker, no Java or no VNU_JAR");
else {
  const dir = mkdtempSync(join(tmpdir(), "hostile-"));
  for (const [path, html] of site.pages) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), html);
  }
  invalid = invalidIn(checker, dir);
  rmSync(dir, { recursive: true });
  console.log(`the Nu Html Checker: ${invalid.length} errors`);
}
const wrong = [...faults, ...lost, ...ran, ...invalid];
for (const one of wrong.slice(0, 20)) console.log(JSON.stringify(one));
process.exitCode = wrong.length === 0 ? 0 : 1;
