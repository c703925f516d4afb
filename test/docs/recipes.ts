import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../../src/cli/paths.ts";
import { tempDir, write } from "../helpers.ts";

export const DOC = readFileSync(join(ROOT, "docs/capture.md"), "utf8");

/** The blocks of one language below a heading of docs/capture.md, as printed. `blocks("cron", "sh")` */
export function blocks(heading: string, language: string): readonly string[] {
  const section = DOC.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/capture.md: no heading "${heading}"`);
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map((match) => match[1] ?? "");
}

export const DOCKERFILE = readFileSync(join(ROOT, "Dockerfile"), "utf8").split("\n");

/** What the Dockerfile copies: `COPY package.json package-lock.json ./` -> both. */
export const copied = (): readonly string[] =>
  DOCKERFILE.filter((line) => line.startsWith("COPY ")).flatMap((line) => line.split(" ").slice(1, -1));

/** A clone in a folder with a space in its name: the files of the Dockerfile, what is installed, and a chat that never has anything
 *  due. */
export function makeClone(): string {
  const clone = join(tempDir(), "my chats");
  for (const name of copied()) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  write(clone, ".gitignore", readFileSync(join(ROOT, ".gitignore")));
  write(clone, "data/chats/teachat/chat.md", '---\ntags: ["#teachat"]\n---\n');
  return clone;
}

/** A clone whose Node only says what it was called with, and ends with 7. */
export function makeStub(): string {
  const clone = join(tempDir(), "my chats");
  const script = write(clone, "scripts/capture", readFileSync(join(ROOT, "scripts/capture")));
  chmodSync(script, 0o755);
  program(join(clone, "node_modules/node/bin/node"), 'for word in "$@"; do printf "%s\\n" "$word"; done\nexit 7');
  return clone;
}

/** An executable of that text. */
export function program(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  write(dirname(path), path.slice(dirname(path).length + 1), `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

/** A folder for PATH whose `crontab` keeps its table in HOME/tab. The others write down how they were called, in HOME/<name>. */
export function fakePath(...names: readonly string[]): string {
  const dir = join(tempDir(), "bin");
  program(join(dir, "crontab"), 'if [ "$1" = -l ]; then cat "$HOME/tab"; else cat > "$HOME/next" && mv "$HOME/next" "$HOME/tab"; fi');
  for (const name of names) program(join(dir, name), `printf '%s\\n' "$@" >> "$HOME/${name}"`);
  return dir;
}
