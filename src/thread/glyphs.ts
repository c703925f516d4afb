/** A text with its styled letters and digits as plain ones, and where each unit of it stood. */
export interface Plain {
  readonly text: string;
  /** UTF-16 offset in the text as written, by offset in the plain one; one more than there are units. */
  readonly at: readonly number[];
}

// `Ｑ１：` `𝗤𝟭` `𝐐𝟏` `Ⓠ①` `Q❶` `🅰️1` `🆀1`
const STYLED = /[\u{1D400}-\u{1D7FF}\u{1F130}-\u{1F189}\u2460-\u2473\u24B6-\u24E9\u2776-\u2793\uFF01-\uFF5E]/u;

/** null: nothing in it is styled. */
export function plainOf(text: string): Plain | null {
  if (!STYLED.test(text)) return null;
  const at: number[] = [];
  let said = "";
  let offset = 0;
  for (const glyph of text) {
    const plain = STYLED.test(glyph) ? plainGlyph(glyph) : glyph === "\uFE0F" ? "" : glyph;
    for (let unit = 0; unit < plain.length; unit++) at.push(plain === glyph ? offset + unit : offset);
    said += plain;
    offset += glyph.length;
  }
  at.push(offset);
  return { text: said, at };
}

function plainGlyph(glyph: string): string {
  const code = glyph.codePointAt(0) ?? 0;
  if (code >= 0x1f150 && code <= 0x1f189) return String.fromCharCode(65 + ((code - 0x1f150) % 32));
  if (code >= 0x2776 && code <= 0x2793) return String(1 + ((code - 0x2776) % 10));
  return glyph.normalize("NFKC");
}
