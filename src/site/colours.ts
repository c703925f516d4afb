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
