// Cuts the fonts of the site down to what its pages need: `npx node scripts/fonts.ts`. The results are committed.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { PAGE_LETTERS, WANTED_LETTERS } from "../src/site/cards/letters.ts";

const OUT = fileURLToPath(new URL("../templates/", import.meta.url));
const require = createRequire(import.meta.url);

interface Cut {
  readonly from: "newsreader" | "inter";
  readonly file: string;
  readonly to: string;
  readonly axes: Readonly<Record<string, number | { readonly min: number; readonly max: number }>>;
  readonly letters: string;
}

/** Of pages. Optical sizes below 18 would cost 17 kB more, and the serif is never set smaller. */
const PAGES: readonly Cut[] = [
  {
    from: "newsreader",
    file: "newsreader-latin-opsz-normal",
    to: "fonts/newsreader.woff2",
    axes: { wght: { min: 400, max: 600 }, opsz: { min: 18, max: 60 } },
    letters: PAGE_LETTERS,
  },
  {
    from: "newsreader",
    file: "newsreader-latin-wght-italic",
    to: "fonts/newsreader-italic.woff2",
    axes: { wght: 400 },
    letters: PAGE_LETTERS,
  },
  {
    from: "inter",
    file: "inter-latin-wght-normal",
    to: "fonts/inter.woff2",
    axes: { wght: { min: 400, max: 700 } },
    letters: PAGE_LETTERS,
  },
];

/** Of cards: satori reads no WOFF2, and one weight and one optical size are all it draws. */
const LARGE = { wght: 400, opsz: 60 };
const CARDS: readonly Cut[] = [
  { from: "newsreader", file: "newsreader-latin-opsz-normal", to: "cards/newsreader.woff", axes: LARGE, letters: WANTED_LETTERS },
  {
    from: "newsreader",
    file: "newsreader-latin-ext-opsz-normal",
    to: "cards/newsreader-extended.woff",
    axes: LARGE,
    letters: WANTED_LETTERS,
  },
  { from: "inter", file: "inter-latin-wght-normal", to: "cards/inter.woff", axes: { wght: 500 }, letters: WANTED_LETTERS },
  { from: "inter", file: "inter-latin-ext-wght-normal", to: "cards/inter-extended.woff", axes: { wght: 500 }, letters: WANTED_LETTERS },
];

for (const { from, file, to, axes, letters } of [...PAGES, ...CARDS]) {
  const folder = dirname(require.resolve(`@fontsource-variable/${from}/package.json`));
  const font = await subsetFont(await readFile(join(folder, "files", `${file}.woff2`)), letters, {
    targetFormat: to.endsWith(".woff2") ? "woff2" : "woff",
    variationAxes: axes,
    keepFeatures: ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "onum", "lnum", "tnum"],
  });
  await mkdir(dirname(join(OUT, to)), { recursive: true });
  await writeFile(join(OUT, to), font);
  await copyFile(join(folder, "LICENSE"), join(dirname(join(OUT, to)), `${from}-OFL.txt`));
  console.log(`${to} ${font.length} bytes`);
}
