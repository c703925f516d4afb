import type { Link, Media, Observation, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce } from "../../text/decode.ts";
import { splitCsv } from "./csv.ts";
import { idsAreRounded, otherId, ownId, tweetAt } from "./rounded.ts";
import { observe, type Said, saidIn, tweetOf } from "./said.ts";
import { dayComesFirst, isoTime, snowflakeTime, v1Time, wallTime } from "./time.ts";
import { saidWith } from "./twarc-v1.ts";
import { readLinks } from "./twarc-v1-csv.ts";
import { BadRecord, distinct, isHandle, isId, isWire, type Parser, parseWire, type Told, tells, wiresOf } from "./wire.ts";

/** What a column says, and the names that TAGS, Twitter Archiver and other Google Sheets, and twitter-web-exporter give it, the surest
 *  first. Case, `_` and spaces make no difference. */
const COLUMNS = {
  id: ["id_str", "tweet id", "status id", "id"],
  url: ["status_url", "tweet_url", "tweet link", "permalink", "url"],
  handle: ["from_user", "screen_name", "user_screen_name", "username", "handle"],
  name: ["full name", "profile name", "user_name", "name"],
  userId: ["from_user_id_str", "user_id_str", "user_id"],
  text: ["full_text", "tweet text", "text", "content", "tweet"],
  replyTo: ["in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to"],
  replyToUser: ["in_reply_to_screen_name"],
  repostOf: ["retweeted_status"],
  quotes: ["quoted_status"],
  lang: ["lang"],
  entities: ["entities_str"],
  links: ["link(s)", "links", "urls"],
  media: ["media"],
} as const;
type Column = keyof typeof COLUMNS;
/** A date may be told twice, once as X wrote it and once as the sheet's clock showed it. */
const DATES = ["created_at", "date", "time", "timestamp"];

const plain = (name: string): string => name.trim().toLowerCase().replaceAll("_", " ");

/** Where in the file's first records its header stands (a line above it may say what was searched for); null: none names an id, who and what. */
export function findHeader(records: readonly string[]): number | null {
  const index = records.slice(0, 10).findIndex((record) => isHeader(splitCsv(record) ?? []));
  return index === -1 ? null : index;
}

function isHeader(names: readonly string[]): boolean {
  const has = (column: Column): boolean => columnOf(names.map(plain), COLUMNS[column]) !== -1;
  return has("text") && (has("url") || (has("id") && has("handle")));
}

const columnOf = (names: readonly string[], wanted: readonly string[]): number =>
  wanted.map((name) => names.indexOf(plain(name))).find((index) => index !== -1) ?? -1;

/** What one row says, column by column: "" where it says nothing. */
interface Row {
  readonly of: (column: Column) => string;
  readonly dates: readonly string[];
}

/** What holds for all rows of a file. */
interface Sheet {
  readonly session: SessionSlug | null;
  readonly zone: string | null;
  readonly rounded: boolean;
  readonly dayFirst: boolean | null;
  /** Line breaks are written `\n`. */
  readonly escaped: boolean;
}

/** A table of tweets as CSV: TAGS, other Google Sheets, twitter-web-exporter. `first`: the records of the file's first part.
 *  Dates without a zone are `zone`'s; they count only where the id is too old to say the time. */
export function sheetParser(options: { session: SessionSlug | null; zone: string | null; first: readonly string[] }): Parser {
  const at = findHeader(options.first) ?? 0;
  const header = options.first[at] ?? "";
  const names = (splitCsv(header) ?? []).map(plain);
  const places = new Map(Object.entries(COLUMNS).map(([column, wanted]) => [column, columnOf(names, wanted)]));
  const dates = DATES.map((name) => names.indexOf(plain(name))).filter((index) => index !== -1);
  // twitter-web-exporter writes line breaks as \n, and null where there is nothing
  const escaped = names.includes("full text") && names.includes("screen name");
  const value = (field = ""): string => (escaped && field === "null" ? "" : field.trim());
  const rowOf = (fields: readonly string[]): Row => ({
    of: (column) => value(fields[places.get(column) ?? -1]),
    dates: dates.map((index) => value(fields[index])).filter((date) => date !== ""),
  });
  const rows = options.first.slice(at + 1).map((record) => rowOf(splitCsv(record) ?? []));
  const sheet = {
    ...options,
    rounded: idsAreRounded(rows.map((row) => ({ id: row.of("id"), url: row.of("url") }))),
    dayFirst: dayComesFirst(rows.flatMap((row) => row.dates)),
    escaped,
  };
  let begun = false;
  return {
    read(record) {
      if (!begun || record === header) {
        begun ||= record === header;
        return null;
      }
      const fields = splitCsv(record);
      if (fields === null) throw new BadRecord("a quote does not close: cut short");
      if (fields.length !== names.length)
        throw new BadRecord(`${fields.length} columns where the header has ${names.length}: cut short or damaged`);
      return readRow(rowOf(fields), sheet);
    },
    end: () => [],
  };
}

/** twitter-web-exporter's JSON: the columns of its table as the keys of each object. */
export function webExporterParser(options: { session: SessionSlug | null; zone: string | null }): Parser {
  return {
    read(record) {
      const wire = parseWire(record);
      if (wire.erased !== undefined) return tells([], ["tombstone: kept out"]);
      const value = (key: string): string => {
        const found = wire[key] ?? "";
        if (typeof found === "number" && !Number.isSafeInteger(found))
          throw new BadRecord(`"${key}" must be a string: as a number it is rounded`);
        return typeof found === "object" ? JSON.stringify(found) : String(found).toWellFormed();
      };
      const keyOf = (column: Column): string => COLUMNS[column].find((name) => wire[name] !== undefined) ?? "";
      const row = { of: (column: Column) => value(keyOf(column)), dates: [value("created_at")].filter((date) => date !== "") };
      return readRow(row, { ...options, rounded: false, dayFirst: null, escaped: false });
    },
    end: () => [],
  };
}

function readRow(row: Row, sheet: Sheet): Told {
  const own = ownId({ id: row.of("id"), url: row.of("url") }, sheet.rounded);
  const [replyTo, repostOf, quotes] = (["replyTo", "repostOf", "quotes"] as const).map((column) =>
    otherId(COLUMNS[column][0], row.of(column), sheet.rounded),
  );
  const { said, warning } = readText(row, sheet);
  const tweet = tweetOf({
    ...said,
    id: own.id,
    author: readAuthor(row),
    time: readTime(row, own.id, sheet),
    lang: row.of("lang") || null,
    replyTo: replyTo?.exact ?? null,
    replyToUser: row.of("replyToUser") || null,
    repostOf: repostOf?.exact ?? null,
    quotes: quotes?.exact ?? null,
  });
  const rounded = { replyTo: replyTo?.rounded ?? null, repostOf: repostOf?.rounded ?? null };
  const observation: Observation = observe(tweet, { session: sheet.session, rounded, repaired: own.repaired });
  return tells([observation], warning === null ? [] : [warning]);
}

function readAuthor(row: Row): Tweet["author"] {
  const handle = row.of("handle").replace(/^[@＠]/, "") || (tweetAt(row.of("url"))?.handle ?? ""); // `@amy`
  if (!isHandle(handle)) throw new BadRecord(`who wrote it must be a handle; found "${handle}"`);
  const id = row.of("userId");
  // a rounded account id is none
  return { id: isId(id) && !/0000$/.test(id) ? id : null, handle, name: row.of("name").toWellFormed() || handle }; // `1196150000000000000`
}

/** The id's time where it has one. A date with a zone is sure, one without is read in the sheet's. */
function readTime(row: Row, id: TweetId, { zone, dayFirst }: Sheet): number {
  const made = snowflakeTime(id);
  if (made !== null) return made;
  for (const date of row.dates) {
    const sure = v1Time(date) ?? isoTime(date.replace(/ (?=[+-]\d{2}:?\d{2}$)/, "")); // `2010-09-28 19:07:25 +08:00`
    const time = sure ?? (zone === null ? null : wallTime(date, { zone, dayFirst }));
    if (time !== null) return time;
  }
  throw new BadRecord(`no date that can be read: "${row.dates.join('", "')}"; write it as 2010-03-04 13:48:03`);
}

function readText(row: Row, { escaped }: Sheet): { said: Said; warning: string | null } {
  const written = row.of("text").toWellFormed();
  const text = decodeOnce(escaped ? written.replaceAll("\\n", "\n").replaceAll("\\r", "\r") : written);
  const entities = readEntities(row.of("entities"));
  if (isWire(entities)) return { said: saidWith(text, entities), warning: null };
  const media = readMedia(row.of("media"));
  const said = saidIn(text);
  const links = distinct([...row.of("links").split(/\s+/)].filter((link) => link !== "")); // one a line
  const warning = entities === null ? null : "its entities_str is damaged: tags and links are taken from the text";
  return { said: { ...said, links: merged(said.links, readLinks(links, text, media.length)), media }, warning };
}

/** What the text shows, and where a column says it leads. */
const merged = (shown: readonly Link[], told: readonly Link[]): Link[] => [
  ...shown.filter((link) => !told.some(({ url }) => url === link.url)),
  ...told,
];

/** null: none are given; "damaged": they cannot be read, which a spreadsheet's cell of limited length may cause. */
function readEntities(json: string) {
  if (json === "") return null;
  try {
    const wire = parseWire(json);
    saidWith("", wire);
    return wire;
  } catch (error) {
    if (error instanceof BadRecord) return "damaged";
    throw error;
  }
}

/** `[{"type":"photo","original":"https://…","ext_alt_text":"…"}]`, or an address or two. */
function readMedia(cell: string): Media[] {
  if (!cell.startsWith("[")) {
    const urls = cell.split(/\s+/).filter((url) => url !== ""); // one a line
    return urls.map((url) => ({ type: "photo", alt: null, url, file: null }));
  }
  const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value.toWellFormed() : null);
  return wiresOf(parseWire(`{"media":${cell}}`), "media").flatMap((one) => {
    const url = text(one.original) ?? text(one.thumbnail) ?? text(one.url);
    return url === null ? [] : [{ type: text(one.type) ?? "photo", alt: text(one.ext_alt_text), url, file: null }];
  });
}
