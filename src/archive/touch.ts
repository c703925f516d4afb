import { lstatSync } from "node:fs";

/** How a file was touched last. */
export interface Touch {
  /** Another one, and somebody has written the file: unless it is young. */
  readonly stamp: string;
  /** It was touched so lately that it may be written again without looking touched. */
  readonly isYoung: boolean;
}

/** In milliseconds. */
const YOUNG = 2000;

/** null: there is no such file. */
export function touchOf(path: string): Touch | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const { size, mtimeMs, ctimeMs } = stats;
  return { stamp: `${size} ${mtimeMs} ${ctimeMs}`, isYoung: Date.now() - Math.max(mtimeMs, ctimeMs) < YOUNG };
}

/** Another one, and somebody has written there since; empty: there is no such file. */
export const stampOf = (path: string): string => touchOf(path)?.stamp ?? "";
