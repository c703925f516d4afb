const TURN = /<nav class="turn"[^>]*>.*?<\/nav>/gs;

/** A page of ours with another way to the sessions beside its own, `<nav class="turn" …>…</nav>`. null: it has none, or several, and
 *  nobody knows which. Only our own markup: `<` in text escaped. */
export function turned(page: string, nav: string): string | null {
  const [only, ...others] = page.match(TURN) ?? [];
  return only === undefined || others.length > 0 ? null : page.replace(only, () => nav);
}
