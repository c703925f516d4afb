import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Card } from "./card.ts";
import type { CardMaker } from "./cards.ts";
import { LAYOUT } from "./layout.ts";
import type { Paint } from "./painter.ts";

/** Draws cards and keeps them in a folder of the archive, by what they say: what did not change is not drawn again. The folder may be
 *  deleted at any time, and `forget` does it. */
export class CardDesk implements CardMaker {
  readonly #folder: string;
  /** By file: two pages may ask for the same card at once. */
  readonly #making = new Map<string, Promise<Uint8Array>>();
  #painter: Promise<Paint> | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** null: what draws them is not installed. It is loaded with the first card that is new. */
  static open(folder: string, require = createRequire(import.meta.url)): CardDesk | null {
    return isInstalled(require) ? new CardDesk(folder) : null;
  }

  make(session: string, card: Card): Promise<Uint8Array> {
    const file = join(this.#folder, session, nameOf(card));
    const making = this.#making.get(file) ?? this.#make(file, card).finally(() => this.#making.delete(file));
    this.#making.set(file, making);
    return making;
  }

  async #make(file: string, card: Card): Promise<Uint8Array> {
    const kept = await readFile(file).catch(absent);
    if (kept !== null) return kept;
    const drawn = await (await this.#paint())(card);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.part`, drawn);
    await rename(`${file}.part`, file); // one that is cut short is never taken for a card
    return drawn;
  }

  async keepOnly(session: string, cards: readonly Card[]): Promise<void> {
    const folder = join(this.#folder, session);
    const names = new Set(cards.map(nameOf));
    const kept = (await readdir(folder).catch(absent)) ?? [];
    await Promise.all(kept.filter((name) => !names.has(name)).map((name) => rm(join(folder, name), { force: true })));
  }

  #paint(): Promise<Paint> {
    this.#painter ??= import("./painter.ts").then(({ loadPainter }) => loadPainter());
    return this.#painter;
  }
}

const nameOf = (card: Card): string =>
  `${createHash("sha256")
    .update(JSON.stringify([LAYOUT, card]))
    .digest("hex")}.png`;

/** resvg's part for this machine is loaded to know; satori is there or not. */
function isInstalled(require: NodeJS.Require): boolean {
  try {
    require.resolve("satori");
    require("@resvg/resvg-js");
    return true;
  } catch {
    return false; // the build says so, and its pages name no picture
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
