// Cuts the fonts of the site down to what its pages need: `npx node scripts/fonts.ts`. The results are committed.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const OUT = fileURLToPath(new URL("../templates/fonts/", import.meta.url));
const require = createRequire(import.meta.url);

/** First and last code point of each run: Latin, Latin-1. Then the letters that French, Finnish and Czech add, punctuation, signs. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0xff],
] as const;
const MORE = "ŒœŠšŽžŸ‐‑–—‘’‚“”„†•…‹›€™−×";

/** Optical sizes below 18 would cost 17 kB more, and the serif is never set smaller. */
const FONTS = [
  {
    from: "newsreader",
    file: "newsreader-latin-opsz-normal",
    to: "newsreader",
    axes: { wght: { min: 400, max: 600 }, opsz: { min: 18, max: 60 } },
  },
  { from: "newsreader", file: "newsreader-latin-wght-italic", to: "newsreader-italic", axes: { wght: 400 } },
  { from: "inter", file: "inter-latin-wght-normal", to: "inter", axes: { wght: { min: 400, max: 700 } } },
] as const;

const text = [
  ...RANGES.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))),
  MORE,
].join("");

await mkdir(OUT, { recursive: true });
for (const { from, file, to, axes } of FONTS) {
  const folder = dirname(require.resolve(`@fontsource-variable/${from}/package.json`));
  const font = await subsetFont(await readFile(join(folder, "files", `${file}.woff2`)), text, {
    targetFormat: "woff2",
    variationAxes: axes,
    keepFeatures: ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "onum", "lnum", "tnum"],
  });
  await writeFile(join(OUT, `${to}.woff2`), font);
  await copyFile(join(folder, "LICENSE"), join(OUT, `${from}-OFL.txt`));
  console.log(`${to}.woff2 ${font.length} bytes`);
}
