import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ENVIRONMENT } from "../src/cli/environment.ts";
import { COMMANDS, COMMON_HELP } from "../src/cli/main.ts";
import { ROOT } from "../src/cli/paths.ts";
import { CHAT_KEYS, RULE_KEYS } from "../src/config/chat.ts";
import { NOTES_KEYS, QUESTION_KEYS } from "../src/config/notes.ts";
import { SITE_KEYS } from "../src/config/site.ts";
import { EXIT, EXIT_WORDS } from "../src/errors.ts";

/** docs/reference.md as the code says it. A new command, option, key or exit code is in it without anybody's help. */
export async function reference(): Promise<string> {
  const commands = await Promise.all(Object.keys(COMMANDS).map(commandSection));
  const parts = [
    "# Reference",
    "Made from the code by `npm run reference`; a test compares the two. What is meant by a chat, a session or a placement is told in the [tutorial](tutorial.md).",
    `- [Commands](#commands): ${Object.keys(COMMANDS)
      .map((name) => `[${name}](#${name})`)
      .join(", ")}`,
    "- [Exit codes](#exit-codes) · [Environment](#environment)",
    "- Files: [chat.md](#chatmd), [a session's file](#a-sessions-file), [site.yml](#siteyml)",
    "## Commands",
    "The result is on stdout; progress, hints and mistakes are on stderr. Every command takes these:",
    table(["option", "what"], COMMON_HELP),
    ...commands,
    "## Exit codes",
    table(["code", "what"], Object.fromEntries(Object.entries(EXIT).map(([name, code]) => [code, EXIT_WORDS[name as keyof typeof EXIT]]))),
    "## Environment",
    table(["variable", "what"], ENVIRONMENT),
    "## chat.md",
    "`chats/<chat>/chat.md`: the keys between two lines of `---`, then a text about the chat in Markdown.",
    table(["key", "what"], CHAT_KEYS),
    "A rule of `schedule`:",
    table(["key", "what"], RULE_KEYS),
    "## A session's file",
    "`chats/<chat>/<session>.md`, named by its date (`2009-07-21.md`, or `2009-07-21-1900.md`): the keys between two lines of `---`, then your notes or recap in Markdown. No session needs one.",
    table(["key", "what"], NOTES_KEYS),
    "An entry of `questions`:",
    table(["key", "what"], QUESTION_KEYS),
    "## site.yml",
    "`site.yml` in the archive's folder. Every key may be absent. Words, styles and parts of pages: [theming.md](theming.md).",
    table(["key", "what"], SITE_KEYS),
  ];
  return `${parts.join("\n\n")}\n`;
}

async function commandSection(name: string): Promise<string> {
  const { command } = (await COMMANDS[name]?.load()) ?? { command: null };
  if (command === null) throw new TypeError(`no command ${name}`);
  const options = Object.keys(command.help).length === 0 ? [] : [table(["option", "what"], command.help)];
  return [
    `### ${name}`,
    escapeTag(command.does),
    block(`npx chatscribe ${command.usage}`),
    ...options,
    `Example: \`${command.example}\``,
  ].join("\n\n");
}

const block = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;

/** The first column as code; a bar would end a cell. */
function table([first, second]: readonly [string, string], rows: Readonly<Record<string, string>>): string {
  const cells = Object.entries(rows).map(([key, says]) => `| \`${escapeBar(key)}\` | ${escapeTag(escapeBar(says))} |`);
  return [`| ${first} | ${second} |`, "|---|---|", ...cells].join("\n");
}

/** Markdown would take `<slug>` for HTML. */
const escapeTag = (text: string): string => text.replaceAll("<", "\\<");
const escapeBar = (text: string): string => text.replaceAll("|", "\\|");

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(join(ROOT, "docs/reference.md"), await reference());
