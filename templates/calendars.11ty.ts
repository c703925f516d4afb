import { calendar, siteEvents } from "../src/site/calendar.ts";
import { calendarPath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";

interface Data {
  readonly site: Site;
}

export const data = {
  permalink: ({ site }: Data): string | false => (site.all.calendars.length === 0 ? false : calendarPath(null)),
};

/** The next dates of all chats. */
export const render = ({ site: { config, chats } }: Data): string => calendar(config.name, siteEvents(chats, config));
