import type { Heading } from "../export/formats.ts";
import type { Chat, Notes, Session } from "../model.ts";
import { zoneAt } from "./time.ts";
import type { Words } from "./words/words.ts";

interface Sitting {
  readonly session: Session;
  readonly notes: Notes;
}

/** `#tag, 21 July 2009`, unless the organiser gave the session a title. */
export function titleOf(words: Words, chat: Chat, { session, notes }: Sitting): string {
  const { start } = session.window;
  return notes.title ?? words.say("dated", { tag: chat.tags[0]?.label ?? chat.title, day: words.date(zoneAt(chat, start), start) });
}

/** What a session is called and when it was, in the chat's zone. */
export function headingOf(words: Words, chat: Chat, sitting: Sitting): Heading {
  const { session } = sitting;
  const { start, minutes } = session.window;
  const zone = zoneAt(chat, start);
  return {
    title: titleOf(words, chat, sitting),
    when: words.when(zone, start, minutes),
    clock: (time) => (time === null ? "" : words.clock(zone, time)),
    sections: {
      welcome: words.say("welcome"),
      aside: words.say("asides"),
      "wrap-up": words.say("wrapUp"),
      after: words.say("afterTheHour"),
      unplaced: words.say("notPlaced"),
    },
    noAnswers: words.say("noAnswersRecorded"),
  };
}
