// Takes a picture of one page: `npx node scripts/screenshot.ts site /chat/2009-07-21/ page.png [--width 390] [--dark] [--fold]`.
import { parseArgs } from "node:util";
import { serve } from "../src/site/serve.ts";
import { findChromium, launch } from "../test/browser/chromium.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: "string", default: "1280" },
    dark: { type: "boolean", default: false },
    fold: { type: "boolean", default: false },
  },
});
const [dir, path, out] = positionals;
const chromium = findChromium();
if (dir === undefined || path === undefined || out === undefined)
  throw new Error("usage: screenshot.ts <site folder> <path> <out.png> [--width 390] [--dark] [--fold]");
if (chromium === null) throw new Error("no Chromium found; name it in CHROMIUM");

const served = await serve(dir, { port: 0 });
const browser = await launch(chromium);
const page = await browser.newPage({
  viewport: { width: Number(values.width), height: 900 },
  colorScheme: values.dark ? "dark" : "light",
  bypassCSP: true,
});
await page.goto(new URL(path.replace(/^\//, ""), served.url).href); // "/chat/" and "chat/" alike
await page.addStyleTag({ content: "* { content-visibility: visible !important }" }); // else what is off the screen stays blank
await page.evaluate("document.fonts.ready");
await page.screenshot({ path: out, fullPage: !values.fold });
await browser.close();
await served.close();
