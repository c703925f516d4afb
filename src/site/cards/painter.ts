import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TEMPLATES } from "../plugin.ts";
import type { Card } from "./card.ts";
import { layoutOf, SIZE } from "./layout.ts";

/** Draws a card: a PNG. The same card is the same bytes, on any day and in any place. */
export type Paint = (card: Card) => Promise<Uint8Array>;

const FONTS = [
  { name: "Newsreader", file: "newsreader", weight: 400 },
  { name: "Newsreader Extended", file: "newsreader-extended", weight: 400 },
  { name: "Inter", file: "inter", weight: 500 },
  { name: "Inter Extended", file: "inter-extended", weight: 500 },
] as const;

/** Text becomes outlines here and pixels in threads of their own, so that several cards are made at once. Rejects where satori or resvg,
 *  which are optional, are not installed. */
export async function loadPainter(): Promise<Paint> {
  const [{ default: satori }, { renderAsync }] = await Promise.all([import("satori"), import("@resvg/resvg-js")]);
  const fonts = await Promise.all(
    FONTS.map(async ({ name, file, weight }) => ({ name, weight, data: await readFile(join(TEMPLATES, "cards", `${file}.woff`)) })),
  );
  return async (card) => {
    const svg = await satori(layoutOf(card), { ...SIZE, fonts, loadAdditionalAsset: lacking });
    return (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();
  };
}

/** A letter the typefaces lack would be drawn as a box: `canDraw` let it through, and is wrong. */
function lacking(script: string, letters: string): Promise<never> {
  return Promise.reject(new Error(`a card with letters its typefaces lack (${script}): ${JSON.stringify(letters)}`));
}
