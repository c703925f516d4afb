import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { parseChat, slugFault, slugOfTag } from "../config/chat.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { archiveFlag, inCwd } from "./paths.ts";

export const command: Command = {
  usage: "init <#tag> --host H… --every Tuesday --at 12:00 --zone Z [--minutes 60] [--slug S]",
  does: "Starts a chat: writes chats/<slug>/chat.md and nothing else. On a terminal it asks for what is missing.",
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
    "--from DIR": "looks at a folder of old files, prints what to type, writes nothing",
  },
  words: [0, 1],
  async run(context) {
    if (typeof context.options.from === "string") {
      const { propose } = await import("./propose.ts");
      const proposal = await propose(inCwd(context.effects, context.options.from));
      context.result(proposal, [proposal.command]);
      for (const line of proposal.evidence) context.say(line);
      return EXIT.done;
    }
    return write(context, await asked(context));
  },
};

/** What a chat is made of, as typed. */
interface Answers {
  readonly tag: string;
  readonly hosts: readonly string[];
  readonly every: string;
  readonly at: readonly string[];
  readonly zone: string;
}

/** The options; on a terminal what is missing is asked for. */
async function asked(context: Context): Promise<Answers> {
  const { effects, options } = context;
  const text = (name: string): string | undefined => (typeof options[name] === "string" ? options[name] : undefined);
  const list = (name: string): string[] => (Array.isArray(options[name]) ? options[name].filter((v) => typeof v === "string") : []);
  const given = (value: string | undefined, flag: string, question: string): Promise<string> => {
    if (value !== undefined && value !== "") return Promise.resolve(value);
    if (!effects.terminal) throw new UserError(`init: ${flag} is missing; usage: chatscribe ${command.usage}`);
    return effects.ask(`${question} `);
  };
  const tag = await given(context.words[0], "the chat's hashtag", "Hashtag, as #socialmedia?");
  const hosts =
    list("host").length > 0 ? list("host") : words(await given(undefined, "--host", "Who hosts it? Handles, separated by spaces:"));
  const every = await given(text("every"), "--every", "Which day? Tuesday, first Friday, weekday …");
  const at = list("at").length > 0 ? list("at") : words(await given(undefined, "--at", "At what time there? 12:00"));
  return { tag, hosts, every, at, zone: await given(text("zone"), "--zone", "In which time zone? As America/New_York:") };
}

const words = (line: string): string[] => line.split(/[\s,]+/).filter((word) => word !== "");

function write(context: Context, answers: Answers): typeof EXIT.done {
  const slug = slugFor(context.options.slug, answers.tag);
  const text = chatFile(answers, context.options);
  check(text, slug);
  const folder = join(context.archive, "chats", slug);
  const file = join(folder, "chat.md");
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new UserError(`${file}: is there already and is not overwritten; edit it, or choose another --slug`);
    throw error;
  }
  context.result({ chat: slug, file }, [file]);
  context.next(`npx chatscribe import <file> --chat ${slug}${archiveFlag(context)}`);
  return EXIT.done;
}

function slugFor(said: unknown, tag: string): string {
  const slug = typeof said === "string" ? said : slugOfTag(tag);
  if (slug === null) throw new UserError(`init: nothing of "${tag}" can be an address; choose one with --slug, as --slug nihongo`);
  const fault = slugFault(slug);
  if (fault !== null) throw new UserError(`init: "${slug}" ${fault}${typeof said === "string" ? "" : " with --slug"}`);
  return slug;
}

function chatFile({ tag, hosts, every, at, zone }: Answers, options: Context["options"]): string {
  const minutes = options.minutes === undefined ? {} : { minutes: numberOr(String(options.minutes)) };
  const schedule = { every, at: at.length === 1 ? at[0] : at, zone, ...minutes };
  const title = typeof options.title === "string" ? options.title : tag;
  const matter = stringify({ title, tags: [tag], hosts: hosts.map((host) => host.replace(/^@/, "")), schedule });
  return `---\n${matter}---\nWhat this chat is about, who comes, how to join. (Markdown; shown on the chat's page.)\n`;
}

/** `60` as a number of YAML; anything else as it was typed, for the check to refuse. */
const numberOr = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** The same check that every command makes of a chat's file; its message names options, not lines of a file that is not there. */
function check(text: string, slug: string): void {
  try {
    parseChat(text, "chat.md", slug);
  } catch (error) {
    if (error instanceof UserError)
      throw new UserError(
        `init: ${error.message.replace(/^chat\.md:\d+: (?:schedule\.)?/, "").replace(/\bschedule\.(every|at|zone|minutes)\b/g, "--$1")}`,
      );
    throw error;
  }
}
