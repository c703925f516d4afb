import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Served beside the search page. */
export const SCRIPTS = ["search.js", "stemmer.js", "stemmer-license.txt"] as const;

/** What a later one imports of an earlier one stands above it in the same file: no two of them may have a name in common. */
const PARTS = ["terms", "blocks", "find", "page"];

const read = (address: string): Promise<string> => readFile(fileURLToPath(address), "utf8");
const stemmer = import.meta.resolve("stemmer");

/** The modules of src/search that run in the page as one, without their comments; the stemmer as its author published it. */
export async function script(name: (typeof SCRIPTS)[number]): Promise<string> {
  if (name === "stemmer.js") return read(stemmer);
  if (name === "stemmer-license.txt") return read(new URL("license", stemmer).href);
  const parts = await Promise.all(PARTS.map((part) => read(import.meta.resolve(`../search/${part}.js`))));
  return `import { stemmer } from "./stemmer.js";\n${parts.map(squeeze).join("")}`;
}

const squeeze = (code: string): string =>
  code
    .replaceAll(/^\s*\/\*\*[\s\S]*?\*\/\n?/gm, "") // "/** a contract */"
    .replaceAll(/(?:^| )\/\/ .*/gm, "") // "// a reason"
    .replaceAll(/^import [\s\S]*?;\n|^export |^ +/gm, "") // and indentation
    .replaceAll(/\n+/g, "\n");
