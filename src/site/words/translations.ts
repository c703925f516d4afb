import type { Message } from "../../model.ts";
import { en } from "./en.ts";
import type { Translation } from "./message.ts";

export type Messages = Readonly<Record<string, Message>>;

/** One file a language. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = { en };

/** The words of a language: of "pt-BR", else of "pt"; null: nobody wrote them yet. */
export const translationOf = (language: string): Translation | null =>
  TRANSLATIONS[language] ?? TRANSLATIONS[new Intl.Locale(language).language] ?? null;
