/** A value of a JSON text and where it stands, in UTF-16 offsets: to cut something out and leave every other byte as it is. */
export type JsonSpan = JsonObject | JsonArray | JsonScalar;

interface Span {
  readonly start: number;
  readonly end: number;
}
export interface JsonObject extends Span {
  readonly kind: "object";
  readonly fields: ReadonlyMap<string, JsonSpan>;
}
interface JsonArray extends Span {
  readonly kind: "array";
  readonly items: readonly JsonSpan[];
}
/** `text`: of a string what it says, of anything else as it is written: no number is rounded. */
interface JsonScalar extends Span {
  readonly kind: "string" | "other";
  readonly text: string;
}

/** The value that begins at the first brace or bracket of a text; null: it is damaged. */
export function spansOf(text: string): JsonSpan | null {
  const start = text.search(/[{[]/);
  if (start === -1) return null;
  try {
    return readValue(text, start);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const damaged = (): never => {
  throw new SyntaxError("not JSON");
};

function readValue(text: string, at: number): JsonSpan {
  const first = text[at];
  if (first === "{") return readObject(text, at);
  if (first === "[") return readArray(text, at);
  if (first === '"') return readString(text, at);
  OTHER.lastIndex = at;
  const word = OTHER.exec(text)?.[0] ?? damaged();
  return { kind: "other", start: at, end: at + word.length, text: word };
}

// 12, -1.5e3, true, null
const OTHER = /-?[\w.+-]+/y;
// the inside of a string: `a \"b\" \u00e9`
const STRING = /"(?:[^"\\\n]|\\.)*"/y;

function readString(text: string, start: number): JsonScalar {
  STRING.lastIndex = start;
  const written = STRING.exec(text)?.[0] ?? damaged();
  const said: unknown = JSON.parse(written);
  return { kind: "string", start, end: start + written.length, text: String(said) };
}

function readObject(text: string, start: number): JsonObject {
  const fields = new Map<string, JsonSpan>();
  let at = skip(text, start + 1);
  while (text[at] !== "}") {
    const key = readString(text, at);
    at = skip(text, key.end);
    if (text[at] !== ":") damaged();
    const value = readValue(text, skip(text, at + 1));
    fields.set(key.text, value);
    at = afterComma(text, value.end, "}");
  }
  return { kind: "object", start, end: at + 1, fields };
}

function readArray(text: string, start: number): JsonArray {
  const items: JsonSpan[] = [];
  let at = skip(text, start + 1);
  while (text[at] !== "]") {
    const item = readValue(text, at);
    items.push(item);
    at = afterComma(text, item.end, "]");
  }
  return { kind: "array", start, end: at + 1, items };
}

/** Where the next value begins, or the end stands. */
function afterComma(text: string, end: number, close: "}" | "]"): number {
  const at = skip(text, end);
  if (text[at] === ",") return skip(text, at + 1);
  return text[at] === close ? at : damaged();
}

function skip(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return at;
}
