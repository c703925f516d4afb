import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { readChat, readChats } from "../config/archive.ts";
import { parseChat, slugFault, slugOfTag } from "../config/chat.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { many } from "./names.ts";
import { archiveFlag, importHint, inCwd, isFolder, shellWord } from "./paths.ts";

export const command: Command = {
  usage: "init <#tag> --host H… --every Tuesday --at 12:00 --zone Z [--minutes 60] [--slug S]",
  does: "Starts a chat: writes chats/<slug>/chat.md and nothing else. What is missing is read from old files, or asked for on a terminal.",
  example: 'npx chatscribe init "#socialmedia" --host ana_k --every Tuesday --at 12:00 --zone America/New_York',
  options: {
    host: { type: "string", multiple: true },
    every: { type: "string" },
    at: { type: "string", multiple: true },
    zone: { type: "string" },
    minutes: { type: "string" },
    slug: { type: "string" },
    title: { type: "string" },
    from: { type: "string" },
  },
  help: {
    "--host H": "who asks the questions; again for another",
    "--every R": "Tuesday, weekday, first Friday, last Thursday, 2 weeks on Tuesday (that one needs from: in the file)",
    "--at HH:MM": "the hour on the wall clock; again for a second sitting",
    "--zone Z": "as America/New_York",
    "--minutes N": "how long (default 60)",
    "--slug S": "the chat's folder and address (default: the tag)",
    "--title T": "its name (default: the tag)",
    "--from FILE": "a file or a folder of old tweets: tag, hosts, day and hour come from there; the zone is yours to say",
  },
  words: [0, 1],
  async run(context) {
    const { from } = context.options;
    if (typeof from === "string") return writeFrom(context, from);
    const answers = await answersOf(context);
    write(context, answers);
    context.next(importHint(context, slugFor(context.options.slug, answers.tag[0] ?? "")));
    return EXIT.done;
  },
};

/** What was typed wins over what the files say. What they cannot say, the zone, is asked for. */
async function writeFrom(context: Context, path: string): Promise<typeof EXIT.done> {
  const [{ propose }, { scheduleOf }, { burstLines }] = await Promise.all([
    import("./propose.ts"),
    import("../archive/found-schedule.ts"),
    import("./burst-lines.ts"),
  ]);
  const said = given(context);
  check({ ...SOUND, ...said }, context.options);
  const found = await propose(inCwd(context.effects, path));
  const tag = said.tag ?? (found.tag === null ? await ask(context, "tag") : [found.tag]);
  const slug = slugFor(context.options.slug, tag[0] ?? "");
  refuseTaken(context, slug);
  const zone = said.zone ?? (await ask(context, "zone"));
  const schedule = scheduleOf(found.bursts, zone[0] ?? "UTC");
  const answers = {
    tag,
    zone,
    host: said.host ?? found.hosts,
    every: said.every ?? words(schedule?.every),
    at: said.at ?? words(schedule?.at),
  };
  const first = said.every === undefined ? (schedule?.from ?? null) : null;
  check(answers, context.options, first);
  for (const line of found.evidence) context.say(line);
  if (found.bursts.length === 0 && said.every === undefined)
    context.say("No hour is busy enough to tell when it meets: write every: and at: under schedule:, or say --every and --at.");
  if (found.bursts.length === 1 && said.every === undefined) context.say("One hour tells no rhythm: weekly is a guess.");
  write(context, answers, { first, evidence: found.evidence });
  const others = schedule === null ? found.bursts : schedule.others;
  if (others.length > 0) {
    const chat = readChat(context.archive, slug);
    context.say(
      `${many(others.length, "hour")} ${schedule === null ? "without a rhythm" : "outside this rhythm"}; to make sessions of them:`,
    );
    for (const line of burstLines(others, { chat, zone: zone[0] ?? "UTC", dir: context.archive, taken: [] })) context.say(line);
  }
  const file = isFolder(inCwd(context.effects, path)) ? "<file>" : shellWord(path);
  context.next(`npx chatscribe import ${file} --chat ${slug}${archiveFlag(context)}`);
  return EXIT.done;
}

const words = (word: string | undefined): readonly string[] => (word === undefined ? [] : [word]);

/** What a chat is made of, as typed. Only host and at may have several words. */
type Answers = Readonly<Record<Key, readonly string[]>>;
type Key = "tag" | "host" | "every" | "at" | "zone";

/** Stands in for what is not known yet, so that every answer can be checked alone. */
const SOUND: Answers = { tag: ["#chat"], host: [], every: ["Tuesday"], at: ["12:00"], zone: ["UTC"] };

const QUESTIONS: Readonly<Record<Key, string>> = {
  tag: "Hashtag, as #socialmedia?",
  host: "Who hosts it? Handles, separated by spaces:",
  every: "Which day? Tuesday, first Friday, weekday …",
  at: "At what time there? As 12:00:",
  zone: "In which time zone? As America/New_York:",
};

/** The options; on a terminal what is missing is asked for. */
async function answersOf(context: Context): Promise<Answers> {
  const answers: Record<Key, readonly string[]> = { ...SOUND, ...given(context) };
  check(answers, context.options);
  for (const key of Object.keys(QUESTIONS) as Key[]) {
    if (given(context)[key] === undefined) answers[key] = await ask(context, key);
    // Told before more is asked.
    if (key === "tag") refuseTaken(context, slugFor(context.options.slug, answers.tag[0] ?? ""));
  }
  return answers;
}

function given({ options, words }: Context): Partial<Answers> {
  const { host, every, at, zone } = options;
  const said = Object.entries({ tag: words, host, every, at, zone }).map(([key, value]) => [key, [value].flat().filter(isWord)] as const);
  return Object.fromEntries(said.filter(([, values]) => values.length > 0));
}

const isWord = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Asks until the answer is one. */
async function ask(context: Context, key: Key): Promise<readonly string[]> {
  if (!context.effects.terminal) throw new UserError(`init: ${MISSING[key] ?? `--${key}`} is missing; usage: chatscribe ${command.usage}`);
  for (;;) {
    const line = (await context.effects.ask(`${QUESTIONS[key]} `)).trim();
    const answer = read(key, line);
    const fault = line === "" ? "" : faultOf({ ...SOUND, [key]: answer }, context.options);
    if (fault === null) return answer;
    if (fault !== "") context.warn(fault);
  }
}

const MISSING: Partial<Readonly<Record<Key, string>>> = {
  tag: 'the hashtag, in quotes as "#socialmedia" (a bare # begins a comment in the shell),',
};

/** At a prompt a tag is meant, with # or without. */
function read(key: Key, line: string): readonly string[] {
  if (key === "tag") return [line.replace(/^#?/, "#")];
  return key === "host" || key === "at" ? line.split(/[\s,]+/).filter((word) => word !== "") : [line];
}

function write(context: Context, answers: Answers, { first = null, evidence }: Found = {}): void {
  const slug = slugFor(context.options.slug, answers.tag[0] ?? "");
  const file = fileOf(context, slug);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, chatFile(answers, context.options, first), { flag: "wx" });
  context.result(evidence === undefined ? { chat: slug, file } : { chat: slug, file, evidence }, [file]);
}

/** What old files told beside the answers: the date a rhythm of several weeks counts from, and how all of it is known. */
interface Found {
  readonly first?: string | null;
  readonly evidence?: readonly string[];
}

const fileOf = (context: Context, slug: string): string => join(context.archive, "chats", slug, "chat.md");

function refuseTaken(context: Context, slug: string): void {
  const file = fileOf(context, slug);
  if (existsSync(file)) throw new UserError(`${file}: is there already and is not overwritten; edit it, or choose another --slug`);
  if (!existsSync(join(context.archive, "chats"))) return;
  const heir = readChats(context.archive).find(({ was }) => was.includes(slug));
  if (heir !== undefined)
    throw new UserError(`init: "${slug}" is an old name of chat "${heir.slug}", whose pages lead on from there; choose another --slug`);
}

function slugFor(said: unknown, tag: string): string {
  const slug = typeof said === "string" ? said : slugOfTag(tag);
  if (slug === null) throw new UserError(`init: nothing of "${tag}" can be an address; choose one with --slug, as --slug nihongo`);
  const fault = slugFault(slug);
  if (fault !== null) throw new UserError(`init: "${slug}" ${fault}${typeof said === "string" ? "" : " with --slug"}`);
  return slug;
}

/** `first`: the date from which a rhythm of several weeks counts. */
function chatFile({ tag, host, every, at, zone }: Answers, options: Context["options"], first: string | null = null): string {
  const minutes = options.minutes === undefined ? {} : { minutes: numberOr(String(options.minutes)) };
  const from = first === null ? {} : { from: first };
  const schedule = { every: every[0], at: at.length <= 1 ? at[0] : at, zone: zone[0], ...minutes, ...from };
  const title = typeof options.title === "string" ? options.title : tag[0];
  const matter = stringify({ title, tags: tag, hosts: host.map((handle) => handle.replace(/^@/, "")), schedule });
  return `---\n${matter}---\nWhat this chat is about, who comes, how to join. (Markdown; shown on the chat's page.)\n`;
}

/** `60` as a number of YAML; anything else as it was typed, for the check to refuse. */
const numberOr = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

function check(answers: Answers, options: Context["options"], first: string | null = null): void {
  const fault = faultOf(answers, options, first);
  if (fault !== null) throw new UserError(`init: ${fault}`);
}

/** What every command would refuse in the file, in the words of the options; null: nothing. */
function faultOf(answers: Answers, options: Context["options"], first: string | null = null): string | null {
  try {
    parseChat(chatFile(answers, options, first), "chat.md", "chat");
    return null;
  } catch (error) {
    if (error instanceof UserError) return inOptions(error.message);
    throw error;
  }
}

/** `chat.md:6: schedule.at must be …` -> `--at must be …` */
function inOptions(message: string): string {
  const said = message.replace(/^chat\.md:\d+: (?:tags: )?/, "");
  // every 2 weeks needs schedule.from, the date of the first one, as from: 2009-06-02
  const every = /^(every \d+ weeks) needs schedule\.from/.exec(said)?.[1];
  if (every !== undefined)
    return `--${every} needs the date of the first one: start with --every and the day alone, then write the rhythm and from: <date> in chat.md`;
  return said.replace(/^(?:schedule\.)?(every|at|zone|minutes|title)\b/, "--$1").replace(/^hosts\b/, "--host");
}
