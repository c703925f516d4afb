import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TEMPLATES } from "./plugin.ts";

/** In this order: later files may change what earlier ones say. */
const FILES = ["type", "page", "session", "print"];

/** The stylesheet of all pages: the files of templates/css without comments and indentation. `dir`: which way the site is read. */
export async function stylesheet(dir: "ltr" | "rtl"): Promise<string> {
  const files = dir === "rtl" ? [...FILES, "rtl"] : FILES;
  const texts = await Promise.all(files.map((name) => readFile(join(TEMPLATES, "css", `${name}.css`), "utf8")));
  return `${texts.map(squeeze).join("\n")}\n`;
}

const squeeze = (css: string): string =>
  css
    .replaceAll(/\/\*.*?\*\//gs, "") // "/* a note */"
    .replaceAll(/\s*\n\s*/g, "") // line ends and indentation
    .replaceAll(/\s*([{};])\s*| ([>/]) /g, "$1$2") // "a > b { c: d; }" -> "a>b{c: d;}"
    .replaceAll(/(?<=\d) \* /g, "*") // "calc(-1 * a)" -> "calc(-1*a)"
    .replaceAll(/: (?=[^{}]*[;}])/g, ":") // "b: c;" -> "b:c;"
    .replaceAll("@media (", "@media(")
    .replaceAll(/(?<=\([a-z-]+): /g, ":") // "(hover: none)" -> "(hover:none)"
    .replaceAll(";}", "}")
    .replaceAll(/, |\b0(?=\.\d)/g, (part) => part.replace(/[ 0]/, "")); // "a, b" -> "a,b", "0.5rem" -> ".5rem"
