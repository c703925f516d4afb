import { cleanText } from "./clean.ts";

/** A line of iCalendar holds at most 75 octets, its end not counted (RFC 5545, 3.1). */
const MOST = 75;

/** One property: ended by CRLF, folded where it is longer. A fold never stands inside a character. */
export function icsLine(name: string, value: string): string {
  const lines: string[] = [];
  let line = "";
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const size = octetsOf(character);
    if (octets + size > MOST) {
      lines.push(line);
      line = " ";
      octets = 1;
    }
    line += character;
    octets += size;
  }
  return [...lines, line, ""].join("\r\n");
}

const octetsOf = (character: string): number => new TextEncoder().encode(character).length;

/** A value of type TEXT: `\ ; ,` escaped, line ends as `\n`, control characters dropped. */
export const icsText = (text: string): string =>
  cleanText(text)
    .replaceAll(/[\\;,]/g, "\\$&") // "a, b" -> "a\, b"
    .replaceAll("\n", "\\n");

/** 20090721T160000Z: a moment in UTC, to the second. */
export const icsTime = (time: number): string => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, ""); // "2009-07-21T16:00:00.000Z"
