import { didYouMean } from "../errors.ts";
import { quote, refusal, scalarOf, type Value } from "./fields.ts";

/** Winter time, summer time, a city in words, the zone to write. */
const ABBREVIATIONS: readonly (readonly [winter: string, summer: string, city: string, zone: string])[] = [
  ["EST", "EDT", "New York", "America/New_York"],
  ["CST", "CDT", "Chicago", "America/Chicago"],
  ["MST", "MDT", "Denver", "America/Denver"],
  ["PST", "PDT", "Los Angeles", "America/Los_Angeles"],
  ["AKST", "AKDT", "Anchorage", "America/Anchorage"],
  ["AST", "ADT", "Halifax", "America/Halifax"],
  ["NST", "NDT", "St. John's", "America/St_Johns"],
  ["GMT", "BST", "London", "Europe/London"],
  ["WET", "WEST", "Lisbon", "Europe/Lisbon"],
  ["CET", "CEST", "Berlin", "Europe/Berlin"],
  ["EET", "EEST", "Helsinki", "Europe/Helsinki"],
];
const SOUTHERN: typeof ABBREVIATIONS = [
  ["AEST", "AEDT", "Sydney", "Australia/Sydney"],
  ["ACST", "ACDT", "Adelaide", "Australia/Adelaide"],
  ["NZST", "NZDT", "Auckland", "Pacific/Auckland"],
];
const PLACES: Readonly<Record<string, string>> = {
  HST: "Pacific/Honolulu",
  JST: "Asia/Tokyo",
  KST: "Asia/Seoul",
  SGT: "Asia/Singapore",
  AWST: "Australia/Perth",
  IST: "Asia/Kolkata for India, Europe/Dublin for Ireland",
  MSK: "Europe/Moscow",
  SAST: "Africa/Johannesburg",
};

/** An IANA name. Abbreviations and offsets are refused: they are an hour off for half of the year. */
export function zoneOf(value: Value): string {
  const { text } = scalarOf(value, "a zone, as America/New_York");
  const why = zoneFault(text);
  if (why !== null) throw refusal(value, `zone ${quote(text)} ${why}`);
  return text;
}

/** What is wrong with a zone's name, as the end of a sentence that begins with it; null: nothing. */
function zoneFault(zone: string): string | null {
  if (zone === "UTC") return null;
  // GMT+1, UTC-05:00, +05:30, Etc/GMT+5, Z
  if (/^(?:Etc\/)?(?:GMT|UTC)?[-+]\d|^Z$/i.test(zone))
    return "is an offset, and offsets know no summer time; write the name of a place, as America/New_York";
  return abbreviationFault(zone.toUpperCase()) ?? nameFault(zone);
}

function abbreviationFault(zone: string): string | null {
  const northern = ABBREVIATIONS.find((row) => row.includes(zone));
  const southern = SOUTHERN.find((row) => row.includes(zone));
  const [winter, summer, city, write] = northern ?? southern ?? [];
  const [hot, cold] = southern === undefined ? ["July", "January"] : ["January", "July"];
  const end = zone === "GMT" ? `write ${write}, or UTC` : `write ${write}`;
  if (zone === winter) return `has no summer time: a Tuesday noon in ${hot} in ${city} is ${summer}; ${end}`;
  if (zone === summer) return `is summer time only: a Tuesday noon in ${cold} in ${city} is ${winter}; ${end}`;
  const place = PLACES[zone];
  return place === undefined ? null : `is an abbreviation; write the name of a place: ${place}`;
}

function nameFault(zone: string): string | null {
  const known = Intl.supportedValuesOf("timeZone");
  if (known.includes(zone)) return null;
  const otherCase = known.some((name) => name.toLowerCase() === zone.toLowerCase());
  // Asia/Kolkata, America/Argentina/Ushuaia: names that Intl knows and does not list
  if (!otherCase && /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]*)+$/.test(zone) && isZone(zone)) return null;
  return `is not a zone; write an IANA name, as America/New_York or UTC${didYouMean(zone, [...known, "UTC"])}`;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
