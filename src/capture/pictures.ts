import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "../config/durable.ts";
import type { Tweet } from "../model.ts";
import { Fault, type Network } from "../source/network.ts";
import { sync } from "../store/backup.ts";
import { asDiskError } from "../store/open.ts";
import type { Picture } from "../store/pictures.ts";
import type { Store } from "../store/store.ts";
import { imageKind } from "../text/image.ts";
import { safeUrl } from "../text/link.ts";

export interface PicturesOptions {
  /** Milliseconds: when an answer came. */
  readonly now: () => number;
  /** Raised: what is not asked for yet is left for the next time. */
  readonly signal?: AbortSignal;
}

export interface PicturesReport {
  readonly kept: number;
  /** Answered, but by no image that can be kept. */
  readonly none: number;
  /** Not answered: a fault that may pass. They are asked for again the next time. */
  readonly failed: number;
}

/** A larger one is not kept. */
const LARGEST = 20 * 1024 * 1024;
/** So many are asked for at a time. */
const ABREAST = 4;

/** The images of tweets, posters of videos among them, that no file is known of: each address once. */
export const picturesOf = (tweets: Iterable<Tweet>): string[] => [
  ...new Set([...tweets].flatMap(({ media }) => media.flatMap(({ url, file }) => (file === null ? [url] : [])))),
];

/** Keeps images in media/, named by their content. Each address is asked for once, unless a fault came in between; a fault ends nothing.
 *  A file is whole and durable before the store knows it. Call it as the one writer. Throws UserError (74) where the disk says no. */
export async function keepPictures(
  store: Store,
  dir: string,
  network: Pick<Network, "picture">,
  urls: Iterable<string>,
  { now, signal }: PicturesOptions,
): Promise<PicturesReport> {
  const wanted = [...new Set(urls)].filter((url) => safeUrl(url) !== null && !store.pictures.has(url));
  const count = { kept: 0, none: 0, failed: 0 };
  for (let i = 0; i < wanted.length && signal?.aborted !== true; i += ABREAST) {
    const some = wanted.slice(i, i + ABREAST);
    const answers = await Promise.all(some.map(async (url) => ({ url, answer: await ask(network, url) })));
    const told = answers.flatMap(({ url, answer }) => (answer === "fault" ? [] : [{ url, picture: keepFile(dir, answer) }]));
    store.transaction(() => {
      for (const { url, picture } of told) store.pictures.keep(url, picture, now());
    });
    const kept = told.filter(({ picture }) => picture.file !== null).length;
    count.kept += kept;
    count.none += told.length - kept;
    count.failed += some.length - told.length;
  }
  return count;
}

/** The bytes; null: none; "large": too many to be read. A fault that may pass is no answer. */
async function ask(network: Pick<Network, "picture">, url: string): Promise<Buffer | null | "large" | "fault"> {
  try {
    return await network.picture(url);
  } catch (error) {
    if (error instanceof Fault) return error.kind === "too large" ? "large" : "fault";
    throw error;
  }
}

function keepFile(dir: string, answer: Buffer | null | "large"): Picture {
  if (answer === null) return { file: null, why: "the network has none" };
  if (answer === "large" || answer.length > LARGEST) return { file: null, why: "over 20 MB" };
  const file = nameOf(answer);
  if (file === null) return { file: null, why: "no JPEG, PNG, GIF or WebP" };
  writeMedia(dir, file, answer);
  return { file, why: null };
}

/** What an image is called in media/: its hash and what it is; null: none of the kinds that are kept. */
export function nameOf(bytes: Buffer): string | null {
  const kind = imageKind(bytes);
  return kind === null ? null : `${createHash("sha256").update(bytes).digest("hex")}.${kind}`;
}

function writeMedia(dir: string, name: string, bytes: Buffer): void {
  const folder = join(dir, "media");
  const file = join(folder, name);
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder);
      sync(dir);
    }
    writeDurably(file, bytes);
  } catch (error) {
    throw asDiskError(file, error);
  }
}
