import { nextSittings, type Sitting, scheduleInWords } from "../config/schedule.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat } from "../model.ts";
import { isoDate } from "../site/time.ts";
import { Words } from "../site/words/words.ts";
import type { Command, Context } from "./command.ts";
import { chatNamed } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "next [<chat>] [--count 4]",
  does: "Says when chats meet next: in the chat's zone, in UTC and in yours. Weeks left out are left out.",
  example: "npx chatscribe next socialmedia --count 8",
  options: { count: { type: "string" } },
  help: { "--count N": "so many sessions of each chat (default 4, at most 50)" },
  words: [0, 1],
  async run(context) {
    const count = countOf(context.options.count ?? "4");
    const [word] = context.words;
    const folder = await openFolder(context.archive, word);
    const chats = word === undefined ? folder.chats : [chatNamed(folder, word)];
    const found = chats.map((chat) => ({ chat, sittings: nextSittings(chat, context.effects.now(), count) }));
    const zone = zoneOf(context);
    context.result(
      { chats: found.map(jsonOf) },
      found.flatMap((one, i) => [...(i === 0 ? [] : [""]), ...linesOf(one, zone)]),
    );
    const [first] = found.filter(({ sittings }) => sittings.length > 0);
    const flag = archiveFlag(context);
    if (first !== undefined) context.next(`npx chatscribe plan ${first.chat.slug}/${first.sittings[0]?.slug}${flag}`);
    else context.next(chats.length === 0 ? `npx chatscribe init${flag}` : `npx chatscribe status${flag}`);
    return EXIT.done;
  },
};

function countOf(word: unknown): number {
  const count = Number(word);
  if (/^\d+$/.test(String(word)) && count >= 1 && count <= 50) return count;
  throw new UserError(`next: --count must be a number from 1 to 50, not "${String(word)}"`);
}

/** The zone of the person who types. */
export const zoneOf = ({ effects }: Context): string => effects.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Found {
  readonly chat: Chat;
  readonly sittings: readonly Sitting[];
}

const jsonOf = ({ chat, sittings }: Found) => ({
  chat: chat.slug,
  rule: scheduleInWords(chat, "en"),
  next: sittings.map(({ slug, start, minutes, zone }) => ({
    session: slug,
    start: new Date(start).toISOString(),
    end: new Date(start + minutes * 60_000).toISOString(),
    zone,
  })),
});

function linesOf({ chat, sittings }: Found, yours: string): string[] {
  const rule = scheduleInWords(chat, "en");
  if (rule === null) return [`${chat.slug}: no fixed rhythm; a session's own file says when it is (start:)`];
  const out = exceptions(chat, sittings);
  const head = `${chat.slug}: ${rule}${out.length === 0 ? "" : `; not on ${out.join(", ")}`}`;
  if (sittings.length === 0) return [`${head}; no session to come`];
  return [head, ...sittings.map((sitting) => `${sitting.slug.padEnd(15)}  ${momentsOf(sitting, yours)}`)];
}

/** Dates left out among those that are listed. */
function exceptions({ schedule }: Chat, sittings: readonly Sitting[]): string[] {
  const last = sittings.at(-1)?.slug.slice(0, 10) ?? "";
  const first = sittings[0]?.slug.slice(0, 10) ?? "";
  return schedule.flatMap(({ except }) => except).filter((date) => first <= date && date <= last);
}

/** Commands speak English, whatever the site does. */
const ENGLISH = new Words("en", {});

/** `Tue 1 Dec, 19:00 in London · 19:00 UTC · 14:00 in New York`; the day again where it is another one there. */
function momentsOf({ start, zone }: Sitting, yours: string): string {
  const elsewhere = (other: string): string => {
    const same = isoDate(other, start) === isoDate(zone, start);
    return `${same ? ENGLISH.clock(other, start) : ENGLISH.weekdayAndClock(other, start)} ${ENGLISH.zone(other)}`;
  };
  const words = [...new Set([elsewhere(zone), elsewhere("UTC"), elsewhere(yours)])];
  return `${ENGLISH.weekday(zone, start).slice(0, 3)} ${ENGLISH.shortDate(zone, start, false)}, ${words.join(" · ")}`;
}
