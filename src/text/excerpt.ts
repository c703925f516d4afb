/** A text on one line, cut at a word where it is longer than `most` UTF-16 units. */
export function excerpt(text: string, most = 90): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const atWord = cut.slice(0, Math.max(cut.lastIndexOf(" "), Math.floor(most / 2)));
  return `${atWord.replace(/[\uD800-\uDBFF]$/, "")}…`; // never half of an emoji
}
