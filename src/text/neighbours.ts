const WAY = /<nav class="turn"[^>]*>.*?<\/nav>/gs;

/** A page of ours with another way to its session's neighbours, `<nav class="turn" …>…</nav>`. null: it has none, or several, and
 *  nobody knows which. Only our own markup: `<` in text escaped. */
export function withNeighbours(page: string, nav: string): string | null {
  const [only, ...others] = page.match(WAY) ?? [];
  return only === undefined || others.length > 0 ? null : page.replace(only, () => nav);
}
