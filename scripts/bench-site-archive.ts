// An invented archive for npm run bench:site: a weekly chat over years, whose people come and go.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FIRST = Date.UTC(2000, 0, 4, 17);
const WEEK = 7 * 86_400_000;
/** So many sessions the regulars stay. */
const ERA = 100;

export const slugOf = (week: number): string => new Date(FIRST + week * WEEK).toISOString().slice(0, 10);

/** The chat, and the notes of its sessions: all of them are reviewed. */
export function writeChat(dir: string, weeks: number): void {
  const folder = join(dir, "chats", "bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "chat.md"),
    '---\ntitle: Bench\ntags: ["#bench"]\nhosts: [host_a, host_b]\nschedule: { every: Tuesday, at: "17:00" }\n---\nA chat that never was.\n',
  );
  writeFileSync(join(dir, "site.yml"), "url: https://bench.example.org\n");
  for (let week = 0; week < weeks; week++) writeNotes(dir, week);
}

export const writeNotes = (dir: string, week: number): void =>
  writeFileSync(
    join(dir, "chats", "bench", `${slugOf(week)}.md`),
    `---\ntitle: Session ${week}\nstatus: reviewed\n---\nNotes of week ${week}.\n`,
  );

/** The tweets of a week as lines to import: two hosts, eight regulars, twenty who come now and then, twelve who are new or rare. */
export function sessionLines(week: number, tweets: number, texts: readonly string[]): string {
  const dice = diceOf(week + 1);
  const era = Math.floor(week / ERA);
  const crowd = [
    ...Array.from({ length: 8 }, (_, i) => `regular_${era}_${i}`),
    ...Array.from({ length: 20 }, () => `visitor_${era}_${dice(200)}`),
    ...Array.from({ length: 12 }, (_, i) => `guest_${week}_${i}`),
  ];
  const gap = Math.ceil(tweets / 6);
  const ids: string[] = [];
  const lines = Array.from({ length: tweets }, (_, index) => {
    const asks = index % gap === 0;
    const handle = asks ? "host_a" : index % 23 === 0 ? "host_b" : (crowd[Math.min(dice(crowd.length), dice(crowd.length))] ?? "");
    const time = FIRST + week * WEEK + 60_000 + Math.floor((index * 3_400_000) / tweets);
    const id = idAt(week, index, time);
    const reply = !asks && ids.length > 0 && dice(10) < 4 ? (ids[Math.max(0, ids.length - 1 - dice(8))] ?? null) : null;
    const number = Math.floor(index / gap) + 1;
    const shared = dice(20) === 0 ? ` https://example.org/${dice(40)}/${week}` : "";
    const said = texts[dice(texts.length)] ?? "";
    const text = `${asks ? `Q${number}: ` : reply === null && dice(2) === 0 ? `A${number} ` : ""}${said}${shared} #bench`;
    if (!asks) ids.push(id);
    return JSON.stringify({
      id,
      author: handle,
      author_id: String(1000 + hash(handle)),
      name: `Name of ${handle}`,
      created_at: new Date(time).toISOString(),
      text,
      reply_to: reply,
    });
  });
  return `${lines.join("\n")}\n`;
}

/** Before snowflakes there was only order. */
const idAt = (week: number, index: number, time: number): string =>
  time < 1_288_834_974_657 + WEEK
    ? String(1_000_000 * (week + 1) + index)
    : String((BigInt(time - 1_288_834_974_657) << 22n) | BigInt(index % 4096));

function hash(text: string): number {
  let state = 7;
  for (const letter of text) state = (Math.imul(state, 31) + letter.charCodeAt(0)) >>> 0;
  return state;
}

/** Numbers below `most`, the same for the same seed. */
function diceOf(seed: number): (most: number) => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}
