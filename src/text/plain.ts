import { cleanText } from "./clean.ts";

/** Text on one line, without characters that would end it or that a terminal obeys. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim();

/** Text that Markdown shows as it is, on one line: what it would read as markup is escaped. */
export const markdownText = (text: string): string =>
  oneLine(text)
    // *a* _a_ `a` [a](b) <a> # | ~~a~~ &amp; \
    .replace(/[\\`*_[\]<>#|~&]/g, "\\$&")
    // `1. a` and `- a` at the start of a line are lists
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^([-+=])/, "\\$1");
