import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Part of every address of the desk: whoever does not know it is told nothing and can do nothing. */
export const newToken = (): string => randomBytes(24).toString("base64url");

export interface Guard {
  readonly token: string;
  readonly port: number;
}

/** Why a request is not answered: status and words; null: it is. A page elsewhere may make a browser ask (so Sec-Fetch-Site and Origin),
 *  may call this machine by a name of its own (so Host), and cannot know the token. */
export function refuse(request: Request, { token, port }: Guard): readonly [status: 403 | 415, words: string] | null {
  const { headers, method, url } = request;
  const host = headers.get("host") ?? "";
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return [403, "This is not the address of the desk."];
  const given = new URL(url).pathname.split("/")[1] ?? "";
  if (!same(given, token)) return [403, "Open the address that the command printed."];
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && !(site === "none" && method === "GET"))
    return [403, "Another page led here. Open the address that the command printed by hand."];
  if (method === "GET" || method === "HEAD") return null;
  if (headers.get("origin") !== `http://${host}`) return [403, "Only the desk's own page can change anything."];
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim();
  return type === "application/x-www-form-urlencoded" ? null : [415, "The desk reads forms only."];
}

/** In a time that tells nothing. */
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Of every answer. Forms need their Origin, which `no-referrer` would take away. */
export const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};
