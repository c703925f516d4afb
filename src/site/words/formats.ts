/** Intl's formatters of one language. Making one costs more than using it a hundred times. Dates are of the calendar that the addresses
 *  of pages are made of. */
export class Formats {
  readonly locale: string;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
  /** "a, b and c" */
  readonly list: Intl.ListFormat;
  /** "a, b, c" */
  readonly row: Intl.ListFormat;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();

  /** `language`: BCP 47. English of nowhere is the world's, not that of the United States. */
  constructor(language: string) {
    const locale = language === "en" ? "en-001" : language;
    this.locale = locale;
    this.plural = new Intl.PluralRules(locale);
    this.number = new Intl.NumberFormat(locale);
    this.list = new Intl.ListFormat(locale);
    this.row = new Intl.ListFormat(locale, { type: "unit", style: "short" });
  }

  date(kind: DateKind, zone: string): Intl.DateTimeFormat {
    const key = `${kind} ${zone}`;
    const known = this.#dates.get(key);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(this.locale, { calendar: "gregory", timeZone: zone, ...KINDS[kind] });
    this.#dates.set(key, made);
    return made;
  }
}

const KINDS = {
  date: { dateStyle: "long" },
  shortDate: { day: "numeric", month: "short" },
  shortDateAndYear: { day: "numeric", month: "short", year: "numeric" },
  dayAndClock: { day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "long" },
  weekdayAndClock: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  hour: { hour: "numeric" },
  hourAndMinute: { hour: "numeric", minute: "2-digit" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

export type DateKind = keyof typeof KINDS;
