import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Media, Transcript } from "../model.ts";
import { type ImageSize, imageKind, imageSize } from "../text/image.ts";
import type { SiteData } from "./data.ts";
import { href, mediaPath } from "./paths.ts";
import type { Site } from "./site.ts";

/** An image as a page shows it. */
export interface ShownImage {
  readonly src: string;
  /** null: its header does not tell. */
  readonly size: ImageSize | null;
}

/** Finds the image of a tweet's media; null: none is kept. */
export type ImageFinder = (media: Media) => ShownImage | null;

/** Names in media/ of what the tweets on a session's pages have: hidden ones and reposts show none. */
export const filesOf = ({ placed }: Transcript): string[] => [
  ...new Set(
    placed
      .filter(({ tweet, placement }) => !placement.hidden && tweet.repostOf === null)
      .flatMap(({ tweet }) => tweet.media.flatMap(({ file }) => file ?? [])),
  ),
];

/** For all pages of a build: what was read once is known. */
export function imagesOf(site: Pick<Site, "config" | "picture">): ImageFinder {
  const known = new Map<string, ShownImage | null>();
  return ({ file }) => {
    if (file === null) return null;
    let image = known.get(file);
    if (image === undefined) {
      const bytes = site.picture(file);
      const name = bytes === null ? null : publicName(bytes);
      image = bytes === null || name === null ? null : { src: href(site.config, mediaPath(name)), size: imageSize(bytes) };
      known.set(file, image);
    }
    return image;
  };
}

/** By what it holds, whatever it is called in media/; null: no image that a page may show. */
function publicName(bytes: Uint8Array): string | null {
  const kind = imageKind(bytes);
  return kind === null ? null : `${createHash("sha256").update(bytes).digest("hex")}.${kind}`;
}

/** Puts the images of all sessions into a built site. */
export async function copyImages({ chats, picture }: SiteData, out: string): Promise<void> {
  const files = new Set(chats.flatMap(({ sessions }) => sessions.flatMap((card) => card.files)));
  for (const file of files) await copyImage(picture(file), out);
}

/** Puts an image into a built site. Returns its path there; null: it is none that a page may show. */
export async function copyImage(bytes: Uint8Array | null, out: string): Promise<string | null> {
  const name = bytes === null ? null : publicName(bytes);
  if (bytes === null || name === null) return null;
  const to = join(out, mediaPath(name));
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, bytes);
  return mediaPath(name);
}
