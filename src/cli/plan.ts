import type { Folder } from "../archive/folder.ts";
import { readSite } from "../config/archive.ts";
import { nextSittings, zoneOn } from "../config/schedule.ts";
import { instantOf } from "../config/zone.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat, NotedQuestion, Session } from "../model.ts";
import { askedAt, localTimes, type Planned, type Reminder, remindersOf } from "../site/framing.ts";
import { absolute, sessionPath } from "../site/paths.ts";
import { siteWords } from "../site/theme.ts";
import type { Words } from "../site/words/words.ts";
import { tagOf } from "../site/words.ts";
import { MOST_WEIGHT, weightOf } from "../text/weight.ts";
import type { Command } from "./command.ts";
import { chatNamed, partsOf } from "./names.ts";
import { zoneOf } from "./next.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "plan <chat>[/<session>]",
  does: "Prints what to post for a session to come, ready to paste: the hour with its questions, reminders, each question at its time, and when that is elsewhere. The questions are those of the session's file.",
  example: "npx chatscribe plan socialmedia/2009-07-21",
  options: {},
  help: {},
  words: [1, 1],
  async run(context) {
    const [word = ""] = context.words;
    const folder = await openFolder(context.archive, word);
    const chat = chatNamed(folder, word);
    const session = sessionToCome(folder, chat, partsOf(word).session, context.effects.now());
    const planned = plannedOf(folder, chat, session);
    const words = siteWords(folder.dir);
    const reminders = remindersOf(planned, words);
    const times = localTimes(planned, zoneOf(context), words);
    context.result(jsonOf(session, planned, reminders), [
      printed(planned, [...reminders.map((one) => part(one, planned, words)), ["When that is", ...times]], words),
    ]);
    for (const { when, posts } of reminders)
      for (const post of posts)
        if (weightOf(post) > MOST_WEIGHT) context.say(`${when}: ${weightOf(post)} characters, X takes ${MOST_WEIGHT}: shorten it`);
    if (planned.questions.length === 0) context.say(howToAsk(folder.file(chat, session.slug)));
    context.next(`npx chatscribe capture ${chat.slug}/${session.slug} --follow${archiveFlag(context)}`);
    return EXIT.done;
  },
};

/** The session that is named, else the chat's next. One that is over cannot be planned. */
function sessionToCome(folder: Folder, chat: Chat, slug: string, now: number): Session {
  const [next] = nextSittings(chat, now, 1);
  if (slug === "" && next === undefined)
    throw new UserError(`chat "${chat.slug}" has no session to come: name one, as ${chat.slug}/2009-07-21, and write start: in its file`);
  const session = folder.session(chat, slug === "" ? (next?.slug ?? "") : slug, null);
  const { start, minutes } = session.window;
  if (start + minutes * 60_000 > now) return session;
  const other = next === undefined ? "" : `; the next is ${chat.slug}/${next.slug}`;
  throw new UserError(`${chat.slug}/${session.slug} is over${other}`);
}

function plannedOf(folder: Folder, chat: Chat, { slug, window }: Session): Planned {
  const { start, minutes } = window;
  const notes = folder.notes(chat, slug);
  const zone = zoneOn(chat, slug.slice(0, 10));
  const asked = notes.questions.filter(
    (question): question is NotedQuestion & { text: string } => !question.side && question.text !== null,
  );
  return {
    tag: tagOf(chat, start),
    title: notes.title,
    hosts: notes.hosts ?? chat.hosts,
    guests: notes.guests,
    start,
    minutes,
    zone,
    questions: asked.map(({ number, text, at }, i) => ({
      label: `Q${number}`,
      text,
      at: at === null ? askedAt(i, asked.length, window) : instantOf(`${slug.slice(0, 10)} ${at}`, zone),
    })),
    url: absolute(readSite(folder.dir), sessionPath(chat.slug, slug)),
  };
}

/** `-- Welcome, Tue 19:00` and its posts. */
const part = ({ when, at, posts }: Reminder, { zone }: Planned, words: Words): string[] => [
  at === null ? when : `${when}, ${words.weekdayAndClock(zone, at)}`,
  posts.join("\n\n"),
];

const printed = ({ zone, start, minutes }: Planned, parts: readonly string[][], words: Words): string =>
  [words.when(zone, start, minutes), ...parts.map(([head, ...lines]) => `-- ${head}\n${lines.join("\n")}`)].join("\n\n");

const jsonOf = ({ chat, slug }: Session, { start, minutes, zone, questions }: Planned, reminders: readonly Reminder[]) => ({
  session: `${chat}/${slug}`,
  start: new Date(start).toISOString(),
  minutes,
  zone,
  questions: questions.map(({ at, ...question }) => ({ ...question, at: new Date(at).toISOString() })),
  posts: reminders.map(({ at, ...reminder }) => ({ ...reminder, at: at === null ? null : new Date(at).toISOString() })),
});

const howToAsk = (file: string): string =>
  `No questions yet: write them in ${file}, between two lines of ---, as\nquestions:\n  - { number: 1, text: "What have you mended this week?" }\nat: "19:05" sets when one is asked.`;
