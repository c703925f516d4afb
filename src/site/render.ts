import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Eleventy } from "@11ty/eleventy";
import { UserError } from "../errors.ts";
import type { SiteData } from "./data.ts";
import { chatscribe, templatesFromHere } from "./plugin.ts";

export interface Rendered {
  readonly files: number;
  /** Files whose bytes changed, and those that no page is made for any more. */
  readonly written: number;
  readonly removed: number;
}

const CONFIG = fileURLToPath(new URL("../../.eleventy.js", import.meta.url));
/** The files the last build put into the folder: only these are ever deleted. */
const LIST = ".files";
const NEXT = ".next";

/** Renders the whole site into `out`. Pages are made in `<out>/.next` and moved into place once all of them are there:
 *  a build that fails leaves the last good one as it was. */
export async function renderSite(site: SiteData, out: string): Promise<Rendered> {
  const folder = resolve(out);
  const next = join(folder, NEXT);
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  try {
    await build(site, next);
    return await moveIntoPlace(next, folder);
  } finally {
    await rm(next, { recursive: true, force: true, maxRetries: 8 }); // after a failure Eleventy may still be copying into it
  }
}

async function build(site: SiteData, next: string): Promise<void> {
  const eleventy = new Eleventy(templatesFromHere(), next, {
    quietMode: true,
    loader: "esm",
    configPath: relative(process.cwd(), CONFIG),
    config: (config) => config.addPlugin(chatscribe, { site }),
  });
  eleventy.disableLogger();
  try {
    await eleventy.init();
    await eleventy.write();
  } catch (error) {
    throw rootOf(error);
  }
}

/** Eleventy wraps what a template threw in errors of its own. What the user can put right comes out as it was. */
function rootOf(error: unknown): unknown {
  for (let inner = error; inner instanceof Error; inner = "originalError" in inner ? inner.originalError : inner.cause)
    if (inner instanceof UserError) return inner;
  return error;
}

async function moveIntoPlace(next: string, folder: string): Promise<Rendered> {
  const files = await filesIn(next);
  const before = await lastFiles(folder);
  // Named before they are there, so that a run that is cut short leaves no file nobody knows.
  await writeFile(join(folder, LIST), listOf(new Set([...before, ...files])));
  let written = 0;
  for (const file of files) {
    if (await sameBytes(join(next, file), join(folder, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await rename(join(next, file), join(folder, file));
    written++;
  }
  const gone = [...before.difference(new Set(files))];
  for (const file of gone) await remove(folder, file);
  await writeFile(join(folder, LIST), listOf(files));
  return { files: files.length, written, removed: gone.length };
}

const listOf = (files: Iterable<string>): string => `${[...files].sort().join("\n")}\n`;

async function lastFiles(folder: string): Promise<Set<string>> {
  const list = join(folder, LIST);
  if (!existsSync(list)) return new Set();
  const lines = (await readFile(list, "utf8")).split("\n");
  return new Set(lines.filter((file) => file !== "" && !file.split("/").includes("..")));
}

/** All files below a folder, `a/b.html`, in order. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

async function sameBytes(a: string, b: string): Promise<boolean> {
  return existsSync(b) && (await readFile(a)).equals(await readFile(b));
}

/** Deletes a file and the folders it leaves empty. */
async function remove(folder: string, file: string): Promise<void> {
  await rm(join(folder, file), { force: true });
  for (let parent = dirname(file); parent !== "."; parent = dirname(parent)) {
    const path = join(folder, parent);
    if (!existsSync(path) || (await readdir(path)).length > 0) return;
    await rm(path, { recursive: true });
  }
}
