import { EXIT } from "../errors.ts";
import type { Coverage } from "../model.ts";
import { clock, isoDate, placeOf, zoneAt } from "../site/time.ts";
import type { Command, Context } from "./command.ts";
import { hostsClause, hostsKnown } from "./hosts.ts";
import { many } from "./names.ts";
import { openArchive } from "./open.ts";
import { archiveFlag, importHint } from "./paths.ts";

export const command: Command = {
  usage: "status",
  does: "Says what the archive holds: tweets, sessions, questions, and how many tweets lie outside every session's window.",
  example: "npx chatscribe status",
  options: {},
  help: {},
  words: [0, 0],
  async run(context) {
    const archive = await openArchive(context.archive);
    try {
      const report = archive.withWork((work) => reportOf(archive, work));
      context.result({ ...report, chats: report.chats.map(plain) }, linesOf(report));
      hint(context, report);
      return EXIT.done;
    } finally {
      archive.close();
    }
  },
};

type Archive = import("../archive/archive.ts").Archive;
type Work = import("../store/work.ts").Work;

function reportOf(archive: Archive, work: Work) {
  const chats = archive.chats.map((chat) => ({
    chat: chat.slug,
    sessions: archive.sessions(chat).map((session) => {
      const { transcript } = archive.thread(chat, session, work);
      const coverage = archive.coverage(chat, session);
      const hosts = hostsKnown(archive, { chat, session });
      return {
        session: session.slug,
        // what is only known as context and joins by being answered is none of the chat's own
        tweets: transcript.placed.filter((p) => !p.placement.untagged || archive.store.member(chat.slug, p.tweet.id) !== null).length,
        questions: transcript.questions.filter((q) => !q.side).length,
        complete: coverage?.complete ?? null,
        status: archive.notes(chat, session.slug).status,
        hosts: hosts.are,
        clause: transcript.placed.length === 0 ? "" : hostsClause(hosts),
        captured: coverage === null ? "" : capturedWords(coverage, zoneAt(chat, session.window.start), session.window.start),
      };
    }),
  }));
  const placed = chats.flatMap((c) => c.sessions).reduce((n, s) => n + s.tweets, 0);
  const members = archive.chats.reduce((n, chat) => n + archive.store.countMembers(chat.slug), 0);
  return { ...archive.store.counts(), outside: members - placed, chats };
}

/** As --json prints it. */
const plain = ({ chat, sessions }: ReturnType<typeof reportOf>["chats"][number]) => ({
  chat,
  sessions: sessions.map(({ captured: _, clause: __, ...session }) => session),
});

/** `complete`, `incomplete: 2 gaps`, `next sweep 18:46 in New York`, `incomplete: 1 gap, next sweep …` */
function capturedWords({ complete, gaps, nextSweep }: Coverage, zone: string, start: number): string {
  if (complete === true) return "complete";
  const holes = complete === null ? "" : gaps.length === 0 ? "incomplete" : `incomplete: ${many(gaps.length, "gap")}`;
  if (nextSweep === null) return holes;
  const day = isoDate(zone, nextSweep) === isoDate(zone, start) ? "" : `${isoDate(zone, nextSweep)} `;
  return [holes, `next sweep ${day}${clock(zone, nextSweep)} ${placeWords(zone)}`].filter(Boolean).join(", ");
}

function linesOf(report: ReturnType<typeof reportOf>): string[] {
  const sessions = report.chats.flatMap(({ chat, sessions }) =>
    sessions.map((s) =>
      `${`${chat}/${s.session}`.padEnd(34)} ${many(s.tweets, "tweet").padStart(13)}  ${many(s.questions, "question").padStart(12)}  ${s.status.padEnd(8)}  ${[s.captured, s.clause].filter(Boolean).join(", ")}`.trimEnd(),
    ),
  );
  const { tweets, context, outside } = report;
  return [
    `${many(tweets, "tweet")}, ${context.toLocaleString("en")} more known as context, ${outside.toLocaleString("en")} outside every session's window`,
    ...sessions,
  ];
}

function hint(context: Context, report: ReturnType<typeof reportOf>): void {
  const [first] = report.chats;
  if (first === undefined) context.next(`npx chatscribe init${archiveFlag(context)}`);
  else if (report.tweets === 0) context.next(importHint(context, first.chat));
  else {
    const draft = newestDraft(report);
    context.next(`npx chatscribe ${draft === null ? "publish <target>" : `review ${draft} --open`}${archiveFlag(context)}`);
  }
}

/** The draft an organiser is most likely busy with. null: every session is reviewed. */
function newestDraft({ chats }: ReturnType<typeof reportOf>): string | null {
  const drafts = chats.flatMap(({ chat, sessions }) =>
    sessions.filter(({ status, tweets }) => status === "draft" && tweets > 0).map(({ session }) => ({ chat, session })),
  );
  const newest = drafts.toSorted((a, b) => (a.session < b.session ? 1 : -1))[0];
  return newest === undefined ? null : `${newest.chat}/${newest.session}`;
}

const placeWords = (zone: string): string => (placeOf(zone) === null ? "UTC" : `in ${placeOf(zone)}`);
