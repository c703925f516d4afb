/** Text that Markdown shows as it is, on one line: what it would read as markup is escaped. */
export const markdownText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    // *a* _a_ `a` [a](b) <a> # | \
    .replace(/[\\`*_[\]<>#|~]/g, "\\$&")
    // `1. a` and `- a` at the start of a line are lists
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^([-+=])/, "\\$1");
