// @ts-check
// Looks which files of a site are there: as a thread of its own, and as a part of who started it (folder.ts). Plain JavaScript, because a
// thread takes longer to learn TypeScript than to look for ten thousand files.
import { existsSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";

/** So many letters of a list are looked at before somebody else may take the next: a thousand files. */
const STEP = 50_000;

/** @param {string} file */
const isOurs = (file) => file !== "" && !(file.includes("..") && file.split("/").includes(".."));

/**
 * The files that a list names, a line each: `..` leads out of the folder.
 *
 * @param {string} list
 * @returns {string[]}
 */
export const filesIn = (list) => list.split("\n").filter(isOurs);

/**
 * Those that are not there, of as much of the list as others with the same `taken` leave. `taken`: how many of its letters somebody looks
 * at already.
 *
 * @param {{ readonly folder: string, readonly list: string, readonly taken: Int32Array }} wanted
 * @returns {string[]}
 */
export function lookFor({ folder, list, taken }) {
  const missing = [];
  for (let at = Atomics.add(taken, 0, STEP); at < list.length; at = Atomics.add(taken, 0, STEP)) {
    const lines = list.slice(lineAt(list, at), lineAt(list, at + STEP));
    for (const file of filesIn(lines)) if (!existsSync(`${folder}/${file}`)) missing.push(file);
  }
  return missing;
}

/**
 * Where the first line begins that begins there or later.
 *
 * @param {string} list
 * @param {number} at
 */
const lineAt = (list, at) => (at === 0 ? 0 : list.indexOf("\n", at - 1) + 1 || list.length);

if (!isMainThread && workerData?.lookout !== undefined) parentPort?.postMessage(lookFor(workerData.lookout));
