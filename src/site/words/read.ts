import { fieldsOf, parseYaml, quote, read, refusal, textOf, type Value } from "../../config/fields.ts";
import { plainLines } from "../../config/front-matter.ts";
import { at, didYouMean, UserError } from "../../errors.ts";
import type { Message } from "../../model.ts";
import { en } from "./en.ts";
import { cutAtPlaces, isKey, type Key, textsOf } from "./message.ts";
import type { Messages } from "./translations.ts";

/** Reads an owner's words.yml: any of the words, in the site's language. `{ tweets: { one: "{n} post", other: "{n} posts" } }` */
export function parseWords(text: string, file: string, language: string): Messages {
  const { entries } = parseYaml(plainLines(text), { file, line: 1 });
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return Object.fromEntries(
    entries.map(({ key, value }): [Key, Message] => {
      const name = key.text;
      if (!isKey(name)) throw new UserError(at(key.place, `there is no word ${quote(name)}${didYouMean(name, Object.keys(en))}`));
      return [name, typeof en[name] === "string" ? messageOf(value, name) : countedOf(value, name, forms)];
    }),
  );
}

/** One text stands for all forms. */
function countedOf(value: Value, key: Key, forms: readonly Intl.LDMLPluralRule[]): Message {
  if (value.kind !== "mapping") return { other: messageOf(value, key) };
  const fields = fieldsOf(value, forms);
  if (!fields.has("other")) throw refusal(value, `${key} needs other:, the form for every number that has none of its own`);
  return Object.fromEntries([...fields.keys()].map((form) => [form, read(fields, form, (text) => messageOf(text, key), "")]));
}

/** A text whose places the page can fill. */
function messageOf(value: Value, key: Key): string {
  const text = textOf(value).trim();
  const places = new Set(textsOf(en[key]).flatMap(placesIn));
  for (const place of placesIn(text))
    if (!places.has(place)) throw refusal(value, `${value.name} has no place {${place}}${hint(place, [...places])}`);
  const stray = /[{}]/.exec(text.replaceAll(/\{\w+\}/g, "")); // "{ n }", "{n"
  if (stray !== null) throw refusal(value, `${value.name}: a place is a name in braces, as {n}, without spaces`);
  return text;
}

const placesIn = (text: string): string[] => cutAtPlaces(text).filter((_, index) => index % 2 === 1);

const hint = (place: string, places: readonly string[]): string => {
  if (places.length === 0) return "; it has none at all";
  return didYouMean(place, places) || `; it has ${places.map((name) => `{${name}}`).join(", ")}`;
};
