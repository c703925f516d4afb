import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Chromium is: $CHROMIUM, or a usual name on the PATH. null: none found. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env.CHROMIUM;
  if (named !== undefined) return existsSync(named) ? named : null;
  const folders = ["/usr/bin", ...(env.PATH ?? "").split(delimiter)];
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** So long (ms) a browser and its pages are waited for: nothing is timed here, and the machine may have much else to do. */
const PATIENCE = 300_000;

export async function launch(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: QUIET, timeout: PATIENCE });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE);
    return context;
  };
  return browser;
}

/** `npm run browsers`: every page at every width in both schemes. Else, in `npm test`, every page at the smallest width in the light and at
 *  the largest in the dark, and one of each kind in between. */
export const WHOLE = process.env.CHATSCRIBE_BROWSERS === "whole";
