import { UserError } from "../errors.ts";
import type { SiteConfig } from "../model.ts";

/** The stylesheet of a site's own colours; empty where it has none. */
export function colours({ colours: { accent, accentDark } }: SiteConfig): string {
  const light = accent ?? accentDark;
  const dark = accentDark ?? accent;
  if (light === null || dark === null) return "";
  return `:root { --hot: light-dark(${checked(light)}, ${checked(dark)}); }\n`;
}

/** "#b3401c", "teal", "oklch(60% 0.1 40)": nothing that could end the rule. */
function checked(colour: string): string {
  if (/^(?:#[0-9a-f]{3,8}|[a-z]+(?:\([0-9a-z.,%/ +-]*\))?)$/i.test(colour)) return colour;
  throw new UserError(`site.yml: colours: "${colour}" is no colour; write one as in CSS, such as "#b3401c"`);
}

/** How well two colours `#rrggbb` are told apart, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** "Relative luminance" of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
