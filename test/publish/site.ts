import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { publish } from "../../src/publish/publish.ts";
import type { Target } from "../../src/publish/target.ts";
import { tempDir } from "../helpers.ts";

/** Files by name: `{ "index.html": "home" }`. */
export type Files = Readonly<Record<string, string>>;

export const FIRST: Files = {
  "index.html": "home 1",
  "404.html": "not here",
  "assets/style.css": "p {}",
  "tea/index.html": "tea 1",
  "tea/feed.xml": "<feed/>",
  "tea/2026-03-03/index.html": "leaves",
  "tea/2026-03-03/t/101/index.html": "one leaf",
  "tea/people/amy/index.html": "amy",
};
/** A session more, and a tweet's page less. */
export const SECOND: Files = {
  ...Object.fromEntries(Object.entries(FIRST).filter(([file]) => !file.includes("/t/101/"))),
  "index.html": "home 2",
  "tea/index.html": "tea 2",
  "tea/2026-03-10/index.html": "water",
};

export function put(dir: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
}

/** A folder with these files and no others, and what a build leaves beside them. */
export function siteOf(files: Files, dir = tempDir()): string {
  rmSync(dir, { recursive: true, force: true });
  put(dir, { ...files, ".files": "the build's own" });
  return dir;
}

/** What is in a folder, but for what a publication remembers. */
export function filesOf(dir: string): Files {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((name) => !/(?:^|\/)\.chatscribe/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(dir, name), "utf8")]));
}

/** "put …; remove …; same n" of a publication. */
export async function told(dir: string, target: Target, dryRun = false): Promise<string> {
  const { put: stages, remove, unchanged } = await publish(dir, target, { dryRun });
  return [
    ...stages.map((stage) => `put ${stage.join(" ")}`),
    ...(remove.length === 0 ? [] : [`remove ${remove.join(" ")}`]),
    `same ${unchanged}`,
  ].join("\n");
}

export const WHOLE = `put assets/style.css
put tea/2026-03-03/index.html tea/2026-03-03/t/101/index.html tea/people/amy/index.html
put 404.html index.html tea/feed.xml tea/index.html
same 0`;
export const CHANGED = `put tea/2026-03-10/index.html
put index.html tea/index.html
remove tea/2026-03-03/t/101/index.html
same 5`;
