/** One row of CSV (RFC 4180, LF). A cell that a spreadsheet would run as a formula gets an apostrophe in front
 *  (OWASP, "CSV Injection": = + - @, their fullwidth forms, tab and line ends). What some spreadsheet may take for the end of a cell is quoted. */
export const csvRow = (cells: readonly (string | number | boolean | null)[]): string => `${cells.map(csvCell).join(",")}\n`;

// =1+1, @SUM(1), -1, ＝1, a leading tab
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function csvCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text = String(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
