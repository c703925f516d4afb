import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean, UserError } from "../errors.ts";
import type { Theme } from "../model.ts";

/** The parts of pages that a theme may put its own in place of. docs/theming.md says what each is given. */
export const PARTS = ["top", "foot", "hero", "notes", "rail", "voices", "session-foot", "meetings", "session-line"] as const;
export type PartName = (typeof PARTS)[number];

/** Loads `theme/parts/<part>.js` or `.ts`: the owner's own programs, run at every build as ours are. */
export async function loadParts(folder: string): Promise<Theme["parts"]> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder)
    .filter((file) => !file.startsWith("."))
    .sort();
  const parts: Record<string, Theme["parts"][string]> = {};
  for (const file of files) {
    const name = nameOf(folder, file);
    const known = parts[name];
    if (known !== undefined) throw new UserError(`${join(folder, file)}: ${known.file} is the same part; keep one`);
    parts[name] = { file: join(folder, file), make: await makerIn(join(folder, file), name) };
  }
  return parts;
}

function nameOf(folder: string, file: string): PartName {
  const [, name, ending] = /^(.*?)(?:\.([^.]*))?$/.exec(file) ?? [];
  const known = PARTS.find((part) => part === name);
  if (known === undefined)
    throw new UserError(`${join(folder, file)}: there is no such part; there are: ${PARTS.join(", ")}${didYouMean(name ?? "", PARTS)}`);
  if (ending !== "js" && ending !== "ts") throw new UserError(`${join(folder, file)}: a part is a program: ${known}.js or ${known}.ts`);
  return known;
}

/** The default export of a module. Its address changes with its text, or a build after an edit would run the old one. */
async function makerIn(file: string, name: PartName): Promise<Theme["parts"][string]["make"]> {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  const module: { readonly default?: unknown } = await import(`${pathToFileURL(resolve(file)).href}?${hash}`).catch((error: unknown) => {
    throw new UserError(`${file}: it does not load: ${wordsOf(error)}`);
  });
  if (typeof module.default !== "function")
    throw new UserError(`${file}: it must export a function: export default function ${name.replaceAll("-", "")}(…) { … }`);
  return module.default as Theme["parts"][string]["make"];
}

/** The first line of what went wrong. */
export const wordsOf = (error: unknown): string => String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
