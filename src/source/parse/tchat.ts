import { instantOf } from "../../config/zone.ts";
import type { ChatSlug, SessionSlug } from "../../model.ts";
import type { FindTweet } from "./markdown.ts";
import { Occurrences } from "./occurrences.ts";
import { observe, tweetOf } from "./said.ts";
import { localTweet } from "./text.ts";
import { hourOfDay, snowflakeTime } from "./time.ts";
import { BadRecord, type Parser, tells } from "./wire.ts";

// `2:27 PM`, `12:00 am`
const TIME = /^[ \t]*(\d{1,2}):(\d{2}) ([AP])M[ \t]*$/i;
// `Amy Adams @amy`
const WHO = /^(.*\S)[ \t]+[@＠]([A-Za-z0-9_]{1,20})[ \t]*$/;
// `Retweeted by Amy Adams`
const REPOST = /^Retweeted by \S/;

/** Whether a line begins an entry. */
export const isTime = (line: string): boolean => TIME.test(line);

/** Whether a text looks like a page of tchat.io: a time, then who. */
export function isTchat(text: string): boolean {
  const lines = text.split(/\r?\n/);
  return lines.some((line, index) => isTime(line) && WHO.test(lines[index + 1] ?? ""));
}

/** A page of tchat.io as copied, newest first: time, `Name @handle`, the text, `Retweeted by …`. Times are of the session's day in `zone`;
 *  within a minute the order of the file is kept, in milliseconds. Ids are made from the text unless `find` knows the tweet. */
export function tchatParser(options: { chat: ChatSlug; session: SessionSlug; zone: string | null; find: FindTweet | null }): Parser {
  const occurrences = new Occurrences(options);
  let minute = "";
  let place = 0;
  return {
    read(record) {
      const lines = record.split(/\r?\n/).map((line) => line.trimEnd());
      const at = lines.findIndex((line) => WHO.test(line));
      if (at === -1) {
        // what stands above the first entry is the page's own; below the last time nothing may come
        if (!lines.some(isTime) || lines.every((line) => line === "" || isTime(line))) return null;
        throw new BadRecord("no Name @handle below the time: damaged");
      }
      const [, name = "", handle = ""] = WHO.exec(lines[at] ?? "") ?? [];
      const body = lines.slice(at + 1);
      const repost = body.some((line) => REPOST.test(line));
      const text = body
        .filter((line) => !REPOST.test(line))
        .join("\n")
        .trim();
      if (text === "") throw new BadRecord(`no text below ${name} @${handle}`);
      const stated = lines.slice(0, at).find(isTime) ?? "";
      place = stated === minute ? Math.min(place + 1, 999) : 0;
      minute = stated;
      const session = options.session;
      const found = options.find?.(handle, text) ?? null;
      if (found !== null) {
        const tweet = tweetOf({ id: found, author: { id: null, handle, name }, time: snowflakeTime(found), text });
        return tells([observe(tweet, { session, context: repost })]);
      }
      const id = repost ? occurrences.firstIdOf(handle, text) : occurrences.idOf(handle, text);
      // the time of a repost says nothing of the tweet
      const time = repost ? null : timeOf(stated, place, options);
      return tells([observe(localTweet({ id, handle, text, time }, name), { session, context: repost })]);
    },
    end: () => [],
  };
}

function timeOf(stated: string, place: number, { session, zone }: { session: SessionSlug; zone: string | null }): number | null {
  const [, hour, minute, half] = TIME.exec(stated) ?? [];
  if (hour === undefined || minute === undefined || half === undefined || zone === null) return null;
  const wall = `${session.slice(0, 10)} ${hourOfDay(hour, half).padStart(2, "0")}:${minute}`;
  return instantOf(wall, zone) + 999 - place;
}
