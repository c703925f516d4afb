/** A strict reader of iCalendar (RFC 5545, with the additions of RFC 7986): every fault with its line. Calendar programs forgive what
 *  others then read otherwise; this forgives nothing. Alarms, repetitions and other components are faults: our files have none. */
export function icsFaults(bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const text = decoded(bytes, faults);
  if (text === null) return faults;
  const lines = unfolded(text, faults);
  const root = componentsOf(lines, faults);
  for (const calendar of root) checkCalendar(calendar, faults);
  if (root.length !== 1 || root[0]?.name !== "VCALENDAR")
    faults.push(`one VCALENDAR, not ${root.map(({ name }) => name).join(" ") || "none"}`);
  return faults;
}

interface Property {
  readonly line: number;
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

interface Component {
  readonly name: string;
  readonly line: number;
  readonly properties: Property[];
  readonly children: Component[];
}

function decoded(bytes: Uint8Array, faults: string[]): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb) faults.push("1: a byte order mark");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    faults.push("not UTF-8");
    return null;
  }
}

/** Physical lines joined; each with the number of its first. */
function unfolded(text: string, faults: string[]): { readonly line: number; readonly text: string }[] {
  if (!text.endsWith("\r\n")) faults.push("the last line has no CRLF");
  const physical = text.split("\r\n");
  if (physical.at(-1) === "") physical.pop();
  const lines: { line: number; text: string }[] = [];
  for (const [index, one] of physical.entries()) {
    const line = index + 1;
    if (/[\r\n]/.test(one)) faults.push(`${line}: a line end that is not CRLF`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
    if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(one)) faults.push(`${line}: a control character`);
    if (Buffer.byteLength(one) > 75) faults.push(`${line}: ${Buffer.byteLength(one)} octets`);
    if (one === "") faults.push(`${line}: an empty line`);
    const last = lines.at(-1);
    if (!/^[ \t]/.test(one)) lines.push({ line, text: one });
    else if (last === undefined) faults.push(`${line}: a fold of nothing`);
    else {
      if (one.length === 1) faults.push(`${line}: an empty fold`);
      last.text += one.slice(1);
    }
  }
  return lines;
}

// NAME;PARAM=value;PARAM="quoted: value":value
const LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s;
const PARAMETER = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";])*)/g;

function propertyOf({ line, text }: { line: number; text: string }, faults: string[]): Property | null {
  const [, name = "", parameters = "", value = ""] = LINE.exec(text) ?? [];
  if (name === "") {
    faults.push(`${line}: no content line: ${text.slice(0, 30)}`);
    return null;
  }
  const found = [...parameters.matchAll(PARAMETER)].map(([, key = "", of = ""]) => [key.toUpperCase(), of.replaceAll('"', "")] as const);
  return { line, name: name.toUpperCase(), parameters: new Map(found), value };
}

function componentsOf(lines: readonly { line: number; text: string }[], faults: string[]): Component[] {
  const root: Component[] = [];
  const open: Component[] = [];
  for (const line of lines) {
    const property = propertyOf(line, faults);
    if (property === null) continue;
    const inside = open.at(-1);
    if (property.name === "BEGIN") {
      const made = { name: property.value.toUpperCase(), line: property.line, properties: [], children: [] };
      (inside?.children ?? root).push(made);
      open.push(made);
    } else if (property.name === "END") {
      if (open.pop()?.name !== property.value.toUpperCase()) faults.push(`${property.line}: END:${property.value} closes nothing`);
    } else if (inside === undefined) faults.push(`${property.line}: ${property.name} outside`);
    else {
      if (inside.children.length > 0) faults.push(`${property.line}: ${property.name} after a component`);
      inside.properties.push(property);
    }
  }
  for (const { name } of open) faults.push(`${name} has no end`);
  return root;
}

type Kind = "text" | "utc" | "time" | "uri" | "duration" | "number";
interface Rule {
  readonly kind: Kind;
  readonly times: "1" | "?" | "*";
  readonly only?: RegExp;
}

const CALENDAR: Readonly<Record<string, Rule>> = {
  VERSION: { kind: "text", times: "1", only: /^2\.0$/ },
  PRODID: { kind: "text", times: "1", only: /\S/ },
  CALSCALE: { kind: "text", times: "?", only: /^GREGORIAN$/ },
  METHOD: { kind: "text", times: "?", only: /^[A-Z]+$/ },
  NAME: { kind: "text", times: "*", only: /\S/ },
  DESCRIPTION: { kind: "text", times: "*" },
  URL: { kind: "uri", times: "?" },
  SOURCE: { kind: "uri", times: "?" },
  "REFRESH-INTERVAL": { kind: "duration", times: "?" },
  "X-WR-CALNAME": { kind: "text", times: "?", only: /\S/ },
  "X-PUBLISHED-TTL": { kind: "duration", times: "?" },
};

const EVENT: Readonly<Record<string, Rule>> = {
  UID: { kind: "text", times: "1", only: /^[^\s@]+@[^\s@]+$/ },
  DTSTAMP: { kind: "utc", times: "1" },
  DTSTART: { kind: "time", times: "1" },
  DTEND: { kind: "time", times: "?" },
  DURATION: { kind: "duration", times: "?" },
  SUMMARY: { kind: "text", times: "1", only: /\S/ },
  DESCRIPTION: { kind: "text", times: "?" },
  LOCATION: { kind: "text", times: "?" },
  STATUS: { kind: "text", times: "?", only: /^(?:TENTATIVE|CONFIRMED|CANCELLED)$/ },
  URL: { kind: "uri", times: "?" },
  "LAST-MODIFIED": { kind: "utc", times: "?" },
  SEQUENCE: { kind: "number", times: "?" },
};

function checkCalendar({ name, properties, children }: Component, faults: string[]): void {
  if (name !== "VCALENDAR") return;
  checkProperties("VCALENDAR", properties, CALENDAR, faults);
  if (children.length === 0) faults.push("VCALENDAR holds no component");
  const uids = new Set<string>();
  for (const child of children) {
    if (child.name !== "VEVENT") faults.push(`${child.line}: ${child.name} is no VEVENT`);
    else checkEvent(child, faults);
    const uid = child.properties.find((one) => one.name === "UID")?.value ?? "";
    if (uids.has(uid)) faults.push(`${child.line}: UID twice: ${uid}`);
    uids.add(uid);
  }
  if (properties.some((one) => one.name === "METHOD") && children.some((one) => one.properties.every((p) => p.name !== "ORGANIZER")))
    faults.push("METHOD asks for an ORGANIZER in every event (RFC 5546)");
}

function checkEvent({ line, properties, children }: Component, faults: string[]): void {
  checkProperties(`${line}: VEVENT`, properties, EVENT, faults);
  if (children.length > 0) faults.push(`${line}: VEVENT holds ${children[0]?.name}`);
  const value = (name: string): string | undefined => properties.find((one) => one.name === name)?.value;
  const [start, end] = [value("DTSTART"), value("DTEND")];
  if (end === undefined && value("DURATION") === undefined) faults.push(`${line}: neither DTEND nor DURATION`);
  if (end !== undefined && value("DURATION") !== undefined) faults.push(`${line}: DTEND and DURATION`);
  if (start !== undefined && end !== undefined && end <= start) faults.push(`${line}: DTEND is not after DTSTART`);
}

function checkProperties(where: string, properties: readonly Property[], rules: Readonly<Record<string, Rule>>, faults: string[]): void {
  for (const [name, { times }] of Object.entries(rules)) {
    const count = properties.filter((one) => one.name === name).length;
    if (count === 0 && times === "1") faults.push(`${where} has no ${name}`);
    if (count > 1 && times !== "*") faults.push(`${where} has ${name} ${count} times`);
  }
  for (const property of properties) {
    const rule = rules[property.name];
    const fault = rule === undefined ? "not known" : (faultOf(rule, property) ?? parameterFault(rule, property));
    if (fault !== null) faults.push(`${property.line}: ${property.name} ${fault}: ${property.value.slice(0, 40)}`);
  }
}

function faultOf({ kind, only }: Rule, { value }: Property): string | null {
  if (only !== undefined && !only.test(value)) return "is not as allowed";
  if (kind === "text") return /^(?:[^\\;,]|\\[\\;,nN])*$/s.test(value) ? null : "is not escaped"; // "a\, b\nc"
  if (kind === "uri") return /^https?:\/\/[!-~]+$/.test(value) && URL.canParse(value) ? null : "is no http(s) address";
  if (kind === "duration") return /^P(?:\d+W|\d+D|(?:\d+D)?T(?:\d+H)?(?:\d+M)?(?:\d+S)?)$/.test(value) ? null : "is no duration"; // "P1D", "PT1H"
  if (kind === "number") return /^\d+$/.test(value) ? null : "is no number";
  return isMoment(value) ? null : "is no moment in UTC";
}

/** Local times would need a VTIMEZONE, floating ones mean another moment for everyone. */
function isMoment(value: string): boolean {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(value) ?? []; // "20090721T160000Z"
  if (date === undefined || time === undefined) return false;
  const iso = `${date.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}.000Z`;
  return !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString() === iso;
}

const VALUES: Partial<Readonly<Record<Kind, string>>> = { duration: "DURATION", uri: "URI" };

/** TZID beside UTC is a contradiction; REFRESH-INTERVAL has to say that it is a duration, SOURCE that it is an address. */
function parameterFault({ kind }: Rule, { name, parameters }: Property): string | null {
  const said = parameters.get("VALUE");
  const must = name === "REFRESH-INTERVAL" || name === "SOURCE" ? VALUES[kind] : undefined;
  if (must !== undefined && said !== must) return `needs VALUE=${must}`;
  if (said !== undefined && said !== VALUES[kind]) return `is no ${said}`;
  const other = [...parameters.keys()].find((key) => key !== "VALUE");
  return other === undefined ? null : `has ${other}`;
}
