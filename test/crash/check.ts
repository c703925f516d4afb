import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Archive } from "../../src/archive/archive.ts";
import { write } from "../helpers.ts";
import type { Change, Files } from "./disk.ts";
import { contentOf, type Moments, makeFolder, type Story } from "./story.ts";

/** The file in which a recorded process says that a part is acknowledged, a byte each. */
export const ACKS = "acks";

/** Of what was recorded up to a moment: how many commits had been acknowledged. */
export const acknowledged = (changes: readonly Change[]): number =>
  changes.filter(({ name, kind }) => name === ACKS && kind === "write").length;

/** What is wrong with an archive that was interrupted; null: nothing. `told` commits had been acknowledged. */
export function faultOf(dir: string, moments: Moments, told: number): string | null {
  try {
    Archive.open(dir).close();
    const moment = moments.indexOf(contentOf(dir));
    if (moment === -1) return "holds a part half, twice or apart from its tweets";
    return moment < told ? `lost: ${told} commits were acknowledged, ${moment} are held` : null;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Goes on with the story: now it must come to its end. */
export async function faultOfResuming(dir: string, moments: Moments, story: Story): Promise<string | null> {
  try {
    await story(dir);
    return contentOf(dir) === moments.at(-1) ? null : "resumed: not what an import without interruption gives";
  } catch (error) {
    return `cannot be resumed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What is wrong with the files that a crash left behind: looked at in a folder of their own, then resumed. */
export async function faultOfFiles(files: Files, { room, moments, story, told }: Case): Promise<string | null> {
  const root = mkdtempSync(join(room, "state-"));
  try {
    const dir = makeFolder(join(root, "data"));
    for (const [name, bytes] of files) if (name !== ACKS) write(root, name, bytes);
    return faultOf(dir, moments, told) ?? (await faultOfResuming(dir, moments, story));
  } finally {
    rmSync(root, { recursive: true });
  }
}

export interface Case {
  /** A folder for what is only needed for a moment; best in memory. */
  readonly room: string;
  readonly moments: Moments;
  readonly story: Story;
  /** Commits that had been acknowledged. */
  readonly told: number;
}
