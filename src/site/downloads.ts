import { DOWNLOADS, type Download, download } from "../export/download.ts";
import type { SiteConfig } from "../model.ts";
import { calendar, sessionEvent } from "./calendar.ts";
import type { SessionData } from "./data.ts";
import { headingOf } from "./heading.ts";
import { spoken } from "./question.ts";
import { wordsOf } from "./words/words.ts";

/** What stands beside a session's page, by the ending of its name: `session.md`. */
export const FORMATS = [...DOWNLOADS, "ics"] as const;
export type Format = Download | "ics";

export function sessionFile(format: Format, data: SessionData, config: SiteConfig): string {
  const { chat, card, notes, transcript } = data;
  if (format === "ics") return calendar(null, [sessionEvent(data, config)]);
  const words = wordsOf(config);
  const said = new Map(transcript.questions.map((question) => [question.number, spoken(words, transcript, question)]));
  const sections = transcript.sections.map((section) => ({
    ...section,
    question: said.get(section.question?.number ?? Number.NaN) ?? null,
  }));
  return download(format, { ...transcript, sections }, headingOf(words, chat, { session: card.session, notes }), config.downloads);
}
