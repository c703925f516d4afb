import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Effects } from "../../src/cli/command.ts";
import { main } from "../../src/cli/main.ts";
import { Store } from "../../src/store/store.ts";
import { type Ran, START, TEACHAT, tempDir, write } from "../helpers.ts";
import { VirtualClock } from "../x/clock.ts";
import { idAt, type Person, type Post } from "../x/post.ts";
import { StandIn, type StandInOptions } from "../x/standin.ts";
import { seenFrom } from "./world.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const TOKEN = "AAAAsesame%2Fopen%3Dplease";
/** Of no meaning to the agent: nothing goes over a network. */
const URL_OF_X = "http://127.0.0.1:9";
/** Minutes after the tea chat's session begins, as a moment. Its window is [-15, 90), its sweeps fall due at 61, 91, 105, 125 and 1530. */
export const at = (minutes: number): number => START + minutes * MINUTE;
export const SWEEPS = [61, 91, 105, 125, 1530] as const;
export const iso = (minutes: number): string => new Date(at(minutes)).toISOString();

const PEOPLE = ["ceylon_sam", "amy", "bob", "cleo", "dee"];
export const personOf = (username: string): Person => ({
  id: String(9000 + Math.max(0, PEOPLE.indexOf(username))),
  username,
  name: username.toUpperCase(),
});

export type Talked = Partial<Omit<Post, "author" | "at">>;

/** Somebody writes, so many minutes after the session begins. */
export function post(minutes: number, by: string | Person, text: string, more: Talked = {}): Post {
  const moment = Math.floor(at(minutes));
  turn = (turn + 1) % 4_000_000;
  return { id: idAt(moment, turn), at: moment, author: typeof by === "string" ? personOf(by) : by, text, ...more };
}
let turn = 0;

/** A reply. */
export const reply = (minutes: number, by: string, to: Post, text: string, more: Talked = {}): Post =>
  post(minutes, by, text, { replyTo: to.id, ...more });

/** An hour as one hopes for: a question, answers, a reply without the tag and one after the hour. */
export function smallHour() {
  const welcome = post(0, "ceylon_sam", "Welcome to #teachat");
  const q1 = post(3, "ceylon_sam", "Q1 Which leaf do you drink in the morning? #teachat");
  const a1 = reply(5, "amy", q1, "A1 green, always #teachat");
  const aside = reply(6, "bob", a1, "@amy the same here");
  const q2 = post(20, "ceylon_sam", "Q2 Milk first, or tea first? #teachat");
  const a2 = post(22, "cleo", "A2 milk first #TeaChat");
  return { welcome, q1, a1, aside, q2, a2 };
}

/** `n` tweets with the tag, evenly over the hour. */
export const manyPosts = (n: number, text = "leaf"): Post[] =>
  Array.from({ length: n }, (_, i) => post((i * 60) / n, PEOPLE[i % 5] ?? "amy", `${text} ${i} #teachat`));

export interface SceneOptions extends Omit<StandInOptions, "clock" | "posts"> {
  readonly posts?: Iterable<Post>;
  /** Minutes after the session begins. */
  readonly now?: number;
  /** How far the machine's own clock is ahead, in milliseconds. */
  readonly clockSkew?: number;
  readonly chat?: string;
  /** The chat's name; without it `teachat`. */
  readonly slug?: string;
  /** By session: the text of its file. */
  readonly notes?: Readonly<Record<string, string>>;
}

export interface Scene {
  readonly cwd: string;
  /** The archive's folder. */
  readonly dir: string;
  readonly clock: VirtualClock;
  readonly x: StandIn;
  /** Types a command line; `data` is the archive. */
  type(words: string, world?: Partial<Effects>): Promise<Ran>;
  /** What `--json` printed. */
  json(words: string, world?: Partial<Effects>): Promise<Record<string, unknown>>;
  /** Lets time go by until so many minutes after the session begins. */
  until(minutes: number): Promise<void>;
  /** Looks into the archive. */
  look<T>(see: (store: Store) => T): T;
}

/** A stand-in for X that has these posts, an empty archive of the tea chat, and time that is moved by hand. */
export function scene({
  posts = [],
  now = 2 * 24 * 60,
  chat = TEACHAT,
  slug = "teachat",
  notes = {},
  clockSkew = 0,
  ...rest
}: SceneOptions = {}): Scene {
  const cwd = tempDir();
  const dir = join(cwd, "data");
  write(dir, `chats/${slug}/chat.md`, chat);
  for (const [session, text] of Object.entries(notes)) write(dir, `chats/${slug}/${session}.md`, text);
  const clock = new VirtualClock(at(now), { skew: clockSkew });
  const x = new StandIn({ clock, posts, token: TOKEN, ...rest });
  x.url = URL_OF_X;
  const type = (words: string, world: Partial<Effects> = {}): Promise<Ran> => typed({ clock, x, cwd }, words, world);
  return {
    cwd,
    dir,
    clock,
    x,
    type,
    async json(words, world) {
      const { out, err } = await type(`${words} --json`, world);
      if (out === "") throw new Error(err);
      return JSON.parse(out);
    },
    until: (minutes) => clock.advance(Math.max(0, at(minutes) - clock.now())),
    look(see) {
      const store = Store.open(`${dir}/archive.db`);
      try {
        return see(store);
      } finally {
        store.close();
      }
    },
  };
}

async function typed({ clock, x, cwd }: Pick<Scene, "clock" | "x" | "cwd">, words: string, world: Partial<Effects>): Promise<Ran> {
  let out = "";
  let err = "";
  const effects: Effects = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => clock.now(),
    clock,
    agent: x.agent(),
    env: { X_BEARER_TOKEN: TOKEN, X_API_URL: URL_OF_X },
    cwd,
    terminal: false,
    ask: () => Promise.reject(new Error("nobody to ask")),
    stopped: () => new Promise(() => {}),
    ...world,
  };
  // a build waits for its own work, which no clock of ours knows of
  const release = words.startsWith("build") ? clock.hold() : null;
  const code = await clock.run(main([...words.split(" "), "--archive", `${cwd}/data`], effects));
  release?.();
  return { code, out: seenFrom(cwd, out), err: seenFrom(cwd, err) };
}

/** The folder of an archive without a chat. */
export function emptyFolder(): string {
  const dir = `${tempDir()}/data`;
  mkdirSync(`${dir}/chats`, { recursive: true });
  return dir;
}
