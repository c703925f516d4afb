/** What is longer than this is no line. */
export const LONGEST_LINE = 20 * 1024 * 1024;

/** Cuts bytes into lines as they come: at LF or CRLF, which are not part of them. A line is bytes, so a character that was cut
 *  in two on its way is whole again. What the bytes end with is not a line until its end has come. */
export function lineReader(): { read(chunk: Buffer): Buffer[] /** Bytes kept of the line that has begun. */; pending(): number } {
  let begun: Buffer[] = [];
  let size = 0;
  const lineOf = (end: Buffer): Buffer => {
    const line = begun.length === 0 ? end : Buffer.concat([...begun, end]);
    begun = [];
    size = 0;
    return line.at(-1) === CR ? line.subarray(0, -1) : line;
  };
  return {
    read(chunk) {
      const lines: Buffer[] = [];
      let from = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
        lines.push(lineOf(chunk.subarray(from, end)));
        from = end + 1;
      }
      if (from < chunk.length) begun.push(chunk.subarray(from));
      size += chunk.length - from;
      return lines;
    },
    pending: () => size,
  };
}

const LF = 0x0a;
const CR = 0x0d;
