const DAY = 86_400_000;
/** 1970 began on a Thursday. */
const MONDAY = 4 * DAY;

/** Monday, 0:00 UTC: pages change with the week, not with the moment of the build. */
export const startOfWeek = (now: number): number => now - ((((now - MONDAY) % (7 * DAY)) + 7 * DAY) % (7 * DAY));
