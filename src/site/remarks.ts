import type { SiteConfig } from "../model.ts";
import { contrast } from "./colours.ts";
import { en } from "./words/en.ts";
import { translationOf } from "./words/translations.ts";

/** What a build says of the site's settings, one line each: nothing of it is wrong, and the owner may want it otherwise. */
export const remarks = (config: SiteConfig): string[] => [
  ...(config.url === null ? ["no url in site.yml, so pages carry no absolute links"] : []),
  ...untranslated(config),
  ...faint(config),
];

function untranslated({ language, theme }: SiteConfig): string[] {
  if (translationOf(language) !== null) return [];
  const words = Object.keys(en);
  const missing = words.filter((key) => !Object.hasOwn(theme.words, key)).length;
  if (missing === 0) return [];
  const what = missing === words.length ? "there are no words" : `${missing} of ${words.length} words are missing`;
  return [`${what} for language ${language}, so pages say them in English; write them in theme/words.yml (docs/theming.md)`];
}

/** What the owner's accent is read on: the page's ground, light and dark, as templates/css/type.css has them. */
const GROUND = { accent: "#fcfaf5", accentDark: "#171512" } as const;
/** WCAG 2.2, 1.4.3: of text that is not large. */
const LEAST = 4.5;

function faint({ colours: { accent, accentDark } }: SiteConfig): string[] {
  const shown = { accent: accent ?? accentDark, accentDark: accentDark ?? accent };
  return (["accent", "accentDark"] as const).flatMap((name) => {
    const colour = shown[name];
    const ratio = colour === null ? LEAST : contrast(colour, GROUND[name]);
    if (ratio >= LEAST) return [];
    const ground = name === "accent" ? "light" : "dark";
    const better = name === "accent" ? "darker" : "lighter";
    return [
      `colours in site.yml: ${colour} is hard to read on the ${ground} page (${ratio.toFixed(1)}:1, readable is ${LEAST}:1); write a ${better} ${name}`,
    ];
  });
}
