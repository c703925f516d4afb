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
