import { calendar, upcomingEvents } from "../src/site/calendar.ts";
import { calendarPath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.calendars", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => calendarPath(slug),
};

/** The dates of a chat, for a calendar to follow. */
export function render({ site, slug }: Data): string {
  const of = site.chat(slug);
  return calendar(of.chat.title, upcomingEvents(of, site.config));
}
