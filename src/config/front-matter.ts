import { type Mapping, parseYaml, refusal } from "./fields.ts";

/** A Markdown file with YAML above it. */
export interface FrontMatter {
  readonly fields: Mapping;
  /** Markdown, without blank lines around it. */
  readonly body: string;
}

/** Text as editors of all systems save it, with plain line ends. */
export const plainLines = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

/** Splits a file at its two lines of `---`. Only YAML is read above the second; nothing is ever run. */
export function parseFrontMatter(text: string, file: string): FrontMatter {
  const lines = plainLines(text).split("\n");
  const first = { place: { file, line: 1 } };
  // ---js, ---json: front matter in another language
  if (/^---\s*\w/.test(lines[0] ?? "")) throw refusal(first, "only YAML front matter is read; the first line must be --- and nothing more");
  if (!isFence(lines[0]))
    throw refusal(first, "there is no front matter; the first line must be ---, then keys and values, then a line of --- again");
  const end = lines.findIndex((line, i) => i > 0 && isFence(line));
  if (end < 0) throw refusal(first, "the front matter is not closed; write a line of --- below its last key");
  const fields = parseYaml(lines.slice(1, end).join("\n"), { file, line: 2 });
  return { fields, body: trimBlankLines(lines.slice(end + 1)) };
}

const isFence = (line: string | undefined): boolean => line !== undefined && line.trimEnd() === "---";

/** Spaces before the first word stay: in Markdown they mean code. */
const trimBlankLines = (lines: readonly string[]): string =>
  lines
    .slice(
      Math.max(
        0,
        lines.findIndex((line) => line.trim() !== ""),
      ),
    )
    .join("\n")
    .trimEnd();

/** A file as it is, byte for byte: its first line of `---`, the YAML, and from the second `---` to the end. null: it has no front matter. */
export function splitAtFences(text: string): { readonly before: string; readonly yaml: string; readonly after: string } | null {
  const match = /^(\uFEFF?---[ \t]*\r?\n)([\s\S]*?)(^---[ \t]*(?:\r?\n[\s\S]*)?$(?![\s\S]))/m.exec(text);
  const [, before, yaml, after] = match ?? [];
  return before === undefined || yaml === undefined || after === undefined ? null : { before, yaml, after };
}
