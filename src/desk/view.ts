import type { Handle, PlacedTweet, Question, SiteConfig } from "../model.ts";
import type { ImageFinder } from "../site/media.ts";
import type { SessionPage } from "../site/page.ts";
import type { ReviewEntry } from "../thread/review.ts";
import type { Step } from "./desk.ts";
import type { Shown } from "./session.ts";
import { entryKey } from "./standing.ts";

/** What lies open on the desk: an entry that needs a decision, any other tweet, a question, or the notes. */
export type Open =
  | { readonly kind: "session"; readonly entry: ReviewEntry }
  | { readonly kind: "tweet"; readonly entry: ReviewEntry | null; readonly placed: PlacedTweet }
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "notes" };

/** All that the page is made from. */
export interface View {
  /** `socialmedia/2009-07-21` */
  readonly name: string;
  /** The session's file, as messages name it. */
  readonly file: string;
  readonly config: SiteConfig;
  readonly shown: Shown;
  readonly page: SessionPage;
  readonly image: ImageFinder;
  /** Of the file's text that all this was made from. */
  readonly hash: string;
  readonly open: Open;
  /** What `open` is called in addresses. */
  readonly at: string;
  readonly step: Step | null;
  readonly hosts: readonly Handle[];
  /** What was done, or why it was not. */
  readonly said: Said | null;
  /** The file cannot be read as it is: what is shown is how it stood before. */
  readonly fault: string | null;
  /** What was written and could not be put into the file, or is only to be looked at. */
  readonly draft: string | null;
}

export interface Said {
  readonly text: string;
  readonly refused: boolean;
}

/** What an address asks for; where it is not there (any more), the first thing that needs a decision, else the notes. */
export function openAt(shown: Shown, at: string | null): { readonly open: Open; readonly at: string } {
  const { entries, transcript } = shown;
  if (at === "notes") return { open: { kind: "notes" }, at };
  const entry = entries.find((one) => entryKey(one) === at) ?? null;
  const id = /^t(\d+)$/.exec(at ?? "")?.[1]; // "t2412345678"
  const placed = transcript.placed.find(({ tweet }) => tweet.id === id);
  if (at !== null && placed !== undefined) return { open: { kind: "tweet", entry, placed }, at };
  if (at !== null && entry !== null) return { open: { kind: "session", entry }, at };
  const question = transcript.questions.find(({ anchor }) => anchor === at);
  if (at !== null && question !== undefined) return { open: { kind: "question", question }, at };
  const [first] = entries;
  return first === undefined ? { open: { kind: "notes" }, at: "notes" } : openAt(shown, entryKey(first));
}

/** What comes up once something was decided: the next entry where the one that lay open is settled, else the same as before. */
export function nextAt(before: Shown, after: Shown, at: string): string | null {
  const place = before.entries.findIndex((entry) => entryKey(entry) === at);
  const keys = after.entries.map(entryKey);
  if (place < 0 || keys.includes(at)) return at;
  return keys[Math.min(place, keys.length - 1)] ?? null;
}
