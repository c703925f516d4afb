import { html } from "hono/html";
import type { Message, PlainDate, SiteConfig } from "../../model.ts";
import { holdsRight } from "../../text/direction.ts";
import { isoDate, placeOf, wallClock } from "../time.ts";
import { en } from "./en.ts";
import { Formats } from "./formats.ts";
import { cutAtPlaces, type Filled, type Key } from "./message.ts";
import { type Messages, translationOf } from "./translations.ts";

/** What hono/html makes, and what it prints as it is. */
type Html = ReturnType<typeof html>;

/** All that pages say of their own, in the site's language: words, and dates, numbers and lists as Intl writes them. */
export class Words {
  /** BCP 47. */
  readonly language: string;
  readonly dir: "ltr" | "rtl";
  readonly #messages: Messages;
  readonly #formats: Formats;
  /** By the minute of the day: a page shows it with every tweet. */
  readonly #clock: string[] = [];
  /** By word and number, of small ones: a list of people says little else. */
  readonly #counts = new Map<Key, string[]>();

  /** `messages`: in that language. What they lack is said in English. */
  constructor(language: string, messages: Messages) {
    this.language = language;
    this.dir = new Intl.Locale(language).getTextInfo().direction ?? "ltr";
    this.#messages = messages;
    this.#formats = new Formats(language);
  }

  /** One of the words with its places filled. Numbers come out as the language writes them; `n` decides the plural form. */
  say<K extends Key>(key: K, ...[values]: Filled<K, string | number>): string {
    const n = smallCount(values);
    if (n === null) return this.#say(key, values);
    const counts = this.#counts.get(key) ?? [];
    this.#counts.set(key, counts);
    counts[n] ??= this.#say(key, values);
    return counts[n];
  }

  #say(key: Key, values: object | undefined): string {
    return this.#cut(key, values)
      .map((part, index) => (index % 2 === 0 ? part : this.#plain(filling(values, part))))
      .join("");
  }

  /** The same with markup in its places. The words are text: they are escaped. */
  html<K extends Key>(key: K, ...[values]: Filled<K, string | number | Html>): Html {
    const parts = this.#cut(key, values).map((part, index) => {
      const value = index % 2 === 0 ? part : filling(values, part);
      return html`${typeof value === "number" ? this.number(value) : typeof value === "string" && index % 2 === 1 ? this.#apart(value) : value}`;
    });
    return html`${parts}`;
  }

  number(value: number): string {
    return this.#formats.number.format(value);
  }

  /** Ada, Ben and Cy */
  list(items: readonly string[]): string {
    return this.#formats.list.format(items.map((item) => this.#apart(item)));
  }

  /** 12 tweets, 3 people, 1 question */
  row(items: readonly string[]): string {
    return this.#formats.row.format(items.map((item) => this.#apart(item)));
  }

  /** The same of markup. */
  rowHtml(items: readonly Html[]): Html {
    const parts = this.#formats.row.formatToParts(items.map((_, index) => String(index)));
    return html`${parts.map(({ type, value }) => (type === "element" ? items[Number(value)] : html`${value}`))}`;
  }

  /** 21 July 2009 */
  date(zone: string, time: number): string {
    return this.#formats.date("date", zone).format(time);
  }

  /** 21 July 2009, of a date of no zone. */
  plainDate(date: PlainDate): string {
    return this.date("UTC", Date.parse(date));
  }

  /** Tuesday 21 July 2009 */
  day(zone: string, time: number): string {
    return this.say("day", { weekday: this.weekday(zone, time), date: this.date(zone, time) });
  }

  /** 21 Jul, 21 Jul 2009 */
  shortDate(zone: string, time: number, withYear: boolean): string {
    return this.#formats.date(withYear ? "shortDateAndYear" : "shortDate", zone).format(time);
  }

  /** 21/07, 12:04 */
  dayAndClock(zone: string, time: number): string {
    return this.#formats.date("dayAndClock", zone).format(time);
  }

  weekday(zone: string, time: number): string {
    return this.#formats.date("weekday", zone).format(time);
  }

  /** Tue 12:04 */
  weekdayAndClock(zone: string, time: number): string {
    return this.#formats.date("weekdayAndClock", zone).format(time);
  }

  /** Sunday is 0: 4 January 1970 was one. */
  weekdayName(day: number): string {
    return this.weekday("UTC", Date.UTC(1970, 0, 4 + day));
  }

  /** 12:04, 16:04: of 24 hours in every language. */
  clock(zone: string, time: number): string {
    const { hour, minute } = wallClock(zone, time);
    const at = hour * 60 + minute;
    this.#clock[at] ??= this.#formats.date("clock", "UTC").format(at * 60_000);
    return this.#clock[at];
  }

  /** noon, 1 pm, 7:30 am; 12:00, 13:00 where a day has 24 hours. */
  hour(zone: string, time: number): string {
    const { hour, minute } = wallClock(zone, time);
    const twelve = /^h1[12]$/.test(this.#formats.date("hour", zone).resolvedOptions().hourCycle ?? "");
    if (twelve && minute === 0 && hour % 12 === 0) return this.say(hour === 12 ? "noon" : "midnight");
    return this.#formats.date(twelve && minute === 0 ? "hour" : "hourAndMinute", zone).format(time);
  }

  /** "in New York" for America/New_York; "UTC" for UTC. */
  zone(zone: string): string {
    const place = placeOf(zone);
    return place === null ? this.say("utc") : this.say("inPlace", { place });
  }

  /** noon to 1 pm in New York (16:00 to 17:00 UTC). Where the date in UTC is another, its day is named too. */
  hours(zone: string, start: number, minutes: number): string {
    const end = start + minutes * 60_000;
    const local = this.say("fromTo", { from: this.hour(zone, start), to: this.hour(zone, end), zone: this.zone(zone) });
    if (placeOf(zone) === null) return local;
    const utc = { local, from: this.clock("UTC", start), to: this.clock("UTC", end) };
    if (isoDate(zone, start) === isoDate("UTC", start)) return this.say("fromToUtc", utc);
    return this.say("fromToUtcOn", { ...utc, weekday: this.weekday("UTC", start) });
  }

  /** Tuesday 21 July 2009, noon to 1 pm in New York (16:00 to 17:00 UTC) */
  when(zone: string, start: number, minutes: number): string {
    return this.say("dayAndHours", { day: this.day(zone, start), hours: this.hours(zone, start, minutes) });
  }

  #cut(key: Key, values: object | undefined): readonly string[] {
    const own = this.#messages[key];
    const message: Message = own ?? en[key];
    if (typeof message === "string") return cutAtPlaces(message);
    const form = (own === undefined ? ENGLISH : this.#formats.plural).select(Number(filling(values, "n")));
    return cutAtPlaces(message[form] ?? message.other ?? "");
  }

  #plain(value: unknown): string {
    return typeof value === "number" ? this.number(value) : this.#apart(String(value));
  }

  /** In a line that is read from the right, "@ada" would be shown as "ada@": Unicode's LEFT-TO-RIGHT ISOLATE keeps together what is
   *  written from the left alone. */
  #apart(text: string): string {
    return this.dir === "rtl" && /\p{L}/u.test(text) && !holdsRight(text) ? `\u2066${text}\u2069` : text;
  }
}

const filling = (values: object | undefined, place: string): unknown => (values as Record<string, unknown> | undefined)?.[place];

/** A number below a thousand that is all a word is filled with; null: it is filled otherwise. */
function smallCount(values: object | undefined): number | null {
  const n = filling(values, "n");
  const isAlone = values !== undefined && Object.keys(values).length === 1;
  return isAlone && typeof n === "number" && Number.isInteger(n) && 0 <= n && n < 1000 ? n : null;
}

/** A word that falls back to English is counted as in English. */
const ENGLISH = new Intl.PluralRules("en");

const made = new WeakMap<SiteConfig, Words>();

/** The words of a site's pages. Made once for a site: its formatters are dear. */
export function wordsOf(config: SiteConfig): Words {
  const known = made.get(config) ?? new Words(config.language, { ...translationOf(config.language), ...config.theme.words });
  made.set(config, known);
  return known;
}
