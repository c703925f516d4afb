import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cardPath } from "../paths.ts";
import type { Card } from "./card.ts";

/** Makes the pictures of cards. `session`: `chat/2009-07-21`. */
export interface CardMaker {
  /** The PNG of a card, drawn or kept from an earlier build. */
  make(session: string, card: Card): Promise<Uint8Array>;
  /** Forgets what else it kept of a session. */
  keepOnly(session: string, cards: readonly Card[]): Promise<void>;
}

/** So many are drawn at once: outlines in this thread, pixels in others. */
const AT_ONCE = 4;

/** The cards that the pages of one build ask for. */
export class Cards {
  readonly #maker: CardMaker | null;
  readonly #wanted = new Map<string, { readonly session: string; readonly card: Card }>();

  constructor(maker: CardMaker | null) {
    this.#maker = maker;
  }

  /** Where the card of a page will be; null: none is made. */
  at(page: string): string | null {
    return this.#maker === null ? null : cardPath(page);
  }

  /** Has the card of a page made, and returns where it will be; null: none is made. */
  want(page: string, { session, card }: { readonly session: string; readonly card: () => Card }): string | null {
    const path = this.at(page);
    if (path !== null) this.#wanted.set(path, { session, card: card() });
    return path;
  }

  /** Puts all of them into a built site. */
  async write(out: string): Promise<void> {
    const maker = this.#maker;
    if (maker === null) return;
    const queue = this.#wanted.entries();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const [path, { session, card }] of queue) await put(join(out, path), await maker.make(session, card));
      }),
    );
    for (const [session, all] of Map.groupBy(this.#wanted.values(), (one) => one.session))
      await maker.keepOnly(
        session,
        all.map(({ card }) => card),
      );
  }
}

async function put(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
