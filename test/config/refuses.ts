import assert from "node:assert/strict";

/** A bad input and what is said of it, `line: message`. */
export type Refusal = readonly [input: string, said: string];

/** The reader throws one UserError: the file's name, then exactly this. */
export function refuses(reader: (file: string) => unknown, said: string): void {
  const file = "data/a file.md";
  assert.throws(() => reader(file), { name: "UserError", code: 2, message: `${file}:${said}` });
}
