// How a browser takes a very long session, and what pages weigh: `node scripts/long-page.ts [--tweets 20000]`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { serve } from "../src/site/serve.ts";
import { findChromium, launch } from "../test/browser/chromium.ts";
import { makeArchive, run, SESSION, tempDir, write } from "../test/helpers.ts";
import { longSession, weightOf } from "../test/site/weight.ts";

const { values } = parseArgs({ options: { tweets: { type: "string", default: "20000" } } });
const tweets = Number(values.tweets);

async function done(args: readonly string[]): Promise<void> {
  const { code, err } = await run(args);
  if (code !== 0) throw new Error(err);
}

const archive = makeArchive();
const out = tempDir();
await done(["import", write(tempDir(), "long.jsonl", longSession(tweets).join("")), "--chat", "teachat", "--archive", archive]);
await done(["build", "--archive", archive, "--out", out]);
const folder = join(out, "teachat", SESSION);
const { page: weight, text, ratio } = weightOf(folder);
const raw = readFileSync(join(folder, "index.html")).length;
console.log(`${tweets} tweets: page ${raw} bytes, ${weight} in gzip; text ${text} in gzip; ratio ${ratio.toFixed(2)}`);

const chromium = findChromium();
if (chromium === null) console.log("skipped: the browser, no Chromium");
else {
  const served = await serve(out, { port: 0 });
  const browser = await launch(chromium);
  const ids = [...readFileSync(join(folder, "index.html"), "utf8").matchAll(/<li class="t[^"]*" id="(t\d+)"/g)].map(([, id]) => id ?? "");
  const middle = ids[Math.floor(ids.length / 2)] ?? "";
  // a browser's first page of all pays for the browser
  const first = await browser.newPage();
  await first.goto(served.url);
  await first.close();
  for (const anchor of ["", `#${middle}`]) {
    const visits: { readonly paint: number; readonly loaded: number; readonly top: number }[] = [];
    for (let turn = 0; turn < 3; turn++) visits.push(await visit(browser, `${served.url}teachat/${SESSION}/${anchor}`));
    // what else the machine does only adds
    const [best] = visits.toSorted((a, b) => a.paint - b.paint);
    const lands = anchor === "" || visits.every(({ top }) => top >= 0 && top < 900);
    console.log(
      `${anchor || "top"}: first paint ${best?.paint} ms, loaded ${best?.loaded} ms${anchor === "" ? "" : lands ? ", lands" : ", does not land"}`,
    );
    if (best === undefined || best.paint > 1000 || !lands) process.exitCode = 1;
  }
  await browser.close();
  await served.close();
}

async function visit(browser: Browser, url: string): Promise<{ paint: number; loaded: number; top: number }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const began = performance.now();
  await page.goto(url);
  const loaded = Math.round(performance.now() - began);
  await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
  const paint = Math.round(Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")));
  await page.waitForTimeout(1500);
  const top = Number(await page.evaluate("document.querySelector(':target')?.getBoundingClientRect().top ?? 0"));
  await page.close();
  return { paint, loaded, top };
}
