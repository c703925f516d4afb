/** The fields of one CSV record (RFC 4180: `"` around a field, `""` inside it). null: its quotes do not close.
 *  A quote inside a bare field is text; the cutter of cut.ts reads quotes the same way. */
export function splitCsv(record: string): string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    let field = "";
    if (record[at] === '"') {
      const quoted = readQuoted(record, at + 1);
      if (quoted === null) return null;
      field = quoted.text;
      at = quoted.end;
    }
    const comma = record.indexOf(",", at);
    const end = comma === -1 ? record.length : comma;
    fields.push(field + record.slice(at, end));
    if (comma === -1) return fields;
    at = end;
  }
}

/** From behind the opening quote to behind the closing one. */
function readQuoted(record: string, start: number): { text: string; end: number } | null {
  let text = "";
  for (let from = start; ; ) {
    const quote = record.indexOf('"', from);
    if (quote === -1) return null;
    text += record.slice(from, quote);
    if (record[quote + 1] !== '"') return { text, end: quote + 1 };
    text += '"';
    from = quote + 2;
  }
}
