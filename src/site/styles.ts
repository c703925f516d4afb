import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stampOf } from "../archive/touch.ts";
import { TEMPLATES } from "./plugin.ts";

/** In this order: later files may change what earlier ones say. */
const FILES = ["type", "page", "session", "print"];

type Direction = "ltr" | "rtl";

/** What was read last: each session's page to keep has it within. */
const known = new Map<Direction, { readonly stamp: string; readonly css: Promise<string> }>();

/** The stylesheet of all pages: the files of templates/css without comments and indentation. `dir`: which way the site is read. */
export function stylesheet(dir: Direction): Promise<string> {
  const files = (dir === "rtl" ? [...FILES, "rtl"] : FILES).map((name) => join(TEMPLATES, "css", `${name}.css`));
  const stamp = files.map(stampOf).join();
  const last = known.get(dir);
  if (last?.stamp === stamp) return last.css;
  const css = readAll(files);
  known.set(dir, { stamp, css });
  return css;
}

async function readAll(files: readonly string[]): Promise<string> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
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
