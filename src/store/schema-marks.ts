/** Step 4: which parts of the archive changed, told by the database itself, so that whoever writes cannot forget to tell. A place is what
 *  a page can depend on; its mark is another after every change there. Marks are drawn by lot: those of a restored backup never pass
 *  for those of what it replaced. */
const DAY = (time: string): string => `CAST(${time} / 86400000 AS TEXT)`;
/** The day that an id tells. Ids before the snowflakes tell none: all of them are one place. */
const ID = (id: string): string =>
  `CASE WHEN length(${id}) < 15 THEN 'old' ELSE ${DAY(`((CAST(${id} AS INTEGER) >> 22) + 1288834974657)`)} END`;
const SESSION = (row: string): string => `${row}.chat || '/' || ${row}.session`;

const change = (places: readonly string[]): string => `INSERT INTO mark (place, mark)
      SELECT place, random() >> 12 FROM (${places.map((place) => `SELECT ${place}`).join(" UNION ")}) WHERE place IS NOT NULL
      ON CONFLICT (place) DO UPDATE SET mark = excluded.mark;`;

interface Rule {
  readonly table: string;
  /** The places of a row, `$` the row as it is or was. */
  readonly places: readonly string[];
  /** Of a row that is added or taken away only. */
  readonly whole?: readonly string[];
}

const RULES: readonly Rule[] = [
  {
    table: "tweet",
    places: [
      `coalesce(${DAY("$.time")}, 'timeless') AS place`,
      `${SESSION("member")} FROM member WHERE $.time IS NULL AND member.tweet = $.id`,
    ],
    whole: [`CASE WHEN length($.id) < 15 THEN 'old' END`],
  },
  { table: "member", places: [`${DAY("$.time")} AS place`, SESSION("$")] },
  { table: "alias", places: [`${ID("$.id")} AS place`, `coalesce(${DAY("time")}, 'timeless') FROM tweet WHERE tweet.id = $.tweet`] },
  { table: "tombstone", places: [`${DAY("$.time")} AS place`, SESSION("$"), ID("$.tweet")] },
  { table: "missing", places: [`${ID("$.tweet")} AS place`] },
  { table: "coverage", places: [`${SESSION("$")} AS place`] },
  { table: "gap", places: [`${SESSION("$")} AS place`] },
  { table: "walk", places: [`${SESSION("$")} AS place`] },
  { table: "raw", places: [`${SESSION("$")} AS place`] },
  { table: "erasure", places: [`'erased' AS place`] },
  { table: "picture", places: [`'pictures' AS place`] },
];

const trigger = (name: string, on: string, body: string): string => `
  CREATE TRIGGER mark_${name} ${on} BEGIN
    ${body}
  END;`;

const of = (places: readonly string[], row: "new" | "old"): string[] => places.map((place) => place.replaceAll("$", row));

const triggersOf = ({ table, places, whole = [] }: Rule): string[] => [
  trigger(`${table}_added`, `AFTER INSERT ON ${table}`, change(of([...places, ...whole], "new"))),
  trigger(`${table}_changed`, `AFTER UPDATE ON ${table}`, change([...of(places, "old"), ...of(places, "new")])),
  trigger(`${table}_gone`, `AFTER DELETE ON ${table}`, change(of([...places, ...whole], "old"))),
];

/** Tweets that are told under a bare handle are those of whoever had it then. */
const handleTweets = `coalesce(${DAY("time")}, 'timeless') FROM tweet WHERE author = 'h:' || new.handle`;
const hiddenAs = (row: string): string => `CASE ${row}.hidden WHEN 1 THEN ${row}.why || ${row}.first ELSE '' END`;

export const MARKS = `
  CREATE TABLE mark (
    place TEXT PRIMARY KEY,
    mark INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
${[
  ...RULES.flatMap(triggersOf),
  trigger(
    "author_changed",
    "AFTER UPDATE OF handle, name ON author WHEN old.handle <> new.handle OR old.name <> new.name",
    change(["'@' || new.key AS place"]),
  ),
  // nothing names whoever was forgotten; the days of what they wrote are marked
  trigger("author_gone", "AFTER DELETE ON author", "DELETE FROM mark WHERE place = '@' || old.key;"),
  trigger("handle_added", "AFTER INSERT ON handle", change(["'handles' AS place", handleTweets])),
  trigger(
    "handle_changed",
    "AFTER UPDATE ON handle WHEN EXISTS (SELECT 1 FROM handle WHERE handle = new.handle AND author <> new.author)",
    change(["'handles' AS place", handleTweets]),
  ),
  trigger("handle_gone", "AFTER DELETE ON handle", change(["'handles' AS place", handleTweets.replaceAll("new.", "old.")])),
  // before, because a row that is replaced is not told of
  trigger(
    "absence_added",
    `BEFORE INSERT ON absence WHEN ${hiddenAs("new")} <> coalesce((SELECT ${hiddenAs("absence")} FROM absence WHERE tweet = new.tweet), '')`,
    change(["'hidden' AS place"]),
  ),
  trigger("absence_changed", `AFTER UPDATE ON absence WHEN ${hiddenAs("new")} <> ${hiddenAs("old")}`, change(["'hidden' AS place"])),
  trigger("absence_gone", "AFTER DELETE ON absence WHEN old.hidden = 1", change(["'hidden' AS place"])),
].join("")}
`;
